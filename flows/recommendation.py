"""Something is recommended to an owner, who is interested, wants it later, or never."""

from __future__ import annotations

import re

from core.opportunities import CONTACTED
from core.recommended import item_named
from flows.turn import Turn
from storage.crm import Crm
from storage.opportunities import Opportunity
from storage.recommendations import INTERESTED, LATER, NEVER, Recommendation

_NO_MORE = re.compile(
    r"(?:别|不要|不用|不想).{0,4}(?:推荐|推|介绍|推销)|(?:不再|停止)推荐|stop (?:recommending|offering)", re.I
)


def refused_item(text: str) -> str | None:
    """The item of which somebody wants to hear no more: 别再给我推延保 → warranty."""
    return item_named(text) if _NO_MORE.search(text) else None


def interested(turn: Turn) -> None:
    """An advisor calls, with what to say."""
    one = _of_the_button(turn)
    if one is None or not turn.crm.recommendations.answer(one, INTERESTED):
        turn.tell(turn.say.recommendation_over())
        return
    owner, begun = turn.owner, opportunity_of(turn.crm, one)
    turn.crm.tasks.open(
        "interest",
        store_id=owner.store_id,
        owner_id=owner.key,
        vehicle_id=one.vehicle_id,
        conversation_id=turn.talk.id,
        facts={"item": one.item, "reason": one.told()} | ({"opportunity": begun.key} if begun else {}),
        occurrence=f"interest:{one.key}",
    )
    turn.tell(turn.say.glad_you_like_it(turn.say.item(one.item)))


def opportunity_of(crm: Crm, one: Recommendation, staff_id: int | None = None) -> Opportunity | None:
    """What they are interested in, with a day to be reminded of it; the one that is under way where there is one.

    staff_id: who spoke with them about it.
    """
    owner = crm.owners.get(one.owner_id)
    begun = crm.opportunities.open_one(owner.key, one.item) or crm.opportunities.begin(
        owner.key,
        one.item,
        occurrence=f"recommendation:{one.key}",
        vehicle_id=one.vehicle_id,
        store_id=owner.store_id,
        advisor_id=staff_id or owner.advisor_id,
    )
    if begun and staff_id:
        crm.opportunities.move(begun, CONTACTED, staff_id)
    if begun and begun.remind_at is None:
        crm.opportunities.plan(begun, at=crm.now + crm.shop.policy.desk.opportunity_again)
    return begun


def later(turn: Turn) -> None:
    one = _of_the_button(turn)
    if one is None or not turn.crm.recommendations.answer(one, LATER):
        turn.tell(turn.say.recommendation_over())
        return
    turn.tell(turn.say.not_this_time())


def never(turn: Turn) -> None:
    """By the button of one, or by words about an item."""
    one = _of_the_button(turn)
    item = one.item if one else refused_item(turn.inbound.text)
    if item is None:
        turn.tell(turn.say.recommendation_over())
        return
    if one is not None:
        turn.crm.recommendations.answer(one, NEVER)
    turn.crm.recommendations.refuse(turn.owner.key, item)
    turn.tell(turn.say.never_again(turn.say.item(item)))


def _of_the_button(turn: Turn) -> Recommendation | None:
    """The one that the button is about, if it was offered to who taps."""
    one = turn.crm.recommendations.find(turn.subject) if turn.subject else None
    return one if one and one.owner_id == turn.talk.owner_id else None


ANSWERS = {"interested": interested, "recommend_later": later, "never_recommend": never}
