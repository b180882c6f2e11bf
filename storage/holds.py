"""Held times: kept while an owner decides, made a booking, or given back."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.orm.attributes import set_committed_value

from core.errors import Refused, SlotTaken
from core.hours import cells
from core.reminders import next_reminder
from storage.appointment_rows import APPOINTMENTS, BOOKED, EXPIRED, HELD, Appointment, Held
from storage.claims import BAY_CLAIMS, TECHNICIAN_CLAIMS
from storage.service_items import ServiceItem
from storage.statements import Prepared, defaults_of
from storage.stores import Store

if TYPE_CHECKING:
    from storage.crm import Crm

_COLUMNS = [column.name for column in fields(Held) if column.name != "key"]
_HELD = Prepared(
    core_select(APPOINTMENTS.c.id, *(APPOINTMENTS.c[name] for name in _COLUMNS)).where(
        APPOINTMENTS.c.id == bindparam("number")
    )
)
_DELETE = Prepared(delete(APPOINTMENTS).where(APPOINTMENTS.c.id == bindparam("number")))
_CLAIMED_BAYS, _CLAIMED_PEOPLE = (
    core_select(func.count()).where(table.c.appointment_id == bindparam("number")).scalar_subquery()
    for table in (BAY_CLAIMS, TECHNICIAN_CLAIMS)
)
_FIRMED = ("vehicle_id", "plate", "advisor_id", "status", "held_until", "remind_at")
_FIRM = Prepared(
    update(APPOINTMENTS)
    .where(APPOINTMENTS.c.id == bindparam("number"), APPOINTMENTS.c.status == HELD)
    .where(APPOINTMENTS.c.held_until > bindparam("now"), bindparam("cells") <= _CLAIMED_BAYS)
    .where(or_(APPOINTMENTS.c.technician_id.is_(None), bindparam("cells") <= _CLAIMED_PEOPLE))
    .values({n: bindparam(f"new_{n}") for n in _FIRMED})
)


class Holds:
    """Verbs on held times."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def held(self, appointment_id: int) -> Held:
        return Held(*_HELD.first(self.crm.connection, number=appointment_id))

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
        instead_of: int = 0,
    ) -> Held:
        """Keep a time for the owner, for `life` or as long as the policy says.

        instead_of: the booking that is to move there; what it has claimed itself is not in its own way, and is not
        claimed again. Raises SlotTaken when nobody can serve it any more.
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
            self._tell(held, self.crm.claims.take(held, store, service, instead_of))
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
        if not self._firm(appointment, told, len(cells(appointment.starts_at, appointment.duration))):
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

    def _firm(self, appointment: Held, told: dict[str, Any], claimed: int) -> bool:
        """Make a hold that has not run out a booking, in one statement, so that nobody can expire it in between.

        claimed: how many cells it must have of its own.
        """
        facts = {f"new_{name}": told.get(name, getattr(appointment, name)) for name in _FIRMED}
        facts |= {"number": appointment.key, "now": self.crm.now, "cells": claimed}
        return _FIRM.run(self.crm.connection, **facts) == 1

    def _claim_again(self, appointment: Held, instead_of: int = 0) -> None:
        store, service = (
            self.crm.stores.get(appointment.store_id),
            self.crm.services.get(appointment.service_id),
        )
        with self.crm.session.begin_nested():
            self.crm.claims.drop(appointment.key)
            self._tell(appointment, self.crm.claims.take(appointment, store, service, instead_of))

    def _delete(self, appointment_id: int) -> None:
        self.crm.claims.drop(appointment_id)
        _DELETE.run(self.crm.connection, number=appointment_id)
