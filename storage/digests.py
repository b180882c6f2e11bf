"""Digests: which group was told about which morning, once, and the figures of which a digest tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Label, Table, UniqueConstraint, and_, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from storage.appointments import APPOINTMENTS, ARRIVED, BOOKED
from storage.columns import Moment, table_of
from storage.owners import OWNERS
from storage.task_rows import DONE, TASKS, UNFINISHED
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm


class Digest(SQLModel, table=True):
    """One morning's message in one place. A place is told once a day, also when there was nothing to tell."""

    __table_args__ = (UniqueConstraint("day", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date
    place: str = Field(max_length=48)
    at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, slots=True)
class Morning:
    """What is on in a store today, and what came of yesterday. `watch`: owners on watch who have no card."""

    appointments: int
    watch: int
    watched: tuple[int, ...]
    open: int
    overdue: int
    done: int
    visits: int

    @property
    def is_empty(self) -> bool:
        return not any((self.appointments, self.watch, self.open, self.done, self.visits))


DIGESTS = table_of(Digest)


class Digests:
    """Verbs on digests."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def told(self, day: date) -> set[str]:
        """The places that had theirs."""
        return set(self.crm.connection.execute(core_select(DIGESTS.c.place).where(DIGESTS.c.day == day)).scalars())

    def claim(self, day: date, place: str) -> bool:
        return self.crm.insert_once(Digest, day=day, place=place, at=self.crm.now) is not None

    def morning(self, store_id: int, today: tuple[datetime, datetime], yesterday: datetime, shown: int) -> Morning:
        """today: its begin and end; yesterday: its begin."""
        tasks, begins = TASKS.c.store_id == store_id, today[0]
        still = and_(tasks, TASKS.c.status.in_(UNFINISHED))
        late = or_(TASKS.c.escalated_at.is_not(None), TASKS.c.unanswered > 0)
        watching = and_(OWNERS.c.store_id == store_id, OWNERS.c.churn_level == "watch", OWNERS.c.status == "active")
        booked = and_(APPOINTMENTS.c.store_id == store_id, APPOINTMENTS.c.status.in_((BOOKED, ARRIVED)))
        on_today = and_(booked, APPOINTMENTS.c.starts_at >= begins, APPOINTMENTS.c.starts_at < today[1])
        finished = and_(tasks, TASKS.c.status == DONE, TASKS.c.changed_at >= yesterday, TASKS.c.changed_at < begins)
        day_before = yesterday.astimezone(self.crm.shop.zone).date()
        came = and_(VISITS.c.store_id == store_id, VISITS.c.visited_on == day_before, VISITS.c.status == COMPLETED)
        counts = core_select(
            _count(APPOINTMENTS, on_today, "appointments"),
            _count(OWNERS, watching, "watch"),
            _count(TASKS, still, "open"),
            _count(TASKS, and_(still, late), "overdue"),
            _count(TASKS, finished, "done"),
            _count(VISITS, came, "visits"),
        )
        row = self.crm.connection.execute(counts).one()
        watched = tuple(self._first(watching, shown)) if row.watch else ()
        return Morning(**row._mapping, watched=watched)

    def _first(self, watching: ColumnElement[bool], shown: int) -> Sequence[int]:
        """Those who were here longest ago come first."""
        last = (
            core_select(func.max(VISITS.c.visited_on))
            .where(VISITS.c.owner_id == OWNERS.c.id, VISITS.c.status == COMPLETED)
            .scalar_subquery()
        )
        query = core_select(OWNERS.c.id).where(watching).order_by(last.asc().nulls_last(), OWNERS.c.id).limit(shown)
        return self.crm.connection.execute(query).scalars().all()


def _count(table: Table, which: ColumnElement[bool], name: str) -> Label[int]:
    return core_select(func.count(table.c.id)).where(which).scalar_subquery().label(name)
