"""Appointments: what can be booked, and what is. The database decides who gets a time: a claim is a unique row per bay
or technician and grid cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select

from core.hours import GRID
from storage.appointment_changes import AppointmentChanges
from storage.appointment_rows import (
    APPOINTMENTS,
    ARRIVED,
    BOOKED,
    CANCELLED,
    DONE,
    EXPIRED,
    HELD,
    LISTED,
    NO_SHOW,
    Appointment,
    Held,
    Slot,
)
from storage.service_items import ServiceItem
from storage.statements import Prepared
from storage.stores import Store

__all__ = [
    "APPOINTMENTS", "ARRIVED", "BOOKED", "CANCELLED", "DONE", "EXPIRED", "HELD", "LISTED", "NO_SHOW",
    "Appointment", "Appointments", "Held", "Slot",
]  # fmt: skip
# Written out, not bound: SQLite uses a partial index only where it reads the very words of its condition.
_BOOKED: Any = literal_column("'booked'")
_BEGUN = Prepared(
    core_select(APPOINTMENTS.c.id, APPOINTMENTS.c.asked_at, APPOINTMENTS.c.store_id, APPOINTMENTS.c.starts_at)
    .where(APPOINTMENTS.c.status == _BOOKED)
    .where(APPOINTMENTS.c.starts_at >= bindparam("since"), APPOINTMENTS.c.starts_at <= bindparam("until"))
    .order_by(APPOINTMENTS.c.starts_at)
)


class Appointments(AppointmentChanges):
    """Every verb on appointments."""

    def get(self, appointment_id: int) -> Appointment:
        return self.crm.session.get_one(Appointment, appointment_id)

    def find(self, appointment_id: int) -> Appointment | None:
        """The same, where it may be gone: a hold that was given back."""
        return self.crm.session.get(Appointment, appointment_id)

    def of_owner(self, owner_id: int) -> list[Appointment]:
        query = select(Appointment).where(Appointment.owner_id == owner_id, col(Appointment.status).in_(LISTED))
        return list(self.crm.session.exec(query.order_by(col(Appointment.starts_at).desc())))

    def coming(self, owner_id: int, *, of_cars: bool = False) -> list[Appointment]:
        """Booked and not yet begun, soonest first; `of_cars`: also what others have booked for the owner's cars."""
        mine = col(Appointment.owner_id) == owner_id
        if of_cars:
            mine = or_(mine, col(Appointment.vehicle_id).in_(self.crm.vehicles.tied_to(owner_id)))
        query = select(Appointment).where(mine, Appointment.status == BOOKED, col(Appointment.starts_at) > self.crm.now)
        return list(self.crm.session.exec(query.order_by(col(Appointment.starts_at))))

    def slots(self, store: Store, service: ServiceItem, day: date, *, own: Sequence[int] = ()) -> list[Slot]:
        """Every time of the day at which the work could start, from now on.

        own: up to two appointments that do not count: a hold that may be exchanged, a booking that may move.
        """
        bays = self.crm.stores.bay_numbers(store.key, service.bay_type)
        crew = [member.key for member in self.crm.staff.technicians(store.key, service.skill)]
        has_roster = bool(self.crm.staff.technicians(store.key))
        duration = service.duration
        grid = self.crm.stores.grid(store, duration, day)
        if not bays or not grid or (has_roster and not crew):
            return []
        span = (grid[0][1][0], grid[-1][1][-1] + GRID)
        busy_bays = self.crm.claims.busy_bays(store.key, bays, span, own)
        busy_crew = self.crm.claims.busy_technicians(store.key, crew, span, own) if crew else {}
        capacity = min(len(bays), len(crew)) if has_roster else len(bays)
        slots = []
        for start, wanted in grid:
            if start < self.crm.now:
                continue
            free = len(bays) - _busy_in(busy_bays, wanted)
            if has_roster:
                free = min(free, len(crew) - _busy_in(busy_crew, wanted))
            slots.append(Slot(starts_at=start, ends_at=start + duration, capacity=capacity, free=free))
        return slots

    def free_starts(
        self, store: Store, service: ServiceItem, day: date, *, instead_of: int | None = None
    ) -> list[datetime]:
        """When the work could start; `instead_of`: the booking that would move there."""
        own = (instead_of,) if instead_of else ()
        now_at = self.get(instead_of).starts_at if instead_of else None
        return [
            slot.starts_at
            for slot in self.slots(store, service, day, own=own)
            if slot.free and slot.starts_at != now_at
        ]

    def begun(self, since: datetime, until: datetime) -> list[Any]:
        """Booked work that should have started in that span, of which nobody said that it did."""
        return _BEGUN.all(self.crm.connection, since=since, until=until)

    def to_remind(self) -> list[Appointment]:
        """Booked work of which the owner is to be reminded by now."""
        query = select(Appointment).where(col(Appointment.remind_at) <= self.crm.now, Appointment.status == BOOKED)
        return list(self.crm.session.exec(query.order_by(col(Appointment.remind_at))))

    def starting(self, since: datetime, until: datetime) -> list[Appointment]:
        """Booked work that starts in that span."""
        query = select(Appointment).where(
            Appointment.status == BOOKED, col(Appointment.starts_at) >= since, col(Appointment.starts_at) < until
        )
        return list(self.crm.session.exec(query.order_by(col(Appointment.starts_at))))

    def ran_out(self, since: datetime, until: datetime) -> int:
        """How many holds nobody confirmed ended in that span."""
        query = select(Appointment.id).where(
            col(Appointment.status).in_((HELD, EXPIRED)),
            col(Appointment.held_until) >= since,
            col(Appointment.held_until) < until,
        )
        return len(self.crm.session.exec(query).all())

    def next_moment(self) -> datetime | None:
        """When the next booked work starts or the next hold runs out."""
        starts = select(Appointment.starts_at).where(
            Appointment.status == BOOKED, col(Appointment.starts_at) > self.crm.now
        )
        runs_out = select(Appointment.held_until).where(
            Appointment.status == HELD, col(Appointment.held_until) > self.crm.now
        )
        first = self.crm.session.exec(starts.order_by(col(Appointment.starts_at)).limit(1)).first()
        hold = self.crm.session.exec(runs_out.order_by(col(Appointment.held_until)).limit(1)).first()
        return min(filter(None, (first, hold)), default=None)


def _busy_in(busy: dict[datetime, set[int]], wanted: Sequence[datetime]) -> int:
    """How many are claimed in one of those cells at least."""
    return len(set().union(*(busy[cell] for cell in wanted if cell in busy))) if busy else 0
