"""The journeys' engine: whose step has come, decided once, on its day or while it is still of use.

A day's audience is walked through once: a step remembers the last day that it has done. Who changed since then (a
visit, a car, a cancelled appointment) is looked at again, whatever day their step fell on.
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
from storage.audiences import Audience
from storage.crm import Crm
from storage.looks import Look, Part

TOO_LATE = "too late for this step"
NOT_YET = "not switched on for this owner yet"
TOLD_LATELY = "the same was said a short while ago"
NO_ROOM = "too late: more cards were waiting than days have room for"
Act = Callable[[Crm, Happening, Any], TickItem | None]  # what a step does about one row of the audience


@dataclass(frozen=True, slots=True)
class Plan:
    """A journey with whom it is for and what each of its steps does."""

    journey: Journey
    audience: Audience
    acts: Mapping[str, Act]


@dataclass(frozen=True, slots=True)
class Due:
    """A step whose day has come. `done`: the day up to which it was decided before."""

    plan: Plan  # with its steps where the shop's rules put them
    step: Step
    day: date
    done: date | None

    @property
    def name(self) -> str:
        return self.plan.journey.name

    @property
    def is_done(self) -> bool:
        return self.done is not None and self.done >= self.day

    def look(self, owners: Sequence[int] | None = None) -> Look:
        """At these owners, on whatever day their step fell; at everybody, for the days that are not done."""
        after = self.step.latest_anchor(self.done) if self.done and owners is None else None
        until, outdated = self.step.latest_anchor(self.day), self.plan.journey.outdated_anchor(self.step, self.day)
        return Look(self.name, self.step.name, after, until, owners, outdated)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a part has stopped: the step, and the look with which the next part goes on."""

    step: Step
    look: Look


def run(crm: Crm, plan: Plan, room: int, stop: Stop | None = None) -> tuple[list[TickItem], Stop | None]:
    """Decide what of that journey is due now, for `room` owners at the most, from where the part before has stopped.

    A step's day counts as done once its audience is walked through to the end.
    """
    items: list[TickItem] = []
    for due in due_steps(crm, plan):
        if due.is_done:
            continue
        look = _goes_on(due, stop)
        if len(items) >= room:
            return items, Stop(due.step, look)
        rows, place = _next(crm, due, replace(look, most=room - len(items)))
        items += _decide_all(crm, due, rows)
        if place:
            return items, Stop(due.step, replace(look, behind=place))
        crm.progress.reach(due.name, due.step.name, due.step.rule, due.day)
    return items, None


def look_again(crm: Crm, plan: Plan, touched: Sequence[int]) -> list[TickItem]:
    """Every step that has come for these owners, whatever day it fell on: something about them has changed."""
    steps = due_steps(crm, plan) if touched else []
    found = (_decide_all(crm, due, due.plan.audience(crm, due.look(touched)).rows) for due in steps)
    return [item for items in found for item in items]


def due_steps(crm: Crm, plan: Plan) -> list[Due]:
    """The steps of a journey that is switched on, with the days that they have reached; none in their quiet hours."""
    rules = crm.shop.policy.journey(plan.journey.name)
    if not rules.on:
        return []
    plan = replace(plan, journey=as_ruled(plan.journey, rules))
    done = crm.progress.of(plan.journey.name)
    steps = [step for step in plan.journey.steps if decent(crm.now, crm.shop.zone, _quiet(crm, step)) <= crm.now]
    days = [reached(crm.now, crm.shop.zone, rules, _quiet(crm, step)) for step in steps]
    return [Due(plan, step, day, done.get((step.name, step.rule))) for step, day in zip(steps, days, strict=True)]


def give_cards(crm: Crm, due: Due, owners: Sequence[int]) -> list[TickItem]:
    """Decide about owners whose card had to wait, as far as the step is still for them."""
    rows = due.plan.audience(crm, replace(due.look(owners), waited=True)).rows
    return [item for row in rows if (item := _decide(crm, due, row, too_late=NO_ROOM))]


def _goes_on(due: Due, stop: Stop | None) -> Look:
    """From there; another day, or a step by another rule, is walked through from its beginning."""
    look = due.look()
    same = stop is not None and (stop.step, replace(stop.look, behind=None)) == (due.step, look)
    return stop.look if stop and same else look


def _next(crm: Crm, due: Due, look: Look) -> Part:
    """Past those whom the step is not for, and those whom a worker that died has decided, up to others."""
    part = due.plan.audience(crm, look)
    while part.place and not part.rows:
        part = due.plan.audience(crm, replace(look, behind=part.place))
    return part


def _quiet(crm: Crm, step: Step) -> Quiet | None:
    """The hours that its step avoids; at night nobody wants the work of a journey either."""
    policy = crm.shop.policy
    return policy.quiet_marketing if step.kind is Kind.MARKETING else policy.quiet_service


def _decide_all(crm: Crm, due: Due, rows: Sequence[Any]) -> list[TickItem]:
    """What was decided; a card whose own day is over has to wait for room on another."""
    items: list[TickItem] = []
    for row in rows:
        if _is_late_card(due, row):
            last = due.plan.journey.last_day(due.step, row.anchor)
            crm.late_cards.wait(due.name, due.step.name, row.owner_id, last)
        elif item := _decide(crm, due, row):
            items.append(item)
    return items


def _is_late_card(due: Due, row: Any) -> bool:
    in_time = due.step.day(row.anchor) >= due.day
    return due.step.kind is Kind.TASK and not in_time and due.plan.journey.last_day(due.step, row.anchor) >= due.day


def _decide(crm: Crm, due: Due, row: Any, too_late: str = TOO_LATE) -> TickItem | None:
    step, journey, rules = due.step, due.plan.journey, crm.shop.policy.journey(due.name)
    what = Happening(due.name, step.name, row.occurrence, row.owner_id, row.vehicle_id, row.plate)
    if journey.last_day(step, row.anchor) < due.day:
        return skip(crm, what, too_late)
    if row.told_lately:
        return skip(crm, what, TOLD_LATELY)
    if not rolled_out(row.owner_id, rules.roll_out):
        return skip(crm, what, NOT_YET)
    if left_out(due.name, row.owner_id, rules.hold_out):
        return hold_out(crm, what)
    return due.plan.acts[step.name](crm, what, row)
