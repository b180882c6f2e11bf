"""Why did this owner get it, or not? Every decision about them, what became of its message, and what is not due yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.birthdays import next_birthday
from core.gate import CAP, NO_ACCOUNT, NO_CONSENT
from core.journeys import Kind, left_out, rolled_out
from core.known_journeys import KNOWN, as_ruled
from core.messages import Rank
from core.money import yuan
from core.own_journeys import OwnJourney
from storage.looks import Look
from storage.own_audience import own_audience
from storage.owners import Owner
from storage.profile import shown
from storage.recommend_audience import fits_now
from storage.recommendations import JOURNEY as RECOMMENDATION
from storage.steps import LAST, Step

if TYPE_CHECKING:
    from storage.crm import Crm

MOST = 50  # decisions, the newest
NOT_MEANT = "not in its audience"
SWITCHED_OFF, NOT_ROLLED_OUT, HELD_OUT, NOT_DUE = "switched off", "not rolled out", "held out to measure by", "not due"
NOTHING_FITS = "no rule fits"


def why(crm: Crm, owner: Owner, journey: str = "") -> dict[str, Any]:
    """`marketing`: why none could leave for them now, "" when it could. `steps`, the newest first: what was decided,
    the route and its cost in yuan, and each message on the way, the last try last. `not_yet`: journeys that have
    decided nothing so far, and why; `due` is a day or null."""
    steps = [step for step in crm.steps.of_owner(owner.key) if journey in ("", step.journey)]
    marketing = _why_no_marketing(crm, owner)
    decided = {step.journey for step in steps}
    return {
        "owner": owner.key,
        "name": owner.name,
        "marketing": marketing,
        "steps": [_step(crm, step) for step in steps[:MOST]],
        "not_yet": [one for one in _not_yet(crm, owner, marketing, decided) if journey in ("", one["journey"])],
    }


def _why_no_marketing(crm: Crm, owner: Owner) -> str:
    plan = crm.routes.plan(owner.key, crm.routes.wish(Rank.MARKETING, None))
    if not plan.routes and not plan.shut:
        return NO_ACCOUNT
    if not plan.routes and all(one.why == NO_CONSENT for one in plan.shut):
        return NO_CONSENT
    if frozen := crm.freezes.why(owner.key):
        return frozen
    if crm.steps.room(owner.key, LAST) <= 0:
        return CAP
    return "" if plan.routes else plan.why_none


def _step(crm: Crm, step: Step) -> dict[str, Any]:
    task = crm.tasks.find(step.task_id) if step.task_id else None
    return {
        "journey": step.journey,
        "step": step.step,
        "occurrence": step.occurrence,
        "at": shown(crm, step.at),
        "decision": step.decision,
        "reason": step.reason,
        "route": step.route or step.channel,
        "cost": yuan(step.cost_fen),
        "left_at": shown(crm, step.left_at) if step.left_at else None,
        "messages": [_message(crm, row) for row in _chain(crm, step.outbox_id)],
        "task": {"id": task.key, "kind": task.kind, "status": task.status, "outcome": task.outcome} if task else None,
    }


def _chain(crm: Crm, outbox_id: int | None) -> list[Any]:
    """Every row by which it was tried, in order."""
    rows, number = list[Any](), outbox_id
    while number is not None and (row := crm.outbox.row(number)) is not None:
        rows.append(row)
        number = row.instead_of
    return rows[::-1]


def _message(crm: Crm, row: Any) -> dict[str, Any]:
    channel = row.destination.partition(":")[0]
    way = "task" if row.kind == "hand" else "mass" if row.kind == "mass" else row.way or channel
    return {
        "route": way,
        "state": row.state,
        "reason": row.reason,
        "due_at": shown(crm, row.due_at),
        "at": shown(crm, row.left_at) if row.left_at else None,
    }


def _not_yet(crm: Crm, owner: Owner, marketing: str, decided: set[str]) -> Iterator[dict[str, Any]]:
    today = crm.now.astimezone(crm.shop.zone).date()
    for journey, due in _counted(crm, owner, today):
        if journey in decided:
            continue
        markets = journey != "maintenance_due"
        reason = _why_not_yet(crm, owner, journey, due, today) or (marketing if markets else "")
        yield {"journey": journey, "reason": reason or NOT_DUE, "due": due.isoformat() if due else None}
    for own in (*crm.shop.policy.own_journeys, *(one.journey for one in crm.shop.policy.campaigns)):
        if own.name not in decided:
            yield _own_not_yet(crm, owner, own, marketing, today)


def _own_not_yet(crm: Crm, owner: Owner, own: OwnJourney, marketing: str, today: date) -> dict[str, Any]:
    """Of the shop's own: whether they belong to it at all."""
    step = own.journey.steps[0]
    since, until = date.min, date.max
    if own.anchor == "birthday":  # one of them, the last month's or the coming one
        since, until = today - timedelta(days=30), today + timedelta(days=335)
    rows = own_audience(own, crm, Look(own.name, step.name, since, until, [owner.key])).rows
    due = max((step.day(row.anchor) for row in rows), default=None)
    reason = _why_not_yet(crm, owner, own.name, due, today) if due else NOT_MEANT
    reason = reason or (marketing if step.kind is Kind.MARKETING else "") or NOT_DUE
    return {"journey": own.name, "reason": reason, "due": due.isoformat() if due else None}


def _why_not_yet(crm: Crm, owner: Owner, journey: str, due: date | None, today: date) -> str:
    rules = crm.shop.policy.journey(journey)
    if not rules.on:
        return SWITCHED_OFF
    if not rolled_out(owner.key, rules.roll_out):
        return NOT_ROLLED_OUT
    if due is None:
        return NOTHING_FITS if journey == RECOMMENDATION else f"nothing to count from: {journey}"
    if due > today:
        return NOT_DUE
    return HELD_OUT if left_out(journey, owner.key, rules.hold_out) else ""


def _counted(crm: Crm, owner: Owner, today: date) -> Iterator[tuple[str, date | None]]:
    """The day of each journey's first step, as far as the record tells."""
    cars = crm.vehicles.of_owner(owner.key)
    due = min((car.due_on for car in cars if car.due_on), default=None)
    bought = max((car.purchased_on for car in cars if car.purchased_on), default=None)
    visits = [one.visited_on for one in crm.visits.of_owner(owner.key) if one.status == "completed"]
    yield "maintenance_due", _first_day(crm, "maintenance_due", due)
    yield "birthday", next_birthday(owner.birthday, today) if owner.birthday else None
    yield "win_back", _first_day(crm, "win_back", max(visits, default=None))
    yield "nurture", _first_day(crm, "nurture", bought)
    yield RECOMMENDATION, today if fits_now(crm, owner.key) else None


def _first_day(crm: Crm, journey: str, anchor: date | None) -> date | None:
    steps = as_ruled(KNOWN[journey], crm.shop.policy.journey(journey)).steps
    return steps[0].day(anchor) if anchor else None
