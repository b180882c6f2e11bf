"""Whom churn alerts are about: owners for whose facts some rule holds, in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy import select as core_select

from core.churn import ChurnFacts
from core.due import months_before
from storage.appointments import APPOINTMENTS, BOOKED
from storage.days import latest
from storage.figures_statement import Whose, came_on, these
from storage.owners import OWNERS
from storage.vehicles import TIES, VEHICLES
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm


def audience(crm: Crm, today: date, owner_ids: Sequence[int] | None) -> list[tuple[Any, ChurnFacts]]:
    """Rows of ids and facts of those owners, of all when None; the car that became due last first."""
    rules, whose = crm.shop.policy.churn, these if owner_ids is not None else _all
    visits, cars = _visits(whose), _cars(whose)
    due = _due(crm, today - timedelta(days=rules.risk_overdue_days), whose)
    seen = latest(visits.c.last_visit, cars.c.seen_on)
    away = seen <= months_before(today, rules.watch_months)
    query = (
        core_select(
            OWNERS.c.id.label("owner_id"), OWNERS.c.store_id, OWNERS.c.advisor_id, OWNERS.c.churn_level,
            seen.label("last_visit"), visits.c.rating, due.c.due_on, due.c.vehicle_id, due.c.plate,
        )
        .select_from(
            OWNERS.outerjoin(visits, visits.c.owner_id == OWNERS.c.id)
            .outerjoin(cars, cars.c.owner_id == OWNERS.c.id)
            .outerjoin(due, due.c.owner_id == OWNERS.c.id)
        )
        .where(whose(OWNERS.c.id), OWNERS.c.status == "active")
        .where(or_(away, due.c.due_on.is_not(None), visits.c.rating < rules.low_rating))
        .order_by(due.c.due_on.desc().nulls_last(), OWNERS.c.id)
    )  # fmt: skip
    values = {} if owner_ids is None else {"ids": json.dumps(list(owner_ids))}
    return [
        (row, ChurnFacts(last_visit=row.last_visit, due_on=row.due_on, last_rating=row.rating))
        for row in crm.connection.execute(query, values)
    ]


def _all(_number: Any) -> ColumnElement[bool]:
    return true()


def _visits(whose: Whose) -> Any:
    """Per owner: their own last completed visit and its rating."""
    newest = (
        core_select(
            VISITS.c.owner_id, VISITS.c.visited_on.label("last_visit"), VISITS.c.rating,
            func.row_number()
            .over(partition_by=VISITS.c.owner_id, order_by=[VISITS.c.visited_on.desc(), VISITS.c.id.desc()])
            .label("n"),
        )
        .where(whose(VISITS.c.owner_id), VISITS.c.status == COMPLETED, VISITS.c.owner_id.is_not(None))
        .subquery()
    )  # fmt: skip
    return core_select(newest).where(newest.c.n == 1).subquery("visits")


def _cars(whose: Whose) -> Any:
    """Per owner: when one of their cars was here last, by a visit or by its record, as from another CRM."""
    return (
        core_select(TIES.c.owner_id, func.max(latest(came_on(), VEHICLES.c.last_service_on)).label("seen_on"))
        .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(whose(TIES.c.owner_id), TIES.c.until.is_(None))
        .group_by(TIES.c.owner_id)
        .subquery("cars")
    )


def _due(crm: Crm, last: date, whose: Whose) -> Any:
    """Per owner: the car that has been due longest without a booking or a visit since."""
    ranked = (
        core_select(
            TIES.c.owner_id, TIES.c.vehicle_id, VEHICLES.c.due_on, VEHICLES.c.plate,
            func.row_number()
            .over(partition_by=TIES.c.owner_id, order_by=[VEHICLES.c.due_on, VEHICLES.c.id])
            .label("n"),
        )
        .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(whose(TIES.c.owner_id), TIES.c.until.is_(None), VEHICLES.c.due_on <= last, ~_answered(crm))
        .subquery()
    )  # fmt: skip
    return core_select(ranked).where(ranked.c.n == 1).subquery("due")


def _answered(crm: Crm) -> ColumnElement[bool]:
    """The owner has a booking for that car still to come, or brought it since it was due."""
    booked = core_select(APPOINTMENTS.c.id).where(
        APPOINTMENTS.c.vehicle_id == VEHICLES.c.id,
        APPOINTMENTS.c.status == BOOKED,
        APPOINTMENTS.c.starts_at >= crm.now - timedelta(days=1),
    )
    came = core_select(VISITS.c.id).where(
        and_(
            VISITS.c.vehicle_id == VEHICLES.c.id,
            VISITS.c.status == COMPLETED,
            VISITS.c.visited_on >= VEHICLES.c.due_on,
        )
    )
    return or_(booked.exists(), came.exists())
