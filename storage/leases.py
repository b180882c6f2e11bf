"""Leases: who has had a task, from when to when, and how it ended. Taking a card is a lease, not for ever."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, bindparam, text, update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

FINISHED, GIVEN_BACK, LAPSED, HANDED_OVER, OVER = "done", "given_back", "lapsed", "handed_over", "over"


class Lease(SQLModel, table=True):
    """One member of staff with one task. `ended_as`: done, given_back, lapsed, handed_over or over (by itself)."""

    __table_args__ = (
        Index(
            "ix_lease_running",
            "task_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    taken_at: datetime = Field(sa_type=Moment, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_as: str = Field(default="", max_length=12)


LEASES = table_of(Lease)
_END = Prepared(
    update(LEASES)
    .where(LEASES.c.task_id == bindparam("task"), LEASES.c.ended_at.is_(None))
    .values(ended_at=bindparam("moment", type_=Moment()), ended_as=bindparam("how"))
)


class Leases:
    """Verbs on leases. The database lets a task have one that runs."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def begin(self, task_id: int, staff_id: int) -> None:
        self.crm.insert(Lease, task_id=task_id, staff_id=staff_id, taken_at=self.crm.now)

    def end(self, task_id: int, how: str) -> None:
        """Nothing when nobody has it."""
        _END.run(self.crm.connection, task=task_id, moment=self.crm.now, how=how)

    def of_task(self, task_id: int) -> list[Lease]:
        """Oldest first."""
        return list(self.crm.session.exec(select(Lease).where(Lease.task_id == task_id).order_by(col(Lease.id))))

    def last_of(self, task_id: int) -> int | None:
        """Who had it last."""
        query = select(Lease.staff_id).where(Lease.task_id == task_id).order_by(col(Lease.id).desc()).limit(1)
        return self.crm.session.exec(query).first()
