"""Who is left alone with recommendations for now: a greeting or a step that goes before them is near, and of the few
messages that an owner gets in a month it would be the one too many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, false, or_
from sqlalchemy import select as core_select

from core.birthdays import born_on
from core.gate import CAP_DAYS
from core.journeys import Kind
from core.known_journeys import KNOWN, as_ruled
from storage.days import in_year
from storage.figures import FIGURES
from storage.owners import OWNERS
from storage.vehicles import TIES, VEHICLES

if TYPE_CHECKING:
    from storage.crm import Crm


def gives_way(crm: Crm, day: date) -> ColumnElement[bool]:
    """A marketing step of birthday, win-back or nurture falls on one of the 30 days after that one."""
    if crm.shop.policy.gate.cap_per_30_days <= 0:
        return false()
    until = day + CAP_DAYS
    figures, ties, cars = FIGURES.alias("seen"), TIES.alias("tied"), VEHICLES.alias("bought")
    seen = core_select(figures.c.owner_id).where(
        figures.c.owner_id == OWNERS.c.id, _counts(crm, "win_back", figures.c.last_visit_on, day, until)
    )
    bought = (
        core_select(ties.c.id)
        .join(cars, cars.c.id == ties.c.vehicle_id)
        .where(ties.c.owner_id == OWNERS.c.id, ties.c.until.is_(None))
        .where(_counts(crm, "nurture", cars.c.purchased_on, day, until))
    )
    return or_(_born(crm, day, until), seen.correlate(OWNERS).exists(), bought.correlate(OWNERS).exists())


def made_way(crm: Crm, after: date, until: date) -> list[Select[Any]]:
    """Owners whom nothing of that kind keeps waiting any more: its day was later than `after` and up to `until`."""
    if crm.shop.policy.gate.cap_per_30_days <= 0:
        return []
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return [
        core_select(OWNERS.c.id).where(OWNERS.c.birthday.in_([born for one in days for born in born_on(one)])),
        core_select(FIGURES.c.owner_id).where(_counts(crm, "win_back", FIGURES.c.last_visit_on, after, until)),
        core_select(TIES.c.owner_id)
        .join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id)
        .where(_counts(crm, "nurture", VEHICLES.c.purchased_on, after, until)),
    ]


def _counts(crm: Crm, journey: str, anchor: Any, after: date, until: date) -> ColumnElement[bool]:
    """A day from which some marketing step of that journey falls later than `after` and up to `until`."""
    rules = crm.shop.policy.journey(journey)
    steps = [step for step in as_ruled(KNOWN[journey], rules).steps if step.kind is Kind.MARKETING and rules.on]
    return or_(
        false(), *(and_(anchor > step.latest_anchor(after), anchor <= step.latest_anchor(until)) for step in steps)
    )


def _born(crm: Crm, after: date, until: date) -> ColumnElement[bool]:
    if not crm.shop.policy.journey("birthday").on:
        return false()
    days = [in_year(OWNERS.c.birthday, year) for year in range(after.year, until.year + 1)]
    return and_(OWNERS.c.birthday.is_not(None), or_(*(and_(day > after, day <= until) for day in days)))
