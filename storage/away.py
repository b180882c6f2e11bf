"""Who stays away: the last time any of an owner's cars was seen, in one statement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, func, or_, union_all
from sqlalchemy import select as core_select

from core.due import months_before
from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import table_of
from storage.owners import OWNERS
from storage.steps import Step
from storage.vehicles import TIES, VEHICLES
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm

VISITS, STEPS = table_of(Visit), table_of(Step)


def away_since(crm: Crm, today: date, months: int, journey: str, step: str) -> list[Any]:
    """Owners whose last visit was that many months ago or more, without that step about it, and without an appointment.

    Rows of owner_id, name, language, last_visit, vehicle_id and plate (of the car that came last), occurrence.
    """
    seen = _seen().subquery("seen")
    last = core_select(
        seen.c.owner_id,
        seen.c.day.label("last_visit"),
        seen.c.vehicle_id,
        func.row_number()
        .over(partition_by=seen.c.owner_id, order_by=[seen.c.day.desc(), seen.c.vehicle_id])
        .label("n"),
    ).subquery("last")
    occurrence = "owner " + _text(OWNERS.c.id) + " / " + _text(last.c.last_visit)
    decided = core_select(STEPS.c.id).where(
        STEPS.c.journey == journey, STEPS.c.step == step, STEPS.c.occurrence == occurrence
    )
    query = (
        core_select(
            OWNERS.c.id.label("owner_id"),
            OWNERS.c.name,
            OWNERS.c.language,
            last.c.last_visit,
            last.c.vehicle_id,
            VEHICLES.c.plate,
            occurrence.label("occurrence"),
        )
        .select_from(
            last.join(OWNERS, OWNERS.c.id == last.c.owner_id).outerjoin(VEHICLES, VEHICLES.c.id == last.c.vehicle_id)
        )
        .where(last.c.n == 1, last.c.last_visit <= months_before(today, months), OWNERS.c.status == "active")
        .where(~_expected(crm).exists(), ~decided.exists())
        .order_by(OWNERS.c.id)
    )
    return list(crm.connection.execute(query))


def _seen() -> Any:
    """Every day on which somebody's car was here, as a visit or as the car's record says."""
    own = core_select(VISITS.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id).where(
        VISITS.c.status == "completed", VISITS.c.owner_id.is_not(None)
    )
    cars = (
        core_select(TIES.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id)
        .join(VISITS, VISITS.c.vehicle_id == TIES.c.vehicle_id)
        .where(TIES.c.until.is_(None), VISITS.c.status == "completed")
    )
    recorded = (
        core_select(TIES.c.owner_id, VEHICLES.c.last_service_on.label("day"), TIES.c.vehicle_id)
        .join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id)
        .where(TIES.c.until.is_(None), VEHICLES.c.last_service_on.is_not(None))
    )
    return union_all(own, cars, recorded)


def _expected(crm: Crm) -> Any:
    """An appointment of the owner's, or for a car of theirs, that is still to come."""
    cars = core_select(TIES.c.vehicle_id).where(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None))
    return (
        core_select(APPOINTMENTS.c.id)
        .where(APPOINTMENTS.c.status == BOOKED, APPOINTMENTS.c.starts_at >= crm.now)
        .where(or_(APPOINTMENTS.c.owner_id == OWNERS.c.id, APPOINTMENTS.c.vehicle_id.in_(cars.correlate(OWNERS))))
        .correlate(OWNERS)
    )


def _text(column: Any) -> Any:
    return cast(column, String)
