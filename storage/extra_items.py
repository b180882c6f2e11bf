"""Extra items (增项): work found during a visit, done only after the owner's yes, which is kept with its evidence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Index, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

ASKED, AGREED, DECLINED, CALL, EXPIRED, REPLACED = "asked", "agreed", "declined", "call", "expired", "replaced"
OPEN = (ASKED, CALL)  # the owner's yes or no still counts
CARD = "extra_item"  # the kind of its task


class ExtraItem(SQLModel, table=True):
    """One piece of work at one price, as it was put to the owner; another price is another row.

    `status`: asked → agreed, declined or call (wants to be called first, and may still say yes or no) → … ; expired
    at closing time is a no; replaced by a newer price. `evidence`: "message:17", the owner's own words or tap.
    """

    __tablename__ = "extra_item"
    __table_args__ = (Index("ix_extra_item_status_expires_at", "status", "expires_at"),)

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int = Field(foreign_key="vehicle.id", index=True)
    plate: str = Field(default="", max_length=16)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    proposed_by: int = Field(foreign_key="staff.id")
    task_id: int | None = Field(default=None, foreign_key="task.id")
    name: str = Field(max_length=64)
    amount_fen: int
    minutes: int | None = None
    status: str = Field(default=ASKED, max_length=8)
    wording: str = Field(max_length=24)
    evidence: str = Field(default="", max_length=32)
    asked_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


EXTRA_ITEMS = table_of(ExtraItem)
_ANY_ASKED = Prepared(
    core_select(EXTRA_ITEMS.c.id)
    .where(EXTRA_ITEMS.c.owner_id == bindparam("owner"))
    .where(or_(*(EXTRA_ITEMS.c.status == status for status in OPEN)))
    .limit(1)
)


class ExtraItems:
    """Verbs on extra items."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, item_id: int) -> ExtraItem:
        return self.crm.session.get_one(ExtraItem, item_id)

    def find(self, item_id: int) -> ExtraItem | None:
        return self.crm.session.get(ExtraItem, item_id)

    def of_task(self, task_id: int) -> ExtraItem | None:
        return self.crm.session.exec(select(ExtraItem).where(ExtraItem.task_id == task_id)).first()

    def propose(self, item: ExtraItem) -> ExtraItem:
        """Ask for it; an unanswered question about the same work on the same car is replaced."""
        for old in self.unanswered(item.owner_id):
            if (old.vehicle_id, old.name) == (item.vehicle_id, item.name):
                self._close(old, REPLACED)
        new = self.crm.add(item)
        self.crm.record("extra_item.asked", "extra_item", new.key, owner_id=new.owner_id, detail=new.name)
        new.task_id = self.crm.tasks.open(CARD, store_id=new.store_id, owner_id=new.owner_id, vehicle_id=new.vehicle_id)
        self.crm.session.flush()
        return new

    def any_asked(self, owner_id: int) -> bool:
        """Whether something may wait for this owner: looked at in every turn that could answer it."""
        return _ANY_ASKED.first(self.crm.connection, owner=owner_id) is not None

    def unanswered(self, owner_id: int) -> list[ExtraItem]:
        """What waits for this owner's yes or no, oldest first."""
        query = select(ExtraItem).where(ExtraItem.owner_id == owner_id, col(ExtraItem.status).in_(OPEN))
        return list(self.crm.session.exec(query.where(ExtraItem.expires_at > self.crm.now).order_by(col(ExtraItem.id))))

    def agreed_fen(self, vehicle_id: int, since: datetime) -> int:
        """What the owner has agreed to for this car since then, in fen."""
        query = select(ExtraItem.amount_fen).where(ExtraItem.vehicle_id == vehicle_id, ExtraItem.status == AGREED)
        return sum(self.crm.session.exec(query.where(ExtraItem.asked_at >= since)))

    def answer(self, item: ExtraItem, answer: str) -> bool:
        """Keep the owner's agreed, declined or call. False: it was answered, replaced or is too late."""
        if not self._close(item, answer, EXTRA_ITEMS.c.expires_at > self.crm.now, allowed=_before(answer)):
            return False
        self.crm.record(f"extra_item.{answer}", "extra_item", item.key, owner_id=item.owner_id, detail=item.name)
        return True

    def expire(self) -> list[ExtraItem]:
        """No answer by closing time is a no."""
        due = select(ExtraItem).where(col(ExtraItem.status).in_(OPEN), ExtraItem.expires_at <= self.crm.now)
        late = [item for item in self.crm.session.exec(due) if self._close(item, EXPIRED)]
        for item in late:
            self.crm.record("extra_item.expired", "extra_item", item.key, owner_id=item.owner_id, detail=item.name)
        return late

    def _close(self, item: ExtraItem, status: str, *also: ColumnElement[bool], allowed: tuple[str, ...] = OPEN) -> bool:
        """One conditional UPDATE, then the card: of two answers at once exactly one counts."""
        statement = EXTRA_ITEMS.update().where(EXTRA_ITEMS.c.id == item.key, EXTRA_ITEMS.c.status.in_(allowed), *also)
        values = {"status": status, "answered_at": self.crm.now, "evidence": f"message:{self.crm.message_id}"}
        if status in (EXPIRED, REPLACED):
            values = {"status": status}
        changed = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(item)
        if changed and item.task_id:
            self._show(item, status)
        return changed

    def _show(self, item: ExtraItem, status: str) -> None:
        task = self.crm.tasks.get(item.task_id or 0)
        if status == CALL:
            self.crm.tasks.touch(task)
        else:
            self.crm.tasks.close(task, status)


def _before(answer: str) -> tuple[str, ...]:
    return (ASKED,) if answer == CALL else OPEN
