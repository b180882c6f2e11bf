"""Whom churn alerts are about: owners for whose facts some rule holds, in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, true
from sqlalchemy import select as core_select

from core.churn import ChurnFacts, Level
from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import Moment
from storage.figures_statement import Whose, figures, these
from storage.grading import Rulebook, days_of, rulebook
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.vehicles import TIES, VEHICLES
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm


def audience(crm: Crm, today: date, owner_ids: Sequence[int] | None) -> list[tuple[Any, ChurnFacts]]:
    """Rows of ids and facts of those owners, of all when None; the car that became due last first."""
    book, whose = rulebook(crm.shop), these if owner_ids is not None else _all
    values: dict[str, Any] = {"booked_since": crm.now - timedelta(days=1), **days_of(book, today)}
    if owner_ids is not None:
        values["ids"] = json.dumps(list(owner_ids))
    return [
        (row, ChurnFacts(last_visit=row.last_visit, due_on=row.due_on, last_rating=row.rating))
        for row in _audience(book, whose).all(crm.connection, **values)
    ]


def _all(_number: Any) -> ColumnElement[bool]:
    return true()


@lru_cache(16)
def _audience(book: Rulebook, whose: Whose) -> Prepared:
    fresh = figures(book, whose).subquery("fresh")
    some = (
        core_select(
            OWNERS.c.id.label("owner_id"), OWNERS.c.store_id, OWNERS.c.advisor_id, OWNERS.c.churn_level,
            fresh.c.last_visit_on.label("last_visit"), fresh.c.last_rating.label("rating"),
            fresh.c.overdue_on.label("due_on"), _late_car(fresh).label("vehicle_id"),
        )
        .select_from(fresh.join(OWNERS, OWNERS.c.id == fresh.c.owner_id))
        .where(fresh.c.level != str(Level.NONE))
        .subquery("some")
    )  # fmt: skip
    query = core_select(some, VEHICLES.c.plate).select_from(
        some.outerjoin(VEHICLES, VEHICLES.c.id == some.c.vehicle_id)
    )
    return Prepared(query.order_by(some.c.due_on.desc().nulls_last(), some.c.owner_id))


def _late_car(fresh: Any) -> Any:
    """The car that has been due longest without a booking or a visit since."""
    return (
        core_select(func.min(VEHICLES.c.id))
        .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(TIES.c.owner_id == fresh.c.owner_id, TIES.c.until.is_(None))
        .where(VEHICLES.c.due_on == fresh.c.overdue_on, ~_answered())
        .correlate(fresh)
        .scalar_subquery()
    )


def _answered() -> ColumnElement[bool]:
    """The owner has a booking for that car still to come, or brought it since it was due."""
    booked = core_select(APPOINTMENTS.c.id).where(
        APPOINTMENTS.c.vehicle_id == VEHICLES.c.id,
        APPOINTMENTS.c.status == BOOKED,
        APPOINTMENTS.c.starts_at >= bindparam("booked_since", type_=Moment()),
    )
    came = core_select(VISITS.c.id).where(
        and_(
            VISITS.c.vehicle_id == VEHICLES.c.id,
            VISITS.c.status == COMPLETED,
            VISITS.c.visited_on >= VEHICLES.c.due_on,
        )
    )
    return or_(booked.exists(), came.exists())
