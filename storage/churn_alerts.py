"""Churn alerts: who is about to leave, since when, and why."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.churn import CARDS, Alert, ChurnFacts, Level, churn_alert, occurrence
from core.due import months_before
from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import Moment, table_of
from storage.owners import Owner
from storage.tasks import TASKS
from storage.vehicles import OwnerVehicle, Vehicle
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm


class ChurnAlert(SQLModel, table=True):
    """One alert. `occurrence` is unique: the same reason on the same last visit is raised once."""

    __tablename__ = "churn_alert"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    level: str = Field(max_length=8)
    reasons: str = "[]"
    occurrence: str = Field(unique=True, max_length=96)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    raised_at: datetime = Field(sa_type=Moment)


_BATCH = 500  # ids per statement, below SQLite's limit of variables
OWNERS = table_of(Owner)
VISITS = table_of(Visit)
VEHICLES = table_of(Vehicle)
TIES = table_of(OwnerVehicle)


class ChurnAlerts:
    """Verbs on churn alerts."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def audience(self, today: date, *, owner_id: int | None = None) -> list[tuple[Any, ChurnFacts]]:
        """Everybody (or that one) whose facts hold for some rule today, in one statement: ids and facts."""
        rules = self.crm.shop.policy.churn
        visits = self._visits()
        due = self._due(today - timedelta(days=rules.risk_overdue_days), visits)
        served = self._served()
        since = months_before(today, rules.watch_months)
        last_seen = func.coalesce(visits.c.last_visit, served.c.last_service)
        away = and_(last_seen <= since, func.coalesce(served.c.last_service, last_seen) <= since)
        query = (
            core_select(
                OWNERS.c.id.label("owner_id"),
                OWNERS.c.store_id,
                OWNERS.c.advisor_id,
                OWNERS.c.churn_level,
                visits.c.last_visit,
                served.c.last_service,
                visits.c.rating,
                due.c.due_on,
                due.c.vehicle_id,
                due.c.plate,
            )
            .select_from(
                OWNERS.outerjoin(visits, visits.c.owner_id == OWNERS.c.id)
                .outerjoin(served, served.c.owner_id == OWNERS.c.id)
                .outerjoin(due, due.c.owner_id == OWNERS.c.id)
            )
            .where(
                OWNERS.c.status == "active",
                or_(away, due.c.due_on.is_not(None), visits.c.rating < rules.low_rating),
            )
            .order_by(due.c.due_on.desc().nulls_last(), OWNERS.c.id)
        )
        if owner_id is not None:
            query = query.where(OWNERS.c.id == owner_id)
        return [
            (row, ChurnFacts(last_visit=_later(row), due_on=row.due_on, last_rating=row.rating))
            for row in self.crm.connection.execute(query)
        ]

    def raise_alert(self, owner_id: int, vehicle_id: int | None, alert: Alert, occurrence: str) -> ChurnAlert | None:
        """Keep the alert. None when it was raised before."""
        new = ChurnAlert(
            owner_id=owner_id,
            vehicle_id=vehicle_id,
            level=alert.level,
            reasons=json.dumps(alert.reasons, ensure_ascii=False),
            occurrence=occurrence,
            raised_at=self.crm.now,
        )
        row = self.crm.add_once(new)
        if row is None:
            return None
        self.crm.record("churn_alert.raised", "churn_alert", row.id or 0, owner_id=owner_id, detail=alert.level)
        return row

    def raise_with_card(self, row: Any, facts: ChurnFacts, alert: Alert) -> ChurnAlert | None:
        """The same for a row of the audience, with a card where the level is worth one: `high` goes to the manager."""
        name = occurrence(row.owner_id, facts, alert)
        raised = self.raise_alert(row.owner_id, row.vehicle_id, alert, name) if alert.level is not Level.NONE else None
        if raised is not None and alert.level in CARDS:
            raised.task_id = self.crm.tasks.open(
                "churn_alert",
                store_id=row.store_id,
                owner_id=row.owner_id,
                vehicle_id=row.vehicle_id,
                level=alert.level,
                facts={"reasons": alert.reasons, "advisor": row.advisor_id},
                occurrence=name,
                to_manager=alert.level is Level.HIGH,
            )
        return raised

    def look_at(self, owner_id: int) -> Level:
        """Raise at once what is true of one owner now, and keep the level on the record. Returns the level."""
        today = self.crm.now.astimezone(self.crm.shop.zone).date()
        level = Level.NONE
        for row, facts in self.audience(today, owner_id=owner_id):
            alert = churn_alert(facts, today, self.crm.shop.policy.churn)
            self.raise_with_card(row, facts, alert)
            level = alert.level
        self.crm.update(Owner, owner_id, {"churn_level": str(level)})
        return level

    def of_owner(self, owner_id: int) -> list[ChurnAlert]:
        """Newest first."""
        query = select(ChurnAlert).where(ChurnAlert.owner_id == owner_id).order_by(col(ChurnAlert.id).desc())
        return list(self.crm.session.exec(query))

    def levels_now(self, levels: dict[int, Level]) -> None:
        """Keep today's level on each owner; whoever is not named has none any more."""
        stale = core_select(OWNERS.c.id, OWNERS.c.churn_level).where(OWNERS.c.churn_level != Level.NONE)
        self.crm.session.flush()
        before = {row.id: row.churn_level for row in self.crm.connection.execute(stale)}
        changed = {o: str(levels.get(o, Level.NONE)) for o in {*before, *levels}}
        by_level: dict[str, list[int]] = {}
        for owner_id, level in changed.items():
            if before.get(owner_id, Level.NONE) != level:
                by_level.setdefault(level, []).append(owner_id)
        for level, ids in by_level.items():
            for start in range(0, len(ids), _BATCH):
                part = OWNERS.c.id.in_(ids[start : start + _BATCH])
                self.crm.connection.execute(update(OWNERS).where(part).values(churn_level=level))
        self.crm.session.expire_all()

    def cards_on(self, since: datetime) -> dict[int | None, int]:
        """How many alerts became cards since then, per store."""
        query = core_select(TASKS.c.store_id, func.count()).where(
            TASKS.c.kind == "churn_alert", TASKS.c.created_at >= since
        )
        rows = self.crm.connection.execute(query.group_by(TASKS.c.store_id))
        return {row[0]: row[1] for row in rows}

    def _visits(self) -> Any:
        """Per owner: the last completed visit and its rating."""
        newest = (
            core_select(
                VISITS.c.owner_id,
                VISITS.c.visited_on.label("last_visit"),
                VISITS.c.rating,
                func.row_number()
                .over(partition_by=VISITS.c.owner_id, order_by=[VISITS.c.visited_on.desc(), VISITS.c.id.desc()])
                .label("n"),
            )
            .where(VISITS.c.status == "completed", VISITS.c.owner_id.is_not(None))
            .subquery()
        )
        return core_select(newest).where(newest.c.n == 1).subquery("visits")

    def _served(self) -> Any:
        """Per owner: the last maintenance that only the car's record knows of, as after moving from another CRM."""
        latest = func.max(VEHICLES.c.last_service_on).label("last_service")
        return (
            core_select(TIES.c.owner_id, latest)
            .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
            .where(TIES.c.until.is_(None), VEHICLES.c.last_service_on.is_not(None))
            .group_by(TIES.c.owner_id)
            .subquery("served")
        )

    def _due(self, latest: date, visits: Any) -> Any:
        """Per owner: the car that has been due longest without a booking or a visit since."""
        ranked = (
            core_select(
                TIES.c.owner_id,
                TIES.c.vehicle_id,
                VEHICLES.c.due_on,
                VEHICLES.c.plate,
                func.row_number()
                .over(partition_by=TIES.c.owner_id, order_by=[VEHICLES.c.due_on, VEHICLES.c.id])
                .label("n"),
            )
            .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
            .where(TIES.c.until.is_(None), VEHICLES.c.due_on <= latest, ~self._answered())
            .subquery()
        )
        return core_select(ranked).where(ranked.c.n == 1).subquery("due")

    def _answered(self) -> ColumnElement[bool]:
        """The owner has a booking for that car still to come, or brought it since it was due."""
        booked = core_select(APPOINTMENTS.c.id).where(
            APPOINTMENTS.c.vehicle_id == VEHICLES.c.id,
            APPOINTMENTS.c.status == BOOKED,
            APPOINTMENTS.c.starts_at >= self.crm.now - timedelta(days=1),
        )
        came = core_select(VISITS.c.id).where(
            and_(
                VISITS.c.vehicle_id == VEHICLES.c.id,
                VISITS.c.status == "completed",
                VISITS.c.visited_on >= VEHICLES.c.due_on,
            )
        )
        return or_(booked.exists(), came.exists())


def _later(row: Any) -> date | None:
    """When the owner was last seen, by a visit or by the car's record."""
    return max(filter(None, (row.last_visit, row.last_service)), default=None)
