"""Finding an owner by what somebody typed: the number of the record, a phone, a plate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlmodel import col, or_, select

from core.understanding.phones import normalise_phone
from core.understanding.plates import normalise_plate
from storage.appointments import Appointment
from storage.owners import Owner
from storage.vehicles import OwnerVehicle, Vehicle

if TYPE_CHECKING:
    from storage.crm import Crm

LONGEST_NUMBER = 9
MOST_OF_A_NAME = 20
_TITLE = re.compile(r"(?:先生|女士|小姐|太太|师傅|总|老师|哥|姐)$")


def owners_by_reference(crm: Crm, reference: str) -> list[Owner]:
    """Everybody meant by it; provisional owners only when nobody on record is. Merged records lead onwards."""
    text = reference.strip()
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER:
        owner = surviving(crm, int(text))
        return [owner] if owner else []
    if phone := normalise_phone(text):
        return _with_phone(crm, phone)
    if plate := normalise_plate(text):
        return _with_plate(crm, plate)
    return []


def owners_by_name(crm: Crm, called: str) -> list[Owner]:
    """Those on record who are called so; of 李先生 everybody whose name begins with 李."""
    name = _TITLE.sub("", called.strip())
    query = select(Owner).where(Owner.name == name, Owner.status == "active")
    found = list(crm.session.exec(query.order_by(col(Owner.id)).limit(MOST_OF_A_NAME)))
    if found or name == called.strip() or not name:
        return found
    begins = select(Owner).where(col(Owner.name).startswith(name, autoescape=True), Owner.status == "active")
    return list(crm.session.exec(begins.order_by(col(Owner.id)).limit(MOST_OF_A_NAME)))


def surviving(crm: Crm, owner_id: int) -> Owner | None:
    """The owner of that number, or the one whom that record was merged into."""
    owner = crm.session.get(Owner, owner_id)
    while owner and owner.merged_into:
        owner = crm.session.get(Owner, owner.merged_into)
    return owner


def _with_phone(crm: Crm, phone: str) -> list[Owner]:
    hashes = crm.keys.indexes(phone, "owner.phone")
    query = select(Owner).where(col(Owner.phone_hash).in_(hashes), Owner.status != "merged")
    return _known_first(list(crm.session.exec(query.order_by(col(Owner.id)))))


def _with_plate(crm: Crm, plate: str) -> list[Owner]:
    drives = (
        select(OwnerVehicle.owner_id)
        .join(Vehicle, col(Vehicle.id) == col(OwnerVehicle.vehicle_id))
        .where(Vehicle.plate == plate, col(OwnerVehicle.until).is_(None))
    )
    booked = select(Appointment.owner_id).where(Appointment.plate == plate)
    query = select(Owner).where(or_(col(Owner.id).in_(drives), col(Owner.id).in_(booked)), Owner.status != "merged")
    return _known_first(list(crm.session.exec(query.order_by(col(Owner.id)))))


def _known_first(owners: list[Owner]) -> list[Owner]:
    return [o for o in owners if o.status == "active"] or owners
