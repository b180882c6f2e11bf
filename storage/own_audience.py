"""Whom a step of the shop's own journey is for: one statement, made of what the policy file names.

An owner, or a car and the one who is told about it, with the day counted from. Who belongs to it is asked when the day
has come, and again when something about them changes while the step is still of use.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, literal, or_, true
from sqlalchemy import select as core_select

from core.own_journeys import BOOKING, Audience, OwnJourney
from storage.audiences import (
    as_text,
    booked_car,
    expected,
    last_seen,
    of_cars,
    row_of,
    seen_in_time,
    undecided,
    wanted,
)
from storage.calendar_audiences import DAY, comes_round, first_useful, on_days, round_days
from storage.columns import table_of
from storage.figures import FIGURES
from storage.figures_statement import these
from storage.looks import Look, Part
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.stores import Store
from storage.tags import TAGS
from storage.vehicles import TIES, VEHICLES
from storage.walks import cars_in_time, everybody, owners_of_dates, part, written

if TYPE_CHECKING:
    from storage.crm import Crm

STORES = table_of(Store)
CARS = {"due": VEHICLES.c.due_on, "purchased_on": VEHICLES.c.purchased_on}  # counted from per car, else per owner
ON_THE_DAY = "day"
Conditions = list[ColumnElement[bool]]


def own_audience(own: OwnJourney, crm: Crm, look: Look) -> Part:
    """The rows of `storage.audiences`. With the goal booking, who has an appointment to come is left alone."""
    look = look.useful
    if isinstance(own.anchor, date):
        return _on_the_day(own, own.anchor, crm, look)
    who = _who(own.anchor, own.audience, own.goal == BOOKING)
    if own.anchor in CARS:
        return part(crm, look, cars_in_time(CARS[own.anchor]), who)
    if own.anchor == "birthday":
        return part(crm, look, owners_of_dates(OWNERS.c.birthday), who, **round_days(look, first_useful(look)))
    return part(crm, look, seen_in_time(), who)


def _on_the_day(own: OwnJourney, day: date, crm: Crm, look: Look) -> Part:
    if not look.since <= day <= look.until:
        return Part([])
    who = _who(ON_THE_DAY, own.audience, own.goal == BOOKING)
    return part(crm, look, everybody(), who, days=written([day]))


@lru_cache(64)
def _who(anchor: str, audience: Audience, is_left_alone: bool) -> Prepared:
    """is_left_alone: whoever is expected."""
    if anchor in CARS:
        return Prepared(_by_car(CARS[anchor], audience, is_left_alone))
    booked = [~expected().exists()] if is_left_alone else []
    people = {"birthday": _by_birthday, "last_visit": _by_last_visit, ON_THE_DAY: _by_day}[anchor]
    return Prepared(people(audience, booked))


def _by_car(anchor: Any, audience: Audience, is_left_alone: bool) -> Select[Any]:
    """Each car once, with whom it concerns: whether they belong to the audience is asked of that one only."""
    booked = [~booked_car().exists()] if is_left_alone else []
    cars = of_cars(anchor, *_cars(audience), *booked)
    if people := _people(audience):
        told = core_select(OWNERS.c.id).where(*people)
        cars = cars.where(cars.selected_columns["owner_id"].in_(told))
    return cars


def _by_last_visit(audience: Audience, when: Conditions) -> Select[Any]:
    last = last_seen()
    occurrence = "owner " + as_text(OWNERS.c.id) + " / " + as_text(last.c.day)
    people = last.join(OWNERS, OWNERS.c.id == last.c.owner_id)
    when = [*when, last.c.n == 1, *wanted(last.c.day, occurrence)]
    return _of_people(audience, people, last.c.day, occurrence, when, here_last=last.c.vehicle_id)


def _by_birthday(audience: Audience, when: Conditions) -> Select[Any]:
    occurrence = as_text(OWNERS.c.id) + ":" + as_text(extract("year", DAY))
    people = on_days(OWNERS, comes_round(OWNERS.c.birthday))
    return _of_people(audience, people, DAY, occurrence, [*when, *undecided(occurrence)])


def _by_day(audience: Audience, when: Conditions) -> Select[Any]:
    occurrence = "owner " + as_text(OWNERS.c.id) + " / " + as_text(DAY)
    return _of_people(audience, on_days(OWNERS, true()), DAY, occurrence, [*when, *undecided(occurrence)])


def _of_people(
    audience: Audience, people: Any, anchor: Any, occurrence: Any, when: Conditions, here_last: Any = None
) -> Select[Any]:
    """Owners of `ids`, each with one of their cars that fit: the one that was here last, or the first of their own."""
    tied = and_(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None), TIES.c.role != "provisional")
    their_own, order = case((TIES.c.role == "owner", 0), else_=1), list[Any]()
    if here_last is not None:
        order.append(case((VEHICLES.c.id == here_last, 0), else_=1))
    first = func.row_number().over(partition_by=[OWNERS.c.id, anchor], order_by=[*order, their_own, TIES.c.id])
    ranked = (
        core_select(*row_of(anchor, occurrence), first.label("n"))
        .select_from(people.outerjoin(TIES, tied).outerjoin(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(these(OWNERS.c.id), *when, *_people(audience), *_cars(audience))
        .subquery()
    )
    return core_select(ranked).where(ranked.c.n == 1).order_by(ranked.c.anchor, ranked.c.owner_id)


def _people(audience: Audience) -> Conditions:
    """What must hold of the owner: figures, grade, stage and tags as they stand."""
    conditions: Conditions = []
    if audience.grades:
        conditions.append(_one_of(OWNERS.c.grade, audience.grades))
    if audience.stages:
        conditions.append(_one_of(OWNERS.c.stage, audience.stages))
    if audience.stores:
        conditions.append(
            OWNERS.c.store_id.in_(core_select(STORES.c.id).where(_one_of(STORES.c.code, audience.stores)))
        )
    if audience.tags:
        tagged = core_select(TAGS.c.id).where(TAGS.c.owner_id == OWNERS.c.id, _one_of(TAGS.c.name, audience.tags))
        conditions.append(tagged.correlate(OWNERS).exists())
    least = [(FIGURES.c.visits_total, audience.min_visits), (FIGURES.c.spend_total_fen, audience.min_spend_fen)]
    if any(number for _, number in least):
        reached = core_select(FIGURES.c.owner_id).where(FIGURES.c.owner_id == OWNERS.c.id)
        reached = reached.where(*(column >= number for column, number in least if number))
        conditions.append(reached.correlate(OWNERS).exists())
    return conditions


def _cars(audience: Audience) -> Conditions:
    """What must hold of the car, or of one of the owner's cars."""
    conditions: Conditions = []
    if audience.powertrain:
        conditions.append(_one_of(VEHICLES.c.powertrain, audience.powertrain))
    if audience.models:
        conditions.append(or_(*(VEHICLES.c.model.icontains(word, autoescape=True) for word in audience.models)))
    return conditions


def _one_of(column: Any, words: tuple[str, ...]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_([literal(word) for word in words])
    return found
