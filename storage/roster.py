"""The roster: who is there today, who is on leave and who stands in for them, whom a card is offered to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.desk import Colleague, next_in_roster
from storage.columns import Moment, table_of
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.task_rows import TASKS, UNFINISHED

if TYPE_CHECKING:
    from storage.crm import Crm

TURNED, OVERLAPS, NO_BACKUP, TOO_LONG = "turned", "overlaps", "no_backup", "too_long"
LONGEST_LEAVE = 366  # days


class Leave(SQLModel, table=True):
    """One member of staff is away on those days, both included; two leaves of one person never overlap.

    `backup_id`: who gets their cards; nobody: the group. `handed_at`: when the cards were handed over.
    """

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    from_on: date
    to_on: date
    backup_id: int | None = Field(default=None, foreign_key="staff.id")
    handed_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


class LeaveRefused(Exception):
    """It cannot be; `why`: turned (ends before it begins), too_long, overlaps (`other`), no_backup."""

    def __init__(self, why: str, other: Leave | None = None) -> None:
        super().__init__(why)
        self.why, self.other = why, other


LEAVES = table_of(Leave)
_HOLDER = func.coalesce(TASKS.c.taken_by, TASKS.c.offered_to)
_LOADS = Prepared(
    core_select(_HOLDER.label("staff_id"), func.count().label("cards"))
    .where(TASKS.c.store_id == bindparam("store"), or_(*(TASKS.c.status == status for status in UNFINISHED)))
    .group_by(_HOLDER)
)
_OWN_ADVISOR = Prepared(core_select(OWNERS.c.advisor_id).where(OWNERS.c.id == bindparam("owner")))


class Roster:
    """Verbs on the roster."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    @property
    def today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()

    def next_for(
        self, kind: str, store_id: int | None, owner_id: int | None = None, not_again: int | None = None
    ) -> int | None:
        """Whom a card of that kind is offered to now; nothing is asked where the store has no advisors."""
        advisors = self.crm.premises.advisors.get(store_id or 0, ())
        if not advisors:
            return None
        run = self.crm.connection
        loads = {row.staff_id: row.cards for row in _LOADS.all(run, store=store_id)}
        own = _OWN_ADVISOR.value(run, owner=owner_id) if owner_id else None
        roster = [
            Colleague(one.key, loads.get(one.key, 0), frozenset(one.skills.split(",")), self.is_away(one.key))
            for one in advisors
        ]
        skill = self.crm.shop.policy.desk.skills.get(kind, "")
        return next_in_roster(roster, own=own, skill=skill, not_again=not_again)

    def is_away(self, staff_id: int, day: date | None = None) -> bool:
        return any(one.staff_id == staff_id and one.covers(day or self.today) for one in self.crm.premises.leaves)

    def is_there(self, staff_id: int) -> bool:
        """At work here, and not on leave today."""
        return any(one.key == staff_id for one in self.crm.staff.all()) and not self.is_away(staff_id)

    def leaves_of(self, staff_id: int) -> list[Leave]:
        """Those that are not over, soonest first."""
        query = select(Leave).where(Leave.staff_id == staff_id, col(Leave.to_on) >= self.today)
        return list(self.crm.session.exec(query.order_by(col(Leave.from_on))))

    def go_on_leave(self, staff_id: int, from_on: date, to_on: date, backup_id: int | None = None) -> Leave:
        """From that day to that day. Raises LeaveRefused."""
        if to_on < from_on or to_on < self.today:
            raise LeaveRefused(TURNED)
        if (to_on - from_on).days >= LONGEST_LEAVE:
            raise LeaveRefused(TOO_LONG)
        self._one_at_a_time(staff_id)
        other = next((one for one in self.leaves_of(staff_id) if one.from_on <= to_on and from_on <= one.to_on), None)
        if other is not None:
            raise LeaveRefused(OVERLAPS, other)
        if backup_id is not None and not self._can_stand_in(backup_id, staff_id, from_on, to_on):
            raise LeaveRefused(NO_BACKUP)
        leave = Leave(staff_id=staff_id, from_on=from_on, to_on=to_on, backup_id=backup_id, created_at=self.crm.now)
        self.crm.session.add(leave)
        self.crm.session.flush()
        self.crm.record("leave.taken", "leave", leave.key, detail=self.crm.staff.get(staff_id).name)
        return leave

    def come_back(self, staff_id: int) -> int:
        """There again from today on; leaves still to come are dropped. Returns how many were changed."""
        leaves = self.leaves_of(staff_id)
        for leave in leaves:
            if leave.from_on < self.today:
                leave.to_on = self.today - timedelta(days=1)
            else:
                self.crm.session.delete(leave)
            self.crm.record("leave.ended", "leave", leave.key, detail=self.crm.staff.get(staff_id).name)
        self.crm.session.flush()
        return len(leaves)

    def begun(self) -> list[Leave]:
        """Leaves that run today and whose cards are not handed over yet: from memory, no statement."""
        return [one for one in self.crm.premises.leaves if one.handed_at is None and one.covers(self.today)]

    def hand_cards_over(self, leave: Leave) -> bool:
        """Give the cards to who stands in, else back to the group, once. False: that was done before."""
        from storage.premises import changed

        mine = update(LEAVES).where(LEAVES.c.id == leave.key, LEAVES.c.handed_at.is_(None))
        if self.crm.connection.execute(mine.values(handed_at=self.crm.now)).rowcount != 1:
            return False
        changed(self.crm)
        if leave.backup_id and self.is_there(leave.backup_id):
            self.crm.tasks.hand_over(leave.staff_id, leave.backup_id)
        else:
            back = datetime.combine(leave.to_on + timedelta(days=1), time(), self.crm.shop.zone)
            self.crm.tasks.return_all(leave.staff_id, before=back)
        self.crm.record("leave.begun", "leave", leave.key, detail=self.crm.staff.get(leave.staff_id).name)
        return True

    def _can_stand_in(self, backup_id: int, staff_id: int, from_on: date, to_on: date) -> bool:
        there = any(one.key == backup_id for one in self.crm.staff.all())
        away = any(one.from_on <= to_on and from_on <= one.to_on for one in self.leaves_of(backup_id))
        return there and backup_id != staff_id and not away

    def _one_at_a_time(self, staff_id: int) -> None:
        """Two leaves of one person wait for each other by their row, so that the second sees the first."""
        if not self.crm.is_sqlite:
            from storage.staff import Staff

            staff = table_of(Staff)
            self.crm.connection.execute(core_select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
