"""What a booking, a move and a cancellation write, in a talk or on a page: the rows and the staff's cards."""

from __future__ import annotations

from typing import Any

from core.say import OwnerSay
from flows.binding import car_of
from storage.appointments import Appointment, Held
from storage.crm import Crm
from storage.owners import Person


def make_booking(
    crm: Crm, owner: Person, held: Held, car: dict[str, Any], *, conversation_id: int | None = None
) -> Held:
    """The held time is booked for that car ({"id", "plate"}), and the staff are told. Raises SlotTaken."""
    vehicle_id, plate = car_of(crm, owner, car, conversation_id)
    booked = crm.appointments.confirm(held, vehicle_id=vehicle_id, plate=plate, advisor_id=owner.advisor_id)
    owner.store_id = owner.store_id or booked.store_id
    crm.appointments.give_to(booked, owner.key)
    if owner.churn_level != "none":
        crm.tasks.came_back(owner.key)
    crm.tasks.open(
        "new_appointment",
        store_id=booked.store_id,
        owner_id=owner.key,
        vehicle_id=vehicle_id,
        appointment_id=booked.key,
        conversation_id=conversation_id,
        occurrence=f"appointment:{booked.key}",
    )
    return booked


def move_booking(crm: Crm, appointment: Appointment, held: Held) -> bool:
    """It stays one appointment, at the held time, and its card says so. False when it was not booked any more.

    Raises SlotTaken.
    """
    moved = crm.appointments.move(appointment, held)
    if moved:
        crm.tasks.appointment_moved(appointment)
    return moved


def cancel_booking(crm: Crm, appointment: Appointment) -> bool:
    """The time is given back, and the card says so. False when it was not booked any more."""
    cancelled = crm.appointments.cancel(appointment)
    if cancelled:
        crm.tasks.appointment_cancelled(appointment)
    return cancelled


def moved_words(crm: Crm, say: OwnerSay, moved: Appointment) -> str:
    """The sentence that ends a move."""
    return say.moved(
        moment=moved.starts_at,
        plate=moved.plate,
        service=crm.services.get(moved.service_id).named("en" if say.english else "zh"),
        store=crm.stores.get(moved.store_id).name,
    )


def booked_words(crm: Crm, say: OwnerSay, booked: Appointment | Held) -> str:
    """The sentence that ends a booking."""
    service = crm.services.get(booked.service_id)
    return say.booked(
        moment=booked.starts_at,
        plate=booked.plate,
        service=service.named("en" if say.english else "zh"),
        store=crm.stores.get(booked.store_id).name,
        minutes=service.minutes,
        price_fen=booked.price_fen,
    )
