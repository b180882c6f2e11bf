"""What has been chosen on the booking page so far, as its address says it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from console.h5.call import Call, Wrong
from core.masking import masked_plate
from core.understanding import understand
from storage.appointments import Appointment
from storage.crypto import KeyProblem
from storage.service_items import ServiceItem
from storage.stores import Store
from storage.vehicles import Vehicle

_TYPED = "p"  # a typed plate travels sealed: addresses are kept in histories and logs
NO_PLATE = "none"


@dataclass(frozen=True, slots=True)
class Car:
    """A car of the owner's by its number, or a plate. `code` is how the address names it."""

    code: str
    vehicle_id: int | None
    plate: str
    title: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Each is None until it is chosen or goes without saying."""

    store: Store | None
    car: Car | None
    service: ServiceItem | None


def read_wanted(call: Call, moved: Appointment | None) -> Wanted:
    """What the address says, and what is usual; of an appointment that moves all but the time stays."""
    if moved:
        car = Car("", moved.vehicle_id, moved.plate, masked_plate(moved.plate) if moved.plate else NO_PLATE)
        return Wanted(call.crm.stores.get(moved.store_id), car, call.crm.services.get(moved.service_id))
    asks = call.asked.get("change", "")
    service = call.crm.services.by_code(call.asked.get("service", ""))
    return Wanted(
        None if asks == "store" else _store(call),
        None if asks == "car" else _car(call),
        None if asks == "service" else service,
    )


def cars(call: Call) -> list[Car]:
    """The owner's own, in the way a forwarded link may show them."""
    mine = call.crm.vehicles.of_owner(call.link.owner_id)
    return [Car(str(one.key), one.key, one.plate, _title(one)) for one in mine if one.plate]


def typed_car(call: Call, text: str) -> Car:
    """The car of a typed plate. Raises Wrong, with what it may have been meant to be."""
    understood = understand(text, call.crm.now.astimezone(call.crm.shop.zone)) if text.strip() else None
    plate = str(understood.slots.get("plate", "")) if understood else ""
    if understood is None:
        raise Wrong(plate=call.say.plate_missing())
    if not plate:
        raise Wrong(plate=call.say.plate_wrong(understood.suggestion))
    sealed = base64.urlsafe_b64encode(call.crm.keys.seal(plate, _sealed_as(call))).decode().rstrip("=")
    return Car(_TYPED + sealed, None, plate, masked_plate(plate))


def _store(call: Call) -> Store | None:
    stores = call.crm.stores.all()
    usual = call.crm.owners.get(call.link.owner_id).store_id
    wished = call.asked.get("store") or (str(usual) if usual else "")
    return stores[0] if len(stores) == 1 else next((one for one in stores if str(one.key) == wished), None)


def _car(call: Call) -> Car | None:
    code, mine = call.asked.get("car", ""), cars(call)
    if code == NO_PLATE:
        return Car(NO_PLATE, None, "", call.say.no_plate_yet())
    if code.startswith(_TYPED):
        return _opened(call, code)
    wished = code or str(call.link.subject or "")
    if len(mine) == 1 and not code:
        return mine[0]
    return next((one for one in mine if one.code == wished), None)


def _opened(call: Call, code: str) -> Car | None:
    """The typed plate that we sealed for this link; nothing for a code that somebody made up."""
    letters = code.removeprefix(_TYPED)
    try:
        sealed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        plate = call.crm.keys.unseal(sealed, _sealed_as(call))
    except (ValueError, KeyProblem):
        return None
    return Car(code, None, plate, masked_plate(plate))


def _sealed_as(call: Call) -> str:
    return f"link.plate:{call.link.key}"


def _title(one: Vehicle) -> str:
    return " ".join(filter(None, (masked_plate(one.plate or ""), one.model)))
