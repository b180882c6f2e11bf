"""Approvals: what an advisor would like to give an owner above their level, and what a manager said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from core.approvals import Wish
from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
CARD = "approval"


class Approval(SQLModel, table=True):
    """One wish. `percent_off`: 20 for 8折; `status`: asked, approved or refused; within one's level it is approved."""

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    store_id: int | None = Field(default=None, foreign_key="store.id")
    percent_off: int = 0
    amount_fen: int = 0
    gift: str = Field(default="", max_length=64)
    why: str = Field(default="", max_length=200)
    status: str = Field(default=ASKED, max_length=8)
    decided_by: int | None = Field(default=None, foreign_key="staff.id")
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def wish(self) -> Wish:
        return Wish(self.percent_off, self.amount_fen, self.gift)


APPROVALS = table_of(Approval)


class Approvals:
    """Verbs on approvals."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def ask(self, new: Approval, *, to_boss: bool) -> Approval:
        """A card for who decides."""
        one = self.crm.add(new)
        one.task_id = self.crm.tasks.open(
            CARD,
            store_id=one.store_id,
            owner_id=one.owner_id,
            vehicle_id=one.vehicle_id,
            facts={"approval": one.key},
            occurrence=f"approval:{one.key}",
            to_manager=not to_boss,
            to_boss=to_boss,
        )
        self.crm.session.flush()
        self.crm.record("approval.asked", "approval", one.key, owner_id=one.owner_id)
        return one

    def give(self, new: Approval) -> Approval:
        """Within one's own level: nobody is asked, and it is kept all the same."""
        new.status, new.decided_by, new.decided_at = APPROVED, new.staff_id, self.crm.now
        one = self.crm.add(new)
        self.crm.record("approval.approved", "approval", one.key, owner_id=one.owner_id)
        return one

    def get(self, number: int) -> Approval:
        return self.crm.session.get_one(Approval, number)

    def of_task(self, task_id: int) -> Approval | None:
        return self.crm.session.exec(select(Approval).where(Approval.task_id == task_id)).first()

    def of_owner(self, owner_id: int) -> list[Approval]:
        """Newest first."""
        query = select(Approval).where(Approval.owner_id == owner_id).order_by(col(Approval.id).desc())
        return list(self.crm.session.exec(query))

    def decide(self, one: Approval, staff_id: int, status: str) -> bool:
        """Yes or no, once: of two at once one decides."""
        statement = update(APPROVALS).where(APPROVALS.c.id == one.key, APPROVALS.c.status == ASKED)
        values = {"status": status, "decided_by": staff_id, "decided_at": self.crm.now}
        decided = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(one)
        if decided:
            self.crm.record(f"approval.{status}", "approval", one.key, owner_id=one.owner_id)
        return decided
