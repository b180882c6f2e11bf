"""Appointments. The database decides who gets a time: a claim is a unique row per bay or technician and grid cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, literal_column, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from core.errors import Refused, SlotTaken
from core.hours import GRID
from core.reminders import next_reminder
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
from storage.statements import Prepared, defaults_of
from storage.stores import Store

if TYPE_CHECKING:
    from storage.crm import Crm

__all__ = [
    "APPOINTMENTS", "ARRIVED", "BOOKED", "CANCELLED", "DONE", "EXPIRED", "HELD", "LISTED", "NO_SHOW",
    "Appointment", "Appointments", "Held", "Slot",
]  # fmt: skip
_COLUMNS = [column.name for column in fields(Held) if column.name != "key"]
_HELD = Prepared(
    core_select(APPOINTMENTS.c.id, *(APPOINTMENTS.c[name] for name in _COLUMNS)).where(
        APPOINTMENTS.c.id == bindparam("number")
    )
)
# Written out, not bound: SQLite uses a partial index only where it reads the very words of its condition.
_BOOKED: Any = literal_column("'booked'")
_BEGUN = Prepared(
    core_select(APPOINTMENTS.c.id, APPOINTMENTS.c.asked_at, APPOINTMENTS.c.store_id, APPOINTMENTS.c.starts_at)
    .where(APPOINTMENTS.c.status == _BOOKED)
    .where(APPOINTMENTS.c.starts_at >= bindparam("since"), APPOINTMENTS.c.starts_at <= bindparam("until"))
    .order_by(APPOINTMENTS.c.starts_at)
)
_DELETE = Prepared(delete(APPOINTMENTS).where(APPOINTMENTS.c.id == bindparam("number")))


class Appointments:
    """Verbs on appointments."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, appointment_id: int) -> Appointment:
        return self.crm.session.get_one(Appointment, appointment_id)

    def find(self, appointment_id: int) -> Appointment | None:
        """The same, where it may be gone: a hold that was given back."""
        return self.crm.session.get(Appointment, appointment_id)

    def held(self, appointment_id: int) -> Held:
        return Held(*_HELD.first(self.crm.connection, number=appointment_id))

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

    def slots(self, store: Store, service: ServiceItem, day: date, *, own: int | None = None) -> list[Slot]:
        """Every time of the day at which the work could start, from now on. `own` is a hold that does not count."""
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

    def free_starts(self, store: Store, service: ServiceItem, day: date) -> list[datetime]:
        return [slot.starts_at for slot in self.slots(store, service, day) if slot.free]

    def hold(
        self,
        owner_id: int,
        store: Store,
        service: ServiceItem,
        starts_at: datetime,
        *,
        channel: str,
        conversation_id: int | None,
        life: timedelta | None = None,
    ) -> Held:
        """Keep a time for the owner, for `life` or as long as the policy says.

        Raises SlotTaken when nobody can serve it any more.
        """
        self._check_start(store, service, starts_at)
        facts = defaults_of(Appointment) | {
            "owner_id": owner_id,
            "store_id": store.key,
            "service_id": service.key,
            "bay_id": self.crm.stores.bay_numbers(store.key, service.bay_type)[0],
            "starts_at": starts_at,
            "ends_at": starts_at + service.duration,
            "held_until": self.crm.now + (life or self.crm.shop.policy.hold),
            "price_fen": service.price_fen,
        }
        number = self.crm.insert(
            Appointment,
            **facts | {"channel": channel, "conversation_id": conversation_id, "created_at": self.crm.now},
        )
        held = Held(number, *(facts[name] for name in _COLUMNS))
        try:
            self._tell(held, self.crm.claims.take(held, store, service))
        except SlotTaken:
            self._delete(number)
            raise
        return held

    def confirm(self, appointment: Held, *, vehicle_id: int | None, plate: str, advisor_id: int | None) -> Held:
        """Turn a hold into a booking. Raises SlotTaken when the hold ran out and somebody else has the time."""
        if appointment.status not in (HELD, EXPIRED):
            return appointment
        told = {
            "vehicle_id": vehicle_id,
            "plate": plate,
            "advisor_id": advisor_id,
            "status": BOOKED,
            "held_until": None,
            "remind_at": self._next_reminder(appointment.starts_at),
        }
        if not self._firm(appointment, told):
            self._claim_again(appointment)
            self._tell(appointment, told)
        for name, value in told.items():
            setattr(appointment, name, value)
        self.crm.record(
            "appointment.booked", "appointment", appointment.key, owner_id=appointment.owner_id, detail=plate
        )
        return appointment

    def release(self, appointment_id: int) -> None:
        """Give a held time back. A booking is not touched."""
        row = _HELD.first(self.crm.connection, number=appointment_id)
        if row and row.status in (HELD, EXPIRED):
            self._delete(appointment_id)

    def give_to(self, appointment: Held, owner_id: int) -> None:
        """It is that owner's."""
        self._tell(appointment, {"owner_id": owner_id})

    def cancel(self, appointment: Appointment | Held) -> bool:
        """Cancel a booking and free its time. False when it was not booked any more."""
        if not self._turn_into(appointment, CANCELLED):
            return False
        self.crm.claims.drop(appointment.key)
        self._record("cancelled", appointment)
        return True

    def move(self, appointment: Appointment, held: Held) -> bool:
        """The booking takes the held time and gives its own back; it stays one booking with one history.

        False when it is not booked any more; raises SlotTaken when the hold ran out and somebody else has the time.
        """
        if not self._firm(held, {"status": BOOKED, "held_until": None}):
            self._claim_again(held)
        before = appointment.starts_at
        moved = {"starts_at", "ends_at", "bay_id", "technician_id", "price_fen"}
        facts = {name: getattr(held, name) for name in moved} | {"asked_at": None}
        facts["remind_at"] = self._next_reminder(held.starts_at)
        if not self._turn_into(appointment, BOOKED, **facts):
            self._delete(held.key)
            return False
        self.crm.claims.drop(appointment.key)
        self.crm.claims.pass_on(held.key, appointment.key)
        _DELETE.run(self.crm.connection, number=held.key)
        old, new = (moment.astimezone(self.crm.shop.zone) for moment in (before, appointment.starts_at))
        told = f"{appointment.plate} {old:%m-%d %H:%M} → {new:%m-%d %H:%M}"
        self._record("moved", appointment, told)
        return True

    def arrived(self, appointment: Appointment) -> bool:
        """The car is here. False when that, or the contrary, is known already."""
        if not self._turn_into(appointment, ARRIVED):
            return False
        self._record("arrived", appointment)
        return True

    def no_show(self, appointment: Appointment) -> bool:
        """It did not come: what is left of its time is free. False when something else is known already."""
        if not self._turn_into(appointment, NO_SHOW):
            return False
        self.crm.claims.drop(appointment.key)
        self._record("no_show", appointment)
        return True

    def begun(self, since: datetime, until: datetime) -> list[Any]:
        """Booked work that should have started in that span, of which nobody said that it did."""
        return _BEGUN.all(self.crm.connection, since=since, until=until)

    def to_remind(self) -> list[Appointment]:
        """Booked work of which the owner is to be reminded by now."""
        query = select(Appointment).where(col(Appointment.remind_at) <= self.crm.now, Appointment.status == BOOKED)
        return list(self.crm.session.exec(query.order_by(col(Appointment.remind_at))))

    def reminded(self, appointment: Appointment) -> None:
        """On to the next reminder, if there is one."""
        self._tell(appointment, {"remind_at": self._next_reminder(appointment.starts_at)})

    def ask_about(self, appointment: Appointment) -> bool:
        """The staff are asked now. False: they were asked before."""
        statement = update(APPOINTMENTS).where(
            APPOINTMENTS.c.id == appointment.key, APPOINTMENTS.c.status == BOOKED, APPOINTMENTS.c.asked_at.is_(None)
        )
        asked = self.crm.connection.execute(statement.values(asked_at=self.crm.now)).rowcount == 1
        self.crm.session.refresh(appointment)
        return asked

    def came(
        self, vehicle_id: int | None, plate: str, span: tuple[datetime, datetime], status: str
    ) -> list[Appointment]:
        """What was booked for that car in that span has arrived, or is done; the appointments that changed."""
        before = (BOOKED,) if status == ARRIVED else (BOOKED, ARRIVED)
        car = or_(
            APPOINTMENTS.c.vehicle_id == vehicle_id, and_(APPOINTMENTS.c.plate == plate, APPOINTMENTS.c.plate != "")
        )
        statement = update(APPOINTMENTS).where(
            car,
            APPOINTMENTS.c.status.in_(before),
            APPOINTMENTS.c.starts_at >= span[0],
            APPOINTMENTS.c.starts_at < span[1],
        )
        changed = self.crm.connection.execute(statement.values(status=status).returning(APPOINTMENTS.c.id)).scalars()
        found = [self.get(number) for number in changed]
        for one in found:
            self.crm.session.refresh(one)
            self.crm.record(f"appointment.{status}", "appointment", one.key, owner_id=one.owner_id, detail=one.plate)
        return found

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

    def _check_start(self, store: Store, service: ServiceItem, starts_at: datetime) -> None:
        day = starts_at.astimezone(self.crm.shop.zone).date()
        if starts_at < self.crm.now or starts_at > self.crm.now + self.crm.shop.policy.book_ahead:
            raise Refused("a time from now on, within the days that can be booked ahead")
        if all(start != starts_at for start, _ in self.crm.stores.grid(store, service.duration, day)):
            raise Refused("a time on the grid, within opening hours")
        if not self.crm.stores.bay_numbers(store.key, service.bay_type):
            raise SlotTaken

    def _next_reminder(self, starts_at: datetime) -> datetime | None:
        policy = self.crm.shop.policy
        at = policy.journey("appointment_reminder").at
        return next_reminder(starts_at, self.crm.now, self.crm.shop.zone, at, policy.quiet_service)

    def _tell(self, appointment: Appointment | Held, told: dict[str, Any]) -> None:
        """Write what has changed, and nothing when nothing has."""
        new = {name: value for name, value in told.items() if getattr(appointment, name) != value}
        self.crm.update(Appointment, appointment.key, new)
        for name, value in new.items():
            if isinstance(appointment, Held):
                setattr(appointment, name, value)
            else:
                set_committed_value(appointment, name, value)

    def _turn_into(self, appointment: Appointment | Held, status: str, **values: Any) -> bool:
        """A booking becomes that, in one statement: of two who say different things the first is right."""
        statement = update(APPOINTMENTS).where(APPOINTMENTS.c.id == appointment.key, APPOINTMENTS.c.status == BOOKED)
        changed = self.crm.connection.execute(statement.values(status=status, **values)).rowcount == 1
        if isinstance(appointment, Appointment):
            self.crm.session.refresh(appointment)
        elif changed:
            appointment.status = status
        return changed

    def _record(self, verb: str, appointment: Appointment | Held, detail: str = "") -> None:
        told, owner = detail or appointment.plate, appointment.owner_id
        self.crm.record(f"appointment.{verb}", "appointment", appointment.key, owner_id=owner, detail=told)

    def _delete(self, appointment_id: int) -> None:
        self.crm.claims.drop(appointment_id)
        _DELETE.run(self.crm.connection, number=appointment_id)

    def _firm(self, appointment: Held, told: dict[str, Any]) -> bool:
        """Make a hold that has not run out a booking, in one statement, so that nobody can expire it in between."""
        facts = {f"new_{name}": told.get(name, getattr(appointment, name)) for name in _FIRMED}
        return _FIRM.run(self.crm.connection, **facts, number=appointment.key, now=self.crm.now) == 1

    def _claim_again(self, appointment: Held) -> None:
        store, service = (
            self.crm.stores.get(appointment.store_id),
            self.crm.services.get(appointment.service_id),
        )
        with self.crm.session.begin_nested():
            self.crm.claims.drop(appointment.key)
            self._tell(appointment, self.crm.claims.take(appointment, store, service))


def _busy_in(busy: dict[datetime, set[int]], wanted: Sequence[datetime]) -> int:
    """How many are claimed in one of those cells at least."""
    return len(set().union(*(busy[cell] for cell in wanted if cell in busy))) if busy else 0


_FIRMED = ("vehicle_id", "plate", "advisor_id", "status", "held_until", "remind_at")
_FIRM = Prepared(
    update(APPOINTMENTS)
    .where(APPOINTMENTS.c.id == bindparam("number"), APPOINTMENTS.c.status == HELD)
    .where(APPOINTMENTS.c.held_until > bindparam("now"))
    .values({n: bindparam(f"new_{n}") for n in _FIRMED})
)
