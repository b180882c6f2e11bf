"""Whom a step of a journey is for. Cost grows with the audience, not with the store.

An index finds whom to look at (see `storage.walks`), and one statement says whom of them the step is for: rows of
owner_id, vehicle_id, plate, name, anchor (the day that the journey counts from), occurrence and told_lately.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    union_all,
)
from sqlalchemy import select as core_select

from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import Moment, table_of
from storage.days import days_after
from storage.figures import FIGURES
from storage.figures_statement import these
from storage.grading import on
from storage.late_cards import LATE_CARDS
from storage.looks import Look, Part
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.steps import SEND, TASK, Step
from storage.vehicles import TIES, VEHICLES
from storage.visits import CANCELLED, COMPLETED, VISITS
from storage.walks import Walk, by_day, cars_in_time, everybody, part

if TYPE_CHECKING:
    from storage.crm import Crm

STEPS = table_of(Step)
NEVER = false()
Audience = Callable[["Crm", Look], Part]


def due_cars(crm: Crm, look: Look) -> Part:
    """Cars whose maintenance is due, each with the one owner who is told: not booked, and not seen since shortly
    before. Anchor: the due day."""
    return part(crm, look, cars_in_time(VEHICLES.c.due_on), _due_cars())


def new_cars(crm: Crm, look: Look) -> Part:
    """Cars bought lately. Anchor: the day of purchase."""
    return part(crm, look, cars_in_time(VEHICLES.c.purchased_on), _new_cars())


def away(crm: Crm, look: Look) -> Part:
    """Owners who stay away, none of whose cars is expected. Anchor: the last day on which any of them was here."""
    return part(crm, look, seen_in_time(), _away())


@cache
def _due_cars() -> Prepared:
    seen = core_select(VISITS.c.id).where(
        VISITS.c.vehicle_id == VEHICLES.c.id,
        VISITS.c.status != CANCELLED,
        VISITS.c.visited_on >= days_after(VEHICLES.c.due_on, -7),
    )
    return Prepared(of_cars(VEHICLES.c.due_on, ~seen.exists(), ~booked_car().exists()))


@cache
def _new_cars() -> Prepared:
    return Prepared(of_cars(VEHICLES.c.purchased_on))


@cache
def _away() -> Prepared:
    last = last_seen()
    occurrence = "owner " + as_text(OWNERS.c.id) + " / " + as_text(last.c.day)
    query = (
        core_select(*row_of(last.c.day, occurrence))
        .select_from(
            last.join(OWNERS, OWNERS.c.id == last.c.owner_id).outerjoin(VEHICLES, VEHICLES.c.id == last.c.vehicle_id)
        )
        .where(last.c.n == 1, *wanted(last.c.day, occurrence), ~expected().exists())
    )
    return Prepared(query.order_by(last.c.day, OWNERS.c.id))


@cache
def seen_in_time() -> Walk:
    """Owners whose figures say that they were here last on one of the look's days; of some owners all, since what
    counts is what the visits say now."""
    return Walk(by_day(FIGURES.c.last_visit_on, FIGURES.c.owner_id), everybody().some)


def of_cars(anchor: Any, *also: ColumnElement[bool], cars: Any = VEHICLES) -> Select[Any]:
    """Cars of `ids`, each with the one who is told about it: its owner before its driver, who came first."""
    occurrence = "vehicle " + as_text(VEHICLES.c.id) + " / " + as_text(anchor)
    rank = case((TIES.c.role == "owner", 0), else_=1)
    first = func.row_number().over(partition_by=[TIES.c.vehicle_id, anchor], order_by=[rank, TIES.c.id])
    ranked = (
        core_select(*row_of(anchor, occurrence, _told_lately()), first.label("n"))
        .select_from(cars.join(TIES, TIES.c.vehicle_id == VEHICLES.c.id).join(OWNERS, OWNERS.c.id == TIES.c.owner_id))
        .where(these(VEHICLES.c.id), TIES.c.until.is_(None), TIES.c.role != "provisional", *also)
        .where(*wanted(days_after(anchor, 0), occurrence))  # not by the index of days once more
        .subquery()
    )
    return core_select(ranked).where(ranked.c.n == 1).order_by(ranked.c.anchor, ranked.c.vehicle_id)


def row_of(anchor: Any, occurrence: Any, told_lately: ColumnElement[bool] = NEVER) -> tuple[Any, ...]:
    return (
        OWNERS.c.id.label("owner_id"),
        VEHICLES.c.id.label("vehicle_id"),
        VEHICLES.c.plate,
        OWNERS.c.name,
        anchor.label("anchor"),
        occurrence.label("occurrence"),
        told_lately.label("told_lately"),
    )


def wanted(anchor: Any, occurrence: Any) -> list[ColumnElement[bool]]:
    """Their day has come, and this step about it is not decided."""
    return [anchor.between(on("since"), on("until")), *undecided(occurrence)]


def undecided(occurrence: Any) -> list[ColumnElement[bool]]:
    """Owners on record about whom this step is not decided, and whose card for it does not wait for room."""
    journey, step = bindparam("journey", type_=String()), bindparam("step", type_=String())
    decided = (STEPS.c.journey == journey, STEPS.c.step == step, STEPS.c.occurrence == occurrence)
    waits = (
        LATE_CARDS.c.journey == journey,
        LATE_CARDS.c.step == step,
        LATE_CARDS.c.owner_id == OWNERS.c.id,
        LATE_CARDS.c.given_on.is_(None),
        ~bindparam("waited", type_=Boolean()),
    )
    return [OWNERS.c.status == "active", _none(STEPS, *decided), _none(LATE_CARDS, *waits)]


def _none(table: Table, *rows: ColumnElement[bool]) -> ColumnElement[bool]:
    """Counted, since of NOT EXISTS PostgreSQL makes a join with all that was decided in this tick so far."""
    return core_select(func.count()).select_from(table).where(*rows).scalar_subquery() == 0


def last_seen() -> Any:
    """Of the owners of `ids`: each day on which they were here and the car, `n` = 1 for the newest."""
    seen = _seen().subquery("seen")
    newest = func.row_number().over(partition_by=seen.c.owner_id, order_by=[seen.c.day.desc(), seen.c.vehicle_id])
    return core_select(seen, newest.label("n")).subquery("last")


def _seen() -> Any:
    """Every day on which somebody's car was here, as a visit or as the car's record says."""
    own = core_select(VISITS.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id).where(
        VISITS.c.status == COMPLETED, these(VISITS.c.owner_id)
    )
    tied = and_(TIES.c.until.is_(None), these(TIES.c.owner_id))
    cars = (
        core_select(TIES.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id)
        .join(VISITS, VISITS.c.vehicle_id == TIES.c.vehicle_id)
        .where(tied, VISITS.c.status == COMPLETED)
    )
    recorded = (
        core_select(TIES.c.owner_id, VEHICLES.c.last_service_on.label("day"), TIES.c.vehicle_id)
        .join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id)
        .where(tied, VEHICLES.c.last_service_on.is_not(None))
    )
    return union_all(own, cars, recorded)


def expected() -> Any:
    """An appointment of the owner's, or for a car of theirs, that is still to come."""
    cars = core_select(TIES.c.vehicle_id).where(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None))
    return (
        core_select(APPOINTMENTS.c.id)
        .where(*_to_come())
        .where(or_(APPOINTMENTS.c.owner_id == OWNERS.c.id, APPOINTMENTS.c.vehicle_id.in_(cars.correlate(OWNERS))))
        .correlate(OWNERS)
    )


def booked_car() -> Any:
    """An appointment for that car that is still to come."""
    return core_select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.vehicle_id == VEHICLES.c.id, *_to_come())


def _to_come() -> tuple[ColumnElement[bool], ...]:
    return APPOINTMENTS.c.status == BOOKED, APPOINTMENTS.c.starts_at >= bindparam("now", type_=Moment())


def _told_lately() -> ColumnElement[bool]:
    """Whether the same step about this car went out a moment ago, for a day that has moved since."""
    this = (
        STEPS.c.journey == bindparam("journey", type_=String()),
        STEPS.c.step == bindparam("step", type_=String()),
        or_(STEPS.c.decision == SEND, STEPS.c.decision == TASK),
    )
    last = core_select(func.max(case((and_(*this), STEPS.c.at)))).where(STEPS.c.vehicle_id == VEHICLES.c.id)
    return func.coalesce(last.scalar_subquery() > bindparam("told_since", type_=Moment()), false())


def as_text(column: Any) -> Any:
    return cast(column, String)
