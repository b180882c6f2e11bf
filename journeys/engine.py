"""The journeys' engine: whose step has come, decided once, on its day or while it is still of use.

A day's audience is asked for once: a step remembers the last day that it has done. Who changed since then (a visit, a
car, a cancelled appointment) is looked at again, whatever day their step fell on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.journeys import Journey, Kind, Step, left_out, reached, rolled_out
from core.known_journeys import as_ruled
from core.quiet import Quiet, decent
from journeys.items import TickItem
from journeys.step import Happening, hold_out, skip
from storage.audiences import Audience, Look
from storage.crm import Crm

TOO_LATE = "too late for this step"
NOT_YET = "not switched on for this owner yet"
Act = Callable[[Crm, Happening, Any], TickItem | None]  # what a step does about one row of the audience


@dataclass(frozen=True, slots=True)
class Plan:
    """A journey with whom it is for and what each of its steps does."""

    journey: Journey
    audience: Audience
    acts: Mapping[str, Act]


def run(crm: Crm, plan: Plan, touched: Sequence[int]) -> list[TickItem]:
    """Decide everything of that journey that is due now; `touched`: owners about whom something has changed."""
    rules = crm.shop.policy.journey(plan.journey.name)
    if not rules.on:
        return []
    plan = replace(plan, journey=as_ruled(plan.journey, rules))
    done = crm.progress.of(plan.journey.name)
    items: list[TickItem] = []
    for step in plan.journey.steps:
        items += _step(crm, plan, step, done.get((step.name, step.rule)), touched)
    return items


def _step(crm: Crm, plan: Plan, step: Step, done: date | None, touched: Sequence[int]) -> list[TickItem]:
    name, quiet = plan.journey.name, _quiet(crm, step)
    if decent(crm.now, crm.shop.zone, quiet) > crm.now:
        return []
    day = reached(crm.now, crm.shop.zone, crm.shop.policy.journey(name), quiet)
    until, outdated = step.latest_anchor(day), plan.journey.outdated_anchor(step, day)
    items: list[TickItem] = []
    if done is None or done < day:
        after = step.latest_anchor(done) if done else None
        items += _decide_all(crm, plan, step, day, Look(name, step.name, after, until, None, outdated))
        crm.progress.reach(name, step.name, step.rule, day)
    if touched and done is not None:
        items += _decide_all(crm, plan, step, day, Look(name, step.name, None, until, touched, outdated))
    return items


def _quiet(crm: Crm, step: Step) -> Quiet | None:
    """The hours that its step avoids; at night nobody wants the work of a journey either."""
    policy = crm.shop.policy
    return policy.quiet_marketing if step.kind is Kind.MARKETING else policy.quiet_service


def _decide_all(crm: Crm, plan: Plan, step: Step, day: date, look: Look) -> list[TickItem]:
    decided = (_decide(crm, plan, step, day, row) for row in plan.audience(crm, look))
    return [item for item in decided if item is not None]


def _decide(crm: Crm, plan: Plan, step: Step, day: date, row: Any) -> TickItem | None:
    name = plan.journey.name
    what = Happening(name, step.name, row.occurrence, row.owner_id, row.vehicle_id, row.plate)
    rules = crm.shop.policy.journey(name)
    if plan.journey.last_day(step, row.anchor) < day:
        return skip(crm, what, TOO_LATE)
    if not rolled_out(row.owner_id, rules.roll_out):
        return skip(crm, what, NOT_YET)
    if left_out(name, row.owner_id, rules.hold_out):
        return hold_out(crm, what)
    return plan.acts[step.name](crm, what, row)
