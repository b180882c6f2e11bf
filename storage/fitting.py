"""What a recommendation rule says, as conditions on a car and its owner; tests hold them against those in `core`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_
from sqlalchemy import select as core_select

from core.due import months_before
from core.recommend_rules import SEASONS, RecommendRule
from storage.grading import on
from storage.owners import OWNERS
from storage.vehicles import VEHICLES
from storage.visits import COMPLETED, VISITS

Column = ColumnElement[Any]


def fits_on(rule: RecommendRule) -> list[Column]:
    """Everything that the rule names, the cheap ones first; what is not known does not hold. See `counting_from`."""
    conditions: list[Column] = []
    if rule.min_age_years:
        conditions.append(VEHICLES.c.purchased_on <= on("bought_by"))
    if rule.min_km:
        conditions.append(VEHICLES.c.mileage_km >= rule.min_km)
    if rule.powertrain:
        conditions.append(or_(*(VEHICLES.c.powertrain == one for one in rule.powertrain)))
    if rule.remarks:
        conditions.append(_has(OWNERS.c.remarks, rule.remarks))
    if rule.min_visits:
        conditions.append(_visits(rule) >= rule.min_visits)
    return conditions


def counting_from(rule: RecommendRule, today: date) -> dict[str, date]:
    """The days that those conditions bind."""
    return {
        "bought_by": months_before(today, 12 * rule.min_age_years),
        "visits_since": months_before(today, rule.months),
    }


def _visits(rule: RecommendRule) -> Column:
    """Of that car, and of its owner where the order names no car."""
    counted = [VISITS.c.status == COMPLETED, VISITS.c.visited_on > on("visits_since")]
    if rule.season:
        counted.append(or_(*(extract("month", VISITS.c.visited_on) == month for month in SEASONS[rule.season])))
    if rule.of:
        counted.append(_has(VISITS.c["items"], rule.of))
    of_car = VISITS.c.vehicle_id == VEHICLES.c.id
    of_owner = and_(VISITS.c.vehicle_id.is_(None), VISITS.c.owner_id == OWNERS.c.id)
    first, second = (core_select(func.count()).where(whose, *counted) for whose in (of_car, of_owner))
    return first.correlate(VEHICLES).scalar_subquery() + second.correlate(OWNERS).scalar_subquery()


def _has(column: Any, words: tuple[str, ...]) -> Column:
    """Any of the words, however it is written."""
    return or_(*(column.icontains(word, autoescape=True) for word in words))
