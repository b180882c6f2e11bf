"""Churn alerts: who is about to leave, since when, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.churn import CARDS, Alert, ChurnFacts, Level, churn_alert, occurrence
from storage.churn_audience import audience
from storage.churn_looks import ChurnLooks
from storage.columns import Moment, table_of
from storage.figures_statement import these
from storage.owners import OWNERS, Owner
from storage.statements import Prepared
from storage.tasks import TASKS

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


_BATCH = 500  # names per statement, below SQLite's limit of variables
ALERTS = table_of(ChurnAlert)
_LEVELS = Prepared(core_select(OWNERS.c.id, OWNERS.c.churn_level).where(these(OWNERS.c.id)))
_CARDS = Prepared(
    core_select(TASKS.c.store_id, func.count())
    .where(TASKS.c.kind == "churn_alert", TASKS.c.created_at >= bindparam("since", type_=Moment()))
    .group_by(TASKS.c.store_id)
)
_SET_LEVEL = Prepared(
    update(OWNERS).where(these(OWNERS.c.id)).values(churn_level=bindparam("level", type_=OWNERS.c.churn_level.type))
)


class ChurnAlerts:
    """Verbs on churn alerts."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        self.looks = ChurnLooks(crm)

    def audience(
        self, today: date, *, owner_id: int | None = None, owner_ids: Sequence[int] | None = None
    ) -> list[tuple[Any, ChurnFacts]]:
        """Everybody (or that one, or those) whose facts hold for some rule today, in one statement: ids and facts."""
        wanted = [owner_id] if owner_id is not None else owner_ids
        return audience(self.crm, today, wanted)

    def raised(self, names: Sequence[str]) -> set[str]:
        """Which of these occurrences were raised before."""
        found: set[str] = set()
        for start in range(0, len(names), _BATCH):
            query = core_select(ALERTS.c.occurrence).where(ALERTS.c.occurrence.in_(names[start : start + _BATCH]))
            found.update(self.crm.connection.execute(query).scalars())
        return found

    def raise_alert(self, owner_id: int, vehicle_id: int | None, alert: Alert, occurrence: str) -> int | None:
        """Keep the alert; its number. None when it was raised before."""
        number = self.crm.insert_once(
            ChurnAlert,
            owner_id=owner_id,
            vehicle_id=vehicle_id,
            level=str(alert.level),
            reasons=json.dumps(alert.reasons, ensure_ascii=False),
            occurrence=occurrence,
            raised_at=self.crm.now,
        )
        if number is not None:
            self.crm.record("churn_alert.raised", "churn_alert", number, owner_id=owner_id, detail=str(alert.level))
        return number

    def raise_with_card(self, row: Any, facts: ChurnFacts, alert: Alert) -> int | None:
        """The same for a row of the audience, with a card where the level is worth one: `high` goes to the manager."""
        name = occurrence(row.owner_id, facts, alert)
        raised = self.raise_alert(row.owner_id, row.vehicle_id, alert, name) if alert.level is not Level.NONE else None
        if raised is not None and alert.level in CARDS:
            task_id = self.crm.tasks.open(
                "churn_alert",
                store_id=row.store_id,
                owner_id=row.owner_id,
                vehicle_id=row.vehicle_id,
                level=alert.level,
                facts={"reasons": alert.reasons, "advisor": row.advisor_id},
                occurrence=name,
                to_manager=alert.level is Level.HIGH,
            )
            self.crm.update(ChurnAlert, raised, {"task_id": task_id})
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

    def levels_now(self, levels: Mapping[int, Level]) -> None:
        """Keep today's level on each of these owners; their stage follows."""
        self.crm.session.flush()
        before = {row.id: row.churn_level for row in _LEVELS.all(self.crm.connection, ids=json.dumps(list(levels)))}
        by_level: dict[str, list[int]] = defaultdict(list)
        for owner_id, level in sorted(levels.items()):
            if before.get(owner_id, level) != level:
                by_level[str(level)].append(owner_id)
        for word, ids in by_level.items():
            _SET_LEVEL.run(self.crm.connection, level=word, ids=json.dumps(ids))
        if by_level:
            self.crm.session.expire_all()
            self.crm.figures.levels_changed([number for ids in by_level.values() for number in ids])

    def cards_on(self, since: datetime) -> dict[int | None, int]:
        """How many alerts became cards since then, per store."""
        rows = _CARDS.all(self.crm.connection, since=since)
        return {row[0]: row[1] for row in rows}
