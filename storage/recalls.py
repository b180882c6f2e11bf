"""Recalls (召回): whose car has one open, of which they were told and for which it has not been here yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as core_select

from core.recalls import is_open
from storage.columns import Moment
from storage.statements import Prepared
from storage.steps import SEND, STEPS, TASK
from storage.vehicles import TIES
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

JOURNEY = "recall"
_OWN = (TIES.c.owner_id == bindparam("owner"), TIES.c.until.is_(None), TIES.c.role != "provisional")
_TOLD = Prepared(
    core_select(STEPS.c.vehicle_id, func.max(STEPS.c.at, type_=Moment()).label("at"))
    .where(STEPS.c.vehicle_id.in_(core_select(TIES.c.vehicle_id).where(*_OWN)))
    .where(STEPS.c.journey == JOURNEY, (STEPS.c.decision == SEND) | (STEPS.c.decision == TASK))
    .where(STEPS.c.at > bindparam("since", type_=Moment()))
    .group_by(STEPS.c.vehicle_id)
)


class Recalls:
    """Verbs on recalls. A notice is a step of the journey `recall`; it is done when the car has been here after it."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def freezes(self, owner_id: int) -> bool:
        """Whether one of the owner's cars has a recall open, so that they get no marketing."""
        since = self.crm.now - timedelta(days=self.crm.shop.policy.gate.recall_days)
        told = _TOLD.all(self.crm.connection, owner=owner_id, since=since)
        return any(self._is_open(row.vehicle_id, row.at) for row in told)

    def _is_open(self, vehicle_id: int, told_at: datetime) -> bool:
        came = core_select(VISITS.c.visited_on, func.coalesce(VISITS.c.as_of, VISITS.c.created_at).label("at")).where(
            VISITS.c.vehicle_id == vehicle_id,
            VISITS.c.status == COMPLETED,
            VISITS.c.visited_on >= told_at.astimezone(self.crm.shop.zone).date(),
        )
        rows: list[Any] = list(self.crm.connection.execute(came))
        days = self.crm.shop.policy.gate.recall_days
        return is_open(told_at, [(row.visited_on, row.at) for row in rows], self.crm.now, self.crm.shop.zone, days)
