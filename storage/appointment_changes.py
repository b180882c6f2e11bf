"""What becomes of a booking: it moves, is cancelled, the car comes or does not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update

from core.errors import SlotTaken
from storage.appointment_rows import APPOINTMENTS, ARRIVED, BOOKED, CANCELLED, NO_SHOW, Appointment, Held
from storage.holds import Holds

_MOVED = ("starts_at", "ends_at", "bay_id", "technician_id", "price_fen")


class AppointmentChanges(Holds):
    """Verbs that change a booking: each is one conditional UPDATE, so that of two who differ the first is right."""

    def cancel(self, appointment: Appointment | Held) -> bool:
        """Cancel a booking and free its time. False when it was not booked any more."""
        if not self._turn_into(appointment, CANCELLED):
            return False
        self.crm.claims.drop(appointment.key)
        self._record("cancelled", appointment)
        return True

    def move(self, appointment: Appointment, held: Held) -> bool:
        """The booking takes the held time and gives its own back; it stays one booking with one history.

        False when it is not booked any more; raises SlotTaken when somebody else has a part of the held time.
        """
        before = appointment.starts_at
        try:
            with self.crm.session.begin_nested():
                moved = self._moved(appointment, held)
        except SlotTaken:
            self.crm.session.refresh(appointment)
            raise
        self._delete(held.key)
        if moved:
            old, new = (moment.astimezone(self.crm.shop.zone) for moment in (before, appointment.starts_at))
            self._record("moved", appointment, f"{appointment.plate} {old:%m-%d %H:%M} → {new:%m-%d %H:%M}")
        return moved

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
        found = [self.crm.session.get_one(Appointment, number) for number in changed]
        for one in found:
            self.crm.session.refresh(one)
            self.crm.record(f"appointment.{status}", "appointment", one.key, owner_id=one.owner_id, detail=one.plate)
        return found

    def _moved(self, appointment: Appointment, held: Held) -> bool:
        """The row first: it is what two moves of one booking wait for."""
        if not self._firm(held, {"status": BOOKED, "held_until": None}, claimed=0):
            self._claim_again(held, appointment.key)
        facts = {name: getattr(held, name) for name in _MOVED} | {"asked_at": None}
        facts["remind_at"] = self._next_reminder(held.starts_at)
        if not self._turn_into(appointment, BOOKED, **facts):
            return False
        self.crm.claims.exchange(held, appointment.key)
        return True

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
