"""From a row of the outbox to something that a channel can send: to whom it goes now, and what it says now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot import masses
from bot.channels import Channel, Outgoing
from bot.delivery import Delivery
from bot.leaving import A_MOMENT, give_up, passes
from core.messages import Bubble, Card, Rank, TapAnswer
from core.routes import SUBSCRIBE, TEMPLATE
from core.sms import sms_text
from handlers import cards
from handlers.desk import threads
from storage.conversation_rows import Addressee
from storage.crm import Crm
from storage.outbox_rows import EXPIRED, FAILED, SKIPPED
from storage.outbox_ways import PULLED

PAGES = {"booking": "booking", "claim_coupon": "coupon", "win_back_survey": "survey", "complaint": "complaint"}
_OF_STORE: Mapping[str, Callable[[Crm, int], str]] = {
    "telegram": lambda crm, number: crm.stores.group(number),
    "wecom": lambda crm, number: crm.stores.robot(number),
    "wecom_bot": lambda crm, number: crm.stores.wecom_group(number),
}
NOT_SET_UP = timedelta(minutes=1)  # until a row whose channel has no settings is looked at again


@dataclass(slots=True)
class Claims:
    """What one look into the outbox asks for, and how many rows it found.

    `at` is the row in hand, for when it turns out to be unusable.
    """

    worker: str
    real_now: float
    limit: int
    channels: Mapping[str, Channel]
    full: Sequence[str] = ()
    below: int | None = None
    found: int = 0
    at: int | None = None


class EndsHere(Exception):
    """This row is not sent: the state it ends in, and why."""

    def __init__(self, state: str, reason: str) -> None:
        super().__init__(reason)
        self.state = state


def take(crm: Crm, claims: Claims) -> list[Delivery]:
    """Claim what may leave, pass it through the gate and make it ready. The rest gets its reason on the row."""
    rows = crm.outbox.claim(claims.worker, claims.real_now, claims.limit, full=claims.full, below=claims.below)
    claims.found = len(rows)
    people = _people(crm, rows)
    ready = []
    for row in rows:
        claims.at = row.id
        try:
            delivery = _prepared(crm, row, people, claims.channels)
            if delivery is not None and passes(crm, row, delivery, claims.channels):
                if delivery.person is not None:
                    _word(crm, delivery)
                ready.append(delivery)
        except EndsHere as end:
            give_up(crm, row.id, end.state, str(end))
            if row.kind == "bubble" and row.task_id:
                threads.undelivered(crm, row.task_id, str(end))
    claims.at = None
    return ready


def _people(crm: Crm, rows: Sequence[Any]) -> dict[int, Addressee]:
    numbers = [row.destination.split(":")[2] for row in rows if ":identity:" in row.destination]
    return crm.conversations.addressees(map(int, numbers)) if numbers else {}


def _prepared(crm: Crm, row: Any, people: Mapping[int, Addressee], channels: Mapping[str, Channel]) -> Delivery | None:
    if row.kind == "mass":
        return masses.prepared(crm, row, {*channels, *PULLED})
    name, kind, number = row.destination.split(":", 2)
    if crm.now >= row.expires_at:
        raise EndsHere(EXPIRED, "too late")
    if name not in channels and name not in PULLED:
        crm.outbox.postpone(row.id, crm.now + NOT_SET_UP)
        return None
    if _stands_beside(crm, row, name, kind, channels):
        crm.outbox.wait_until(row.id, crm.now + A_MOMENT)
        return None
    delivery = Delivery(
        row.id,
        row.rank,
        row.destination,
        row.attempts + 1,
        row.reason,
        row.expires_at,
        Outgoing(row.id, "", TapAnswer("", "")),
        task_id=row.task_id,
    )
    payload = crm.outbox.payload(row)
    if kind == "tap":
        _to_tapper(crm, delivery, json.loads(payload), channels[name])
    elif kind == "identity":
        _to_person(crm, delivery, people.get(int(number)), payload)
    else:
        _to_staff(crm, delivery, kind, int(number))
        _fill_for_staff(crm, delivery, row.kind, payload, channels[name])
    return delivery


def _stands_beside(crm: Crm, row: Any, name: str, kind: str, channels: Mapping[str, Channel]) -> bool:
    """A card in a group whose last one is about to be changed by the answer to a tap on it."""
    is_card = row.kind == "card" and kind == "store"
    return is_card and channels[name].edits_on_tap and crm.outbox.answers_tap(name, row.task_id)


def _to_tapper(crm: Crm, delivery: Delivery, told: list[Any], channel: Channel) -> None:
    """What the tapper is told, and where the platform wants it so, the card as it is now."""
    answer, private = TapAnswer(*told[:5]), told[5] if len(told) > 5 else None
    task = crm.tasks.find(delivery.task_id) if delivery.task_id and channel.edits_on_tap else None
    card = cards.card(crm, task, full_for=private) if task else None
    if task and private is None and not answer.alert:
        delivery.shows_all, delivery.version = True, task.version
    delivery.outgoing = Outgoing(delivery.row_id, answer.chat, answer, card=card)


def _to_person(crm: Crm, delivery: Delivery, person: Addressee | None, payload: bytes) -> None:
    if person is None:
        raise EndsHere(FAILED, "nobody there")
    delivery.person = person
    delivery.outgoing = Outgoing(delivery.row_id, person.account, Bubble.unpacked(payload), language=person.language)


def _word(crm: Crm, delivery: Delivery) -> None:
    """What it says by the way that it goes: a text in its own words, an approved shape with a page behind it."""
    person, bubble, link = delivery.person, delivery.outgoing.content, ""
    if person is None or not isinstance(bubble, Bubble) or not (delivery.way or delivery.channel == "sms"):
        return
    if delivery.channel == "sms":
        bubble = _as_text(crm, delivery, person, bubble)
    elif delivery.way in (TEMPLATE, SUBSCRIBE) and bubble.choices:
        link = _page_of(crm, person, bubble.choices[0].id)
    delivery.outgoing = replace(delivery.outgoing, content=bubble, way=delivery.way, link=link)


def _as_text(crm: Crm, delivery: Delivery, person: Addressee, bubble: Bubble) -> Bubble:
    """What a text message says of it; it asks only when no other question is open to that phone."""
    asks, link = delivery.rank > Rank.REPLY and bool(bubble.choices), ""
    if asks:
        first, life = bubble.choices[0].id, crm.shop.policy.sms_question_life
        asks = crm.sms_questions.ask(person.identity_id, first, delivery.row_id, life)
        link = _page_of(crm, person, first)
    words = sms_text(bubble, delivery.rank, asks=asks, link=link, language=person.language)
    return Bubble(words, notice=bubble.notice)


def _page_of(crm: Crm, person: Addressee, choice: str) -> str:
    """The address of the page that does what the button would ("0:go=claim_coupon.17"); "" where there is none."""
    intent, _, subject = choice.partition("=")[2].partition(".")
    if not (crm.shop.public_url and person.owner_id and intent in PAGES):
        return ""
    number = subject.partition(".")[0]
    about = int(number) if number.isdecimal() else None
    return crm.links.address(crm.links.make(PAGES[intent], person.owner_id, crm.shop.policy.link_life, subject=about))


def _to_staff(crm: Crm, delivery: Delivery, kind: str, number: int) -> None:
    address = ""
    if kind == "store":
        address = _OF_STORE[delivery.channel](crm, number)
    elif kind == "member" and (identity := crm.identities.of_staff(number, delivery.channel)):
        delivery.staff_id, address = number, crm.identities.account(identity)
    if not address:
        raise EndsHere(FAILED, "no address")
    delivery.outgoing = Outgoing(delivery.row_id, address, TapAnswer("", ""))


def _fill_for_staff(crm: Crm, delivery: Delivery, kind: str, payload: bytes, channel: Channel) -> None:
    content: Bubble | Card
    edits = ""
    if kind == "card":
        content, edits = _card(crm, delivery, json.loads(payload), channel)
    else:
        content = Bubble.unpacked(payload)
    delivery.outgoing = Outgoing(delivery.row_id, delivery.outgoing.address, content, edits)


def _card(crm: Crm, delivery: Delivery, wanted: dict[str, int], channel: Channel) -> tuple[Bubble | Card, str]:
    """The card as the task is now, and the message that it replaces."""
    task = crm.tasks.get(wanted["task"])
    if "private" in wanted:
        return cards.card(crm, task, full_for=wanted["private"]), ""
    post = crm.tasks.post(wanted["post"])
    if post.version >= task.version:
        raise EndsHere(SKIPPED, "shown already")
    delivery.post_id, delivery.version = post.key, task.version
    delivery.shows_all = channel.edits_on_tap
    card = cards.card(crm, task)
    if post.posted_at is not None and not channel.edits_cards and not (channel.edits_on_tap and card.buttons):
        return Bubble(cards.change_note(crm, task)), ""
    return card, post.message if channel.edits_cards else ""
