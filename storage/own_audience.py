"""Whom a step of the shop's own journey is for: one statement, made of what the policy file names.

An owner, or a car and the one who is told about it, with the day counted from. Who belongs to it is asked when the day
has come, and again when something about them changes while the step is still of use.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, or_
from sqlalchemy import select as core_select

from core.own_journeys import BOOKING, Audience, OwnJourney
from storage.audiences import (
    Look,
    as_text,
    booked_car,
    expected,
    last_seen,
    of_cars,
    row_of,
    undecided,
    wanted,
)
from storage.calendar_audiences import come_round
from storage.columns import table_of
from storage.days import in_year
from storage.figures import FIGURES
from storage.owners import OWNERS
from storage.stores import Store
from storage.tags import TAGS
from storage.vehicles import TIES, VEHICLES

if TYPE_CHECKING:
    from storage.crm import Crm

STORES = table_of(Store)
CARS = {"due": VEHICLES.c.due_on, "purchased_on": VEHICLES.c.purchased_on}  # counted from per car, else per owner
Conditions = list[ColumnElement[bool]]


def own_audience(own: OwnJourney, crm: Crm, look: Look) -> list[Any]:
    """The rows of `storage.audiences`. With the goal booking, who has an appointment to come is left alone."""
    look = look.useful
    if isinstance(own.anchor, date):
        return _on_the_day(own, own.anchor, crm, look)
    if own.anchor in CARS:
        return _by_car(own, CARS[own.anchor], crm, look)
    return _by_birthday(own, crm, look) if own.anchor == "birthday" else _by_last_visit(own, crm, look)


def _by_car(own: OwnJourney, anchor: Any, crm: Crm, look: Look) -> list[Any]:
    """Each car once, with whom it concerns: whether they belong to the audience is asked of that one only."""
    occurrence = "vehicle " + as_text(VEHICLES.c.id) + " / " + as_text(anchor)
    booked = [~booked_car(crm).exists()] if own.goal == BOOKING else []
    cars = of_cars(crm, look, anchor, occurrence, *_cars(own.audience), *booked)
    if people := _people(own.audience):
        told = core_select(OWNERS.c.id).where(*people)
        cars = cars.where(cars.selected_columns["owner_id"].in_(told))
    return list(crm.connection.execute(cars))


def _by_last_visit(own: OwnJourney, crm: Crm, look: Look) -> list[Any]:
    last = last_seen(look)
    occurrence = "owner " + as_text(OWNERS.c.id) + " / " + as_text(last.c.day)
    people = last.join(OWNERS, OWNERS.c.id == last.c.owner_id)
    when = [last.c.n == 1, *wanted(look, last.c.day, occurrence)]
    query = _of_people(own, crm, people, last.c.day, occurrence, when, here_last=last.c.vehicle_id)
    return _rows(crm, look, query)


def _by_birthday(own: OwnJourney, crm: Crm, look: Look) -> list[Any]:
    found = list[Any]()
    for year, holds in come_round(OWNERS.c.birthday, look):
        occurrence = as_text(OWNERS.c.id) + f":{year}"
        when = [holds, *undecided(look, occurrence)]
        query = _of_people(own, crm, OWNERS, in_year(OWNERS.c.birthday, year), occurrence, when)
        found += _rows(crm, look, query)
    return found[: look.most]


def _on_the_day(own: OwnJourney, day: date, crm: Crm, look: Look) -> list[Any]:
    if day > look.until or (look.after is not None and day <= look.after):
        return []
    occurrence = "owner " + as_text(OWNERS.c.id) + f" / {day}"
    query = _of_people(own, crm, OWNERS, literal(day, Date), occurrence, undecided(look, occurrence))
    return _rows(crm, look, query)


def _of_people(
    own: OwnJourney, crm: Crm, people: Any, anchor: Any, occurrence: Any, when: Conditions, here_last: Any = None
) -> Select[Any]:
    """Owners, each with one of their cars that fit: the one that was here last, or the first that is their own."""
    tied = and_(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None), TIES.c.role != "provisional")
    their_own, order = case((TIES.c.role == "owner", 0), else_=1), list[Any]()
    if here_last is not None:
        order.append(case((VEHICLES.c.id == here_last, 0), else_=1))
    first = func.row_number().over(partition_by=OWNERS.c.id, order_by=[*order, their_own, TIES.c.id])
    booked = [~expected(crm).exists()] if own.goal == BOOKING else []
    ranked = (
        core_select(*row_of(anchor, occurrence), first.label("n"))
        .select_from(people.outerjoin(TIES, tied).outerjoin(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(*when, *_people(own.audience), *_cars(own.audience), *booked)
        .subquery()
    )
    return core_select(ranked).where(ranked.c.n == 1).order_by(ranked.c.owner_id)


def _people(audience: Audience) -> Conditions:
    """What must hold of the owner: figures, grade, stage and tags as they stand."""
    conditions: Conditions = []
    if audience.grades:
        conditions.append(OWNERS.c.grade.in_(audience.grades))
    if audience.stages:
        conditions.append(OWNERS.c.stage.in_(audience.stages))
    if audience.stores:
        conditions.append(OWNERS.c.store_id.in_(core_select(STORES.c.id).where(STORES.c.code.in_(audience.stores))))
    if audience.tags:
        tagged = core_select(TAGS.c.id).where(TAGS.c.owner_id == OWNERS.c.id, TAGS.c.name.in_(audience.tags))
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
        conditions.append(VEHICLES.c.powertrain.in_(audience.powertrain))
    if audience.models:
        conditions.append(or_(*(VEHICLES.c.model.icontains(word, autoescape=True) for word in audience.models)))
    return conditions


def _rows(crm: Crm, look: Look, query: Select[Any]) -> list[Any]:
    return list(crm.connection.execute(query.limit(look.most)))
