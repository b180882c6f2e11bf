"""Writes what the rows of a batch tell about people, cars and visits."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from intake.columns import VISITS
from intake.due import reckon
from intake.known import CHANNELS, Car, Person, Values
from intake.plan import Plan
from storage.consents import MARKETING, Consent
from storage.identities import Identity
from storage.owners import Owner
from storage.vehicles import OwnerVehicle, Vehicle
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm

_MAINTENANCE = re.compile(r"保养|机油|maintenance|oil change", re.IGNORECASE)
_BETWEEN_ITEMS = re.compile(r"\s*[、,，;；/|+\n]\s*")


def write(crm: Crm, kind: str, plans: list[Plan], batch: int) -> None:
    """All of it in the transaction of `crm`; people and cars first, then what ties them together."""
    for one in plans:
        if one.person:
            _write_owner(crm, one.person, {} if kind == VISITS and not _tells_of(one) else one.values)
        if one.car:
            _write_car(crm, one.car, one.values)
    crm.session.flush()
    _number_and_note(crm, plans)
    _tie(crm, plans)
    if kind == VISITS:
        _write_visits(crm, plans)
    for (channel, account), person in _accounts(plans).items():
        _bind(crm, channel, account, person.number)
    crm.session.flush()
    for person_id, day in _consent_days(plans).items():
        _keep_consent(crm, person_id, day, batch)
    reckon(crm, [one.car.row for one in plans if one.car and one.car.row])
    crm.session.flush()


def is_maintenance(items: str) -> bool:
    """Whether the next due day counts from work with these names."""
    return bool(_MAINTENANCE.search(items))


def _tells_of(one: Plan) -> bool:
    return bool({"name", "phone"} & one.values.keys())


def _write_owner(crm: Crm, person: Person, values: Values) -> None:
    owner = person.row
    if owner is None:
        owner = person.row = Owner(created_at=crm.now)
        crm.session.add(owner)
    for column, field in (("name", "name"), ("birthday", "birthday"), ("source", "source")):
        if column in values:
            setattr(owner, field, values[column])
    owner.store_id = values.get("store", owner.store_id)
    owner.advisor_id = values.get("advisor", owner.advisor_id)
    phone, address = values.get("phone"), values.get("address")
    if phone and not owner.phone_verified and phone != crm.owners.phone(owner):
        owner.phone_sealed = crm.keys.seal(phone, "owner.phone")
        owner.phone_hash = crm.keys.index(phone, "owner.phone")
    if address and address != crm.owners.address(owner):
        owner.address_sealed = crm.keys.seal(address, "owner.address")


def _write_car(crm: Crm, car: Car, values: Values) -> None:
    """The odometer only rises, and the last maintenance only moves on."""
    vehicle = car.row
    if vehicle is None:
        vehicle = car.row = Vehicle(created_at=crm.now)
        crm.session.add(vehicle)
    for field in ("plate", "model", "powertrain", "purchased_on"):
        if field in values:
            setattr(vehicle, field, values[field])
    if "vin" in values and vehicle.vin_hash is None:
        vehicle.vin_sealed = crm.keys.seal(values["vin"], "vehicle.vin")
        vehicle.vin_hash = crm.keys.index(values["vin"], "vehicle.vin")
    if "mileage_km" in values:
        vehicle.mileage_km = max(values["mileage_km"], vehicle.mileage_km or 0)
    serviced = values.get("last_service_on")
    if is_maintenance(values.get("items", "")):
        serviced = max(filter(None, (serviced, values.get("visited_on"))), default=None)
    if serviced and (vehicle.last_service_on is None or serviced > vehicle.last_service_on):
        vehicle.last_service_on = serviced


def _number_and_note(crm: Crm, plans: list[Plan]) -> None:
    """Whoever is new has a number now; the ledger tells of them."""
    for one in plans:
        if one.person and one.person.row and one.person.number < 0:
            one.person.number = one.person.row.key
            crm.imports.note("owner.added", "owner", one.person.number, one.person.number, one.person.row.name)
        if one.car and one.car.row and one.car.number < 0:
            one.car.number = one.car.row.key
            owner = one.person.number if one.person else None
            crm.imports.note("vehicle.added", "vehicle", one.car.number, owner, one.car.row.plate or "")


def _tie(crm: Crm, plans: list[Plan]) -> None:
    pairs = {(one.person.number, one.car.number) for one in plans if one.person and one.car}
    for owner_id, vehicle_id in sorted(pairs - crm.imports.ties(pairs)):
        crm.session.add(OwnerVehicle(owner_id=owner_id, vehicle_id=vehicle_id, since=crm.now))


def _write_visits(crm: Crm, plans: list[Plan]) -> None:
    there = {visit.number: visit for visit in crm.imports.visits_with_numbers({one.values["number"] for one in plans})}
    for one in plans:
        visit = there.get(one.values["number"])
        if visit is None:
            visit = Visit(number=one.values["number"], visited_on=one.values["visited_on"], created_at=crm.now)
            there[visit.number] = visit
            crm.session.add(visit)
        _fill_visit(visit, one)


def _fill_visit(visit: Visit, one: Plan) -> None:
    values = one.values
    items = [item for item in _BETWEEN_ITEMS.split(values.get("items", "")) if item]
    visit.visited_on = values["visited_on"]
    visit.vehicle_id = one.car.number if one.car else visit.vehicle_id
    visit.owner_id = one.person.number if one.person else visit.owner_id
    visit.store_id = values.get("store", visit.store_id)
    visit.items = "、".join(items) or visit.items
    visit.maintenance = is_maintenance(visit.items)
    visit.amount_fen = values.get("amount", visit.amount_fen)
    visit.mileage_km = values.get("mileage_km", visit.mileage_km)


def _accounts(plans: list[Plan]) -> dict[tuple[str, str], Person]:
    """Whose account each is; one that several rows name belongs to the first."""
    accounts: dict[tuple[str, str], Person] = {}
    for one in plans:
        for column, channel in CHANNELS.items():
            if one.person and column in one.values:
                accounts.setdefault((channel, one.values[column]), one.person)
    return accounts


def _bind(crm: Crm, channel: str, account: str, owner_id: int) -> None:
    """The chat account is known from now on; what a provisional owner did there becomes theirs."""
    identity = crm.identities.find(channel, account)
    if identity is None:
        crm.session.add(
            Identity(
                channel=channel,
                account_hash=crm.keys.index(account, f"identity.{channel}"),
                account_sealed=crm.keys.seal(account, "identity.account"),
                owner_id=owner_id,
                since=crm.now,
            )
        )
    elif identity.owner_id is None:
        identity.owner_id = owner_id
    elif (stranger := crm.owners.get(identity.owner_id)).status == "provisional":
        crm.session.flush()
        crm.owners.absorb(stranger, crm.owners.get(owner_id))


def _consent_days(plans: list[Plan]) -> dict[int, date]:
    days: dict[int, date] = {}
    for one in plans:
        day = one.values.get("marketing_consent_on")
        if one.person and day:
            days[one.person.number] = max(day, days.get(one.person.number, day))
    return days


def _keep_consent(crm: Crm, owner_id: int, day: date, batch: int) -> None:
    """From that day on, unless they have said something since."""
    since = datetime.combine(day, time(), crm.shop.zone)
    said = [one for one in crm.consents.of_owner(owner_id) if one.purpose == MARKETING]
    if any(one.at >= since for one in said):
        return
    crm.session.add(
        Consent(
            owner_id=owner_id,
            purpose=MARKETING,
            channel="*",
            given=True,
            wording="import",
            evidence=f"batch:{batch}",
            at=since,
        )
    )
    crm.imports.note("consent.given", "owner", owner_id, owner_id, f"{MARKETING} · *")
