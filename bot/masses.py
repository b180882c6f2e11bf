"""WeChat's mass send: of everybody who was meant, those who may still get it; the others go on by another way."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.channels import Outgoing
from bot.channels.wechat_notice import FEWEST
from bot.delivery import Delivery
from core import gate
from core.gate import Passage, Verdict
from core.messages import Bubble, Rank
from core.routes import MASS
from journeys.step import decent_moment
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import EXPIRED, FAILED

WECHAT = "wechat"
TOO_FEW = "too few for a mass send"


def prepared(crm: Crm, row: Any, channels: Collection[str]) -> Delivery | None:
    """Ready to fly, or None: it waits for the end of the quiet hours, or nobody is left."""
    if crm.now >= row.expires_at:
        go_on(crm, row, gate.LATE, channels)
        return None
    later = decent_moment(crm, Rank.MARKETING)
    if crm.now < later < row.expires_at:
        crm.outbox.wait_until(row.id, later)
        return None
    going = [member for member in crm.mass_members.of_row(row.id) if _may_get_it(crm, row, member, channels)]
    if len(going) < FEWEST:
        go_on(crm, row, TOO_FEW, channels)
        return None
    crm.outbox.goes(row.id, MASS)
    people = crm.conversations.addressees(member.identity_id for member in going)
    accounts = tuple(people[member.identity_id].account for member in going)
    words = Bubble.unpacked(crm.outbox.payload(row))
    outgoing = Outgoing(row.id, accounts[0], words, way=MASS, accounts=accounts)
    return Delivery(row.id, row.rank, row.destination, row.attempts + 1, row.reason, row.expires_at, outgoing, way=MASS)


def go_on(crm: Crm, row: Any, reason: str, channels: Collection[str]) -> None:
    """It does not leave: everybody who is still meant is reached another way, if there is one."""
    members = crm.mass_members.of_row(row.id)
    crm.outbox.give_up(row.id, EXPIRED if crm.now >= row.expires_at else FAILED, reason)
    crm.mass_members.leave(row.id)
    for member in members:
        _another_way(crm, row, member, channels)


def _may_get_it(crm: Crm, row: Any, member: Any, channels: Collection[str]) -> bool:
    """The gate, for one of them; who has to wait, or is in another sender's hands, does not hold up the rest."""
    step, verdict, reason = _step(crm, row, member), Verdict.ELSEWHERE, "another message is about to leave"
    if step is None:
        return False
    if crm.steps.reserve(member.owner_id):
        verdict, reason = gate.decide(_passage(crm, row, member, step), crm.now)
    if verdict is Verdict.GO:
        crm.steps.left(step.id, MASS)
        return True
    crm.mass_members.leave(row.id, member.owner_id)
    crm.steps.stays(step.id, reason)
    if verdict in (Verdict.ELSEWHERE, Verdict.LATER):
        _another_way(crm, row, member, channels)
    return False


def _passage(crm: Crm, row: Any, member: Any, step: Any) -> Passage:
    owner = member.owner_id
    return Passage(
        row.rank,
        row.expires_at,
        to_owner=True,
        reachable=crm.identities.get(member.identity_id).reachable,
        allows_marketing=crm.consents.stands(owner, MARKETING, WECHAT),
        frozen=crm.freezes.why(owner),
        not_before=decent_moment(crm, Rank.MARKETING, owner),
        room=crm.steps.room(owner, step.priority, step.id),
    )


def _another_way(crm: Crm, row: Any, member: Any, channels: Collection[str]) -> None:
    step = _step(crm, row, member)
    if step is not None:
        crm.routes.go_on(row, member.owner_id, {(member.identity_id, MASS)}, [step.id], channels)


def _step(crm: Crm, row: Any, member: Any) -> Any:
    return next((step for step in crm.steps.of_row(row.id) if step.owner_id == member.owner_id), None)
