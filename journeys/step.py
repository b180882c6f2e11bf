"""One step of a journey for one owner: decided once, by a row; what it sends waits in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.gate import CAP, NO_ACCOUNT, NO_CONSENT, OUTLASTED, WINDOW_CLOSED, priority
from core.holidays import Calendar, shipped
from core.journeys import Kind
from core.messages import Bubble, Rank
from core.quiet import decent, decent_on
from core.routes import TASK as BY_HAND
from core.routes import WEB, Plan, Route
from journeys.items import TickItem
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import ANSWERED
from storage.routes import SEND_YOURSELF
from storage.steps import HOLD_OUT, SEND, SKIP, TASK

STAFF = "staff"
WAIT = "wait"  # of the policy's holidays


@dataclass(frozen=True, slots=True)
class Happening:
    """Which step, for whom, and the name of this one happening of it."""

    journey: str
    step: str
    occurrence: str
    owner_id: int
    vehicle_id: int | None = None
    plate: str | None = None


def decent_moment(crm: Crm, rank: Rank, owner_id: int | None = None) -> datetime:
    """When a message of that rank may leave: now, as the quiet hours end, or on the next working day. Answers have
    no hours."""
    policy = crm.shop.policy
    if rank < Rank.SERVICE:
        return crm.now
    if rank < Rank.MARKETING:
        return decent(crm.now, crm.shop.zone, policy.quiet_service)
    calendar = _calendar(crm, owner_id) if policy.gate.holidays == WAIT else None
    return decent_on(crm.now, crm.shop.zone, policy.quiet_marketing, calendar)


def may_act(crm: Crm, journey: str) -> bool:
    """Whether that journey is switched on and its hour of the day has come."""
    rules = crm.shop.policy.journey(journey)
    return rules.on and crm.now.astimezone(crm.shop.zone).time() >= rules.at


def is_quiet(crm: Crm, rank: Rank) -> bool:
    return decent_moment(crm, rank) > crm.now


def send(
    crm: Crm,
    what: Happening,
    bubble: Bubble | Callable[[], Bubble | str],
    rank: Rank,
    life: timedelta,
    *,
    due_at: datetime | None = None,
    template: str = "",
    first: tuple[str, ...] = (),
    patient: bool = False,
) -> TickItem | None:
    """Say it by the best way that is open, not before `due_at` nor in quiet hours; words that need rows of their own
    are made only when they leave, or tell why there are none after all.

    template: the shape ([templates.NAME]) of words that are not made yet. first: ways to be tried before the others.
    patient: nothing is decided while only WeChat's window is in the way; the caller asks again as long as it is of use.
    None when it was decided before; a skip tells its reason.
    """
    wish = crm.routes.wish(rank, bubble if isinstance(bubble, Bubble) else None, template, first)
    notice = template or (bubble.notice.name if isinstance(bubble, Bubble) and bubble.notice else "")
    plan = crm.routes.plan(what.owner_id, wish, notice)
    best = plan.routes[0] if plan.routes else None
    if best and best.way == WEB and rank >= Rank.MARKETING:
        crm.steps.wait_for(what.owner_id)
    if patient and not plan.routes and plan.why_none == WINDOW_CLOSED:
        return None
    if why := _why_not(crm, what, rank, plan):
        return skip(crm, what, why, best.channel if best else "")
    assert best is not None
    due = max(due_at or crm.now, decent_moment(crm, rank, what.owner_id))
    expires = (due_at or crm.now) + life
    if due >= expires:
        return skip(crm, what, OUTLASTED, best.channel)
    return _queue(crm, what, best, bubble, rank, due, expires - due)


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
    """The same where the person is to advertise: only to who allowed that somewhere, and never while it is frozen."""
    if not crm.consents.stands_anywhere(what.owner_id, MARKETING):
        return skip(crm, what, NO_CONSENT)
    if frozen := crm.freezes.why(what.owner_id):
        return skip(crm, what, frozen)
    return assign(crm, what, task, **facts)


def skip(crm: Crm, what: Happening, reason: str, channel: str = "") -> TickItem | None:
    """Nothing is sent, and the reason is kept."""
    number = _claim(crm, what, SKIP, reason, Kind.SERVICE)
    return _item(what, SKIP, reason, channel) if number is not None else None


def hold_out(crm: Crm, what: Happening) -> TickItem | None:
    """They get nothing, to measure by."""
    number = _claim(crm, what, HOLD_OUT, "", Kind.SERVICE)
    return _item(what, HOLD_OUT, "held out to measure by", "") if number is not None else None


def _why_not(crm: Crm, what: Happening, rank: Rank, plan: Plan) -> str:
    """ "" when it may be sent, as far as is known now; the gate asks again as it leaves."""
    if not plan.routes and not plan.shut:
        return NO_ACCOUNT
    if rank >= Rank.MARKETING and all(one.why == NO_CONSENT for one in plan.shut) and not plan.routes:
        return NO_CONSENT
    if rank >= Rank.MARKETING and (frozen := crm.freezes.why(what.owner_id)):
        return frozen
    if rank >= Rank.MARKETING and crm.steps.room(what.owner_id, priority(what.journey)) <= 0:
        return CAP
    return "" if plan.routes else plan.why_none


def _queue(
    crm: Crm,
    what: Happening,
    route: Route,
    bubble: Bubble | Callable[[], Bubble | str],
    rank: Rank,
    due: datetime,
    life: timedelta,
) -> TickItem | None:
    """Claimed first, and only then are the words made."""
    number = _claim(crm, what, TASK if route.way == BY_HAND else SEND, "", _kind(rank))
    if number is None:
        return None
    words = bubble if isinstance(bubble, Bubble) else bubble()
    if isinstance(words, str):
        crm.steps.skipped(number, words)
        return _item(what, SKIP, words, route.channel)
    row = crm.routes.start(what.owner_id, route, words, rank, due, life)
    return _on_its_way(crm, what, number, route, row)


def _on_its_way(crm: Crm, what: Happening, number: int, route: Route, row: int) -> TickItem:
    channel = route.channel or STAFF
    crm.steps.led_to(number, channel=channel, outbox_id=row, task_id=crm.tasks.number_of(f"{SEND_YOURSELF}:{row}"))
    if crm.outbox.get(row).state == ANSWERED:  # their page fetches it: it has left already
        crm.steps.left(number, route.way)
    return _item(what, TASK if route.way == BY_HAND else SEND, "", channel)


def _kind(rank: Rank) -> Kind:
    return Kind.MARKETING if rank >= Rank.MARKETING else Kind.SERVICE


def _calendar(crm: Crm, owner_id: int | None) -> Calendar:
    """Public holidays, and the days on which the owner's store is closed."""
    store = crm.owners.get(owner_id).store_id if owner_id else None
    closed = frozenset(day for where, day in crm.premises.closed if where in (None, store))
    return (crm.shop.policy.gate.calendar or shipped()).with_closed(closed)


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
