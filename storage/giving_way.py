"""Who is left alone with recommendations for now: a greeting or a step that goes before them is near, and of the few
messages that an owner gets in a month it would be the one too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, false, or_
from sqlalchemy import select as core_select

from core.journeys import Kind, Step
from core.known_journeys import KNOWN, as_ruled
from core.policy import Policy
from storage.days import in_year, listed, written_day
from storage.figures import FIGURES
from storage.grading import on
from storage.owners import OWNERS
from storage.vehicles import TIES, VEHICLES


@dataclass(frozen=True, slots=True)
class GoingBefore:
    """The marketing that goes before a recommendation, as the shop has it: statements are made of it once."""

    birthday: bool = False
    win_back: tuple[Step, ...] = ()
    nurture: tuple[Step, ...] = ()

    def days(self, after: date, until: date) -> dict[str, Any]:
        """What `gives_way` and `made_way` bind: it falls later than `after` and up to `until`."""
        steps = (*_named("win_back", self.win_back), *_named("nurture", self.nurture))
        ends = {"after": after, "until": until}
        counted = {f"{name}_{end}": step.latest_anchor(day) for name, step in steps for end, day in ends.items()}
        return {"way_after": after, "way_until": until, "way_year": after.year, **counted}


def going_before(policy: Policy) -> GoingBefore:
    """Nothing, where there is no cap."""
    if policy.gate.cap_per_30_days <= 0:
        return GoingBefore()
    return GoingBefore(policy.journey("birthday").on, _marketing(policy, "win_back"), _marketing(policy, "nurture"))


def gives_way(before: GoingBefore) -> ColumnElement[bool]:
    """A marketing step of birthday, win-back or nurture falls on one of those days."""
    figures, ties, cars = FIGURES.alias("seen"), TIES.alias("tied"), VEHICLES.alias("bought")
    seen = core_select(figures.c.owner_id).where(
        figures.c.owner_id == OWNERS.c.id, _counts("win_back", before.win_back, figures.c.last_visit_on)
    )
    bought = (
        core_select(ties.c.id)
        .join(cars, cars.c.id == ties.c.vehicle_id)
        .where(ties.c.owner_id == OWNERS.c.id, ties.c.until.is_(None))
        .where(_counts("nurture", before.nurture, cars.c.purchased_on))
    )
    return or_(_born(before), seen.correlate(OWNERS).exists(), bought.correlate(OWNERS).exists())


def made_way(before: GoingBefore) -> list[Select[Any]]:
    """Owners whom nothing of that kind keeps waiting any more: it fell on one of those days."""
    births = listed(bindparam("dates", type_=String())).table_valued("value")
    greeted = core_select(OWNERS.c.id).where(OWNERS.c.birthday.in_(core_select(written_day(births.c.value))))
    return [
        *([greeted] if before != GoingBefore() else []),  # also of a greeting that is switched off meanwhile
        core_select(FIGURES.c.owner_id).where(_counts("win_back", before.win_back, FIGURES.c.last_visit_on)),
        core_select(TIES.c.owner_id)
        .join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id)
        .where(_counts("nurture", before.nurture, VEHICLES.c.purchased_on)),
    ]


def _marketing(policy: Policy, journey: str) -> tuple[Step, ...]:
    rules = policy.journey(journey)
    steps = as_ruled(KNOWN[journey], rules).steps if rules.on else ()
    return tuple(step for step in steps if step.kind is Kind.MARKETING)


def _counts(journey: str, steps: tuple[Step, ...], anchor: Any) -> ColumnElement[bool]:
    """A day from which some of these steps falls on one of those days."""
    spans = ((on(f"{name}_after"), on(f"{name}_until")) for name, _ in _named(journey, steps))
    return or_(false(), *(and_(anchor > after, anchor <= until) for after, until in spans))


def _born(before: GoingBefore) -> ColumnElement[bool]:
    """Those days are fewer than a year's."""
    if not before.birthday:
        return false()
    year = bindparam("way_year", type_=Integer())
    days = [in_year(OWNERS.c.birthday, one) for one in (year, year + 1)]
    falls = or_(*(and_(day > on("way_after"), day <= on("way_until")) for day in days))
    return and_(OWNERS.c.birthday.is_not(None), falls)


def _named(journey: str, steps: tuple[Step, ...]) -> Iterator[tuple[str, Step]]:
    """Each with the beginning of the names by which its days are bound."""
    return ((f"{journey}_{step.name}", step) for step in steps)
