"""One step of a journey for one owner: decided once, by a row; what it sends waits in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.journeys import Kind
from core.messages import Bubble, Rank
from core.quiet import decent
from journeys.items import TickItem
from storage.consents import MARKETING
from storage.crm import Crm
from storage.steps import HOLD_OUT, SEND, SKIP, TASK

STAFF = "staff"
NO_CONSENT, FROZEN = "no consent to marketing", "an open complaint of the household"


@dataclass(frozen=True, slots=True)
class Happening:
    """Which step, for whom, and the name of this one happening of it."""

    journey: str
    step: str
    occurrence: str
    owner_id: int
    vehicle_id: int | None = None
    plate: str | None = None


def decent_moment(crm: Crm, rank: Rank) -> datetime:
    """When a message of that rank may leave: now, or as the quiet hours end."""
    policy = crm.shop.policy
    hours = policy.quiet_marketing if rank >= Rank.MARKETING else policy.quiet_service
    return decent(crm.now, crm.shop.zone, hours)


def is_quiet(crm: Crm, rank: Rank) -> bool:
    return decent_moment(crm, rank) > crm.now


def send(
    crm: Crm,
    what: Happening,
    bubble: Bubble | Callable[[], Bubble],
    rank: Rank,
    life: timedelta,
    *,
    due_at: datetime | None = None,
    prefer: Sequence[str] = (),
) -> TickItem | None:
    """Say it where the owner is reached best, on one of the channels in `prefer` if there is one, not before `due_at`;
    words that need rows of their own are made only when they leave.

    None when it was decided before; a skip tells its reason.
    """
    best = crm.conversations.best_of_owner(what.owner_id, prefer) or crm.conversations.best_of_owner(what.owner_id)
    if best is None:
        return skip(crm, what, "no account to write to")
    channel = best[0].channel
    if rank >= Rank.MARKETING and not crm.consents.stands(what.owner_id, MARKETING, channel):
        return skip(crm, what, NO_CONSENT, channel)
    if rank >= Rank.MARKETING and crm.tickets.freezes(what.owner_id):
        return skip(crm, what, FROZEN, channel)
    number = _claim(crm, what, SEND, "", Kind.MARKETING if rank >= Rank.MARKETING else Kind.SERVICE)
    if number is None:
        return None
    words = bubble if isinstance(bubble, Bubble) else bubble()
    row = crm.outbox.tell_owner(what.owner_id, words, rank, life, channels=(channel,), due_at=due_at)
    crm.steps.led_to(number, channel=channel, outbox_id=row.id if row else None)
    return _item(what, SEND, "", channel)


def assign(crm: Crm, what: Happening, task: str, *, to_manager: bool = False, **facts: Any) -> TickItem | None:
    """Work for a person: a card of that kind, once."""
    number = _claim(crm, what, TASK, "", Kind.TASK)
    if number is None:
        return None
    owner = crm.owners.get(what.owner_id)
    task_id = crm.tasks.open(
        task,
        store_id=owner.store_id,
        owner_id=owner.key,
        vehicle_id=what.vehicle_id,
        facts={"advisor": owner.advisor_id} | facts,
        occurrence=f"{what.journey}:{what.step}:{what.occurrence}",
        to_manager=to_manager,
    )
    crm.steps.led_to(number, channel=STAFF, task_id=task_id)
    return _item(what, TASK, "", STAFF)


def assign_marketing(crm: Crm, what: Happening, task: str, **facts: Any) -> TickItem | None:
    """The same where the person is to advertise: only to who allowed that somewhere, and never during a complaint."""
    if not crm.consents.stands_anywhere(what.owner_id, MARKETING):
        return skip(crm, what, NO_CONSENT)
    if crm.tickets.freezes(what.owner_id):
        return skip(crm, what, FROZEN)
    return assign(crm, what, task, **facts)


def skip(crm: Crm, what: Happening, reason: str, channel: str = "") -> TickItem | None:
    """Nothing is sent, and the reason is kept."""
    number = _claim(crm, what, SKIP, reason, Kind.SERVICE)
    return _item(what, SKIP, reason, channel) if number is not None else None


def hold_out(crm: Crm, what: Happening) -> TickItem | None:
    """They get nothing, to measure by."""
    number = _claim(crm, what, HOLD_OUT, "", Kind.SERVICE)
    return _item(what, HOLD_OUT, "held out to measure by", "") if number is not None else None


def _claim(crm: Crm, what: Happening, decision: str, reason: str, kind: Kind) -> int | None:
    return crm.steps.claim(
        what.journey,
        what.step,
        what.occurrence,
        what.owner_id,
        vehicle_id=what.vehicle_id,
        kind=kind,
        decision=decision,
        reason=reason,
    )


def _item(what: Happening, decision: str, reason: str, channel: str) -> TickItem:
    return TickItem(what.journey, what.step, what.occurrence, what.owner_id, what.plate, channel, decision, reason)
