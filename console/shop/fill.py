"""Writes the invented shop into an empty store: everything in bulk, in the transaction of the caller."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.shop import alarms
from console.shop.diary import Diary
from console.shop.invent import InventedShop
from console.shop.person import InventedOwner, OwnedCar
from console.shop.premises import SKILLS
from core.churn import ChurnFacts, churn_alert
from core.due import Reading, due_day
from journeys import PLANS
from storage.appointments import Appointment
from storage.claims import BayClaim, TechnicianClaim
from storage.consents import MARKETING, Consent
from storage.crm import Crm
from storage.owners import Owner
from storage.vehicles import OwnerVehicle, Vehicle
from storage.visits import Visit

Row = dict[str, Any]
LIMITLESS = 10**9


def fill(crm: Crm, shop: InventedShop) -> None:
    """The whole shop. The store must be empty: rows are numbered from 1."""
    stores, staff = _premises(crm, shop)
    rows = _Rows(crm, shop, stores, staff)
    for number, owner in enumerate(shop.owners, start=1):
        rows.owner(number, owner)
    for table, lines in rows.rows.items():
        _insert(crm, table, lines)
    diary = Diary(crm, rows.rows[OwnerVehicle], shop.today)
    for table, lines in ((Appointment, diary.appointments), (BayClaim, diary.bays), (TechnicianClaim, diary.crew)):
        _insert(crm, table, lines)
    alarms.write(crm, shop.today)
    _journeys_ran(crm, shop.today - timedelta(days=1))


def _journeys_ran(crm: Crm, until: date) -> None:
    """As if they had all the time: everybody has their grade, and only what falls on later days is to be decided."""
    crm.touched.take(LIMITLESS)
    crm.figures.recompute()
    for plan in PLANS:
        for step in plan.journey.steps:
            crm.progress.reach(plan.journey.name, step.name, step.rule, until)


def _insert(crm: Crm, table: Any, lines: list[Row]) -> None:
    if lines:
        crm.connection.execute(table.__table__.insert(), lines)


def _premises(crm: Crm, shop: InventedShop) -> tuple[dict[str, int], dict[str, int]]:
    """Stores and staff by their own verbs; their numbers by code and by name."""
    stores, staff = {}, {}
    for place in shop.stores:
        store = crm.stores.add(place.code, place.name, place.hours, dict(place.bays))
        store.address, store.phone = place.address, place.phone
        stores[place.code] = store.key
    for member in shop.staff:
        staff[member.name] = crm.staff.add(member.name, member.role, stores[member.store], skills=member.skills).key
    for code, skill in SKILLS.items():
        item = crm.services.known(code)
        if item:
            item.skill = skill
    crm.session.flush()
    return stores, staff


class _Rows:
    """The rows of all owners, table by table."""

    def __init__(self, crm: Crm, shop: InventedShop, stores: dict[str, int], staff: dict[str, int]) -> None:
        self.crm, self.today, self.stores, self.staff = crm, shop.today, stores, staff
        self.rows: dict[Any, list[Row]] = {table: [] for table in (Owner, Vehicle, OwnerVehicle, Visit, Consent)}
        self.orders: dict[tuple[str, date], int] = defaultdict(int)

    def owner(self, number: int, owner: InventedOwner) -> None:
        due_days = [self._car(number, owner, tie) for tie in owner.cars]
        level = self._level(owner, due_days)
        seal, keys = self.crm.keys.seal, self.crm.keys
        self.rows[Owner].append(
            {
                "id": number, "name": owner.name, "status": "active", "language": "zh", "source": owner.source,
                "phone_sealed": seal(owner.phone, "owner.phone"),
                "phone_hash": keys.index(owner.phone, "owner.phone"),
                "phone_verified": True,
                "address_sealed": seal(owner.address, "owner.address") if owner.address else None,
                "birthday": owner.birthday, "remarks": owner.remarks,
                "store_id": self.stores[owner.store], "advisor_id": self.staff[owner.advisor],
                "churn_level": level,
                "created_at": _noon(owner.joined),
            }
        )  # fmt: skip
        if owner.consent is not None and owner.consent_on:
            self._consent(number, owner.consent, owner.consent_on)

    def _car(self, owner_id: int, owner: InventedOwner, tie: OwnedCar) -> date | None:
        """The car's rows; returns when it is due."""
        car, vehicle_id = tie.car, len(self.rows[Vehicle]) + 1
        services = [visit.day for visit in tie.visits if visit.maintenance]
        readings = [Reading(visit.day, visit.mileage_km) for visit in tie.visits]
        due = due_day(services[-1], readings, self.crm.shop.policy.maintenance) if services else None
        keys = self.crm.keys
        self.rows[Vehicle].append(
            {
                "id": vehicle_id, "plate": car.plate, "model": car.model.name, "powertrain": car.model.powertrain,
                "vin_sealed": keys.seal(car.vin, "vehicle.vin") if car.vin else None,
                "vin_hash": keys.index(car.vin, "vehicle.vin") if car.vin else None,
                "purchased_on": car.purchased_on, "last_service_on": services[-1] if services else None,
                "mileage_km": readings[-1].km if readings else None, "due_on": due, "created_at": _noon(owner.joined),
            }
        )  # fmt: skip
        self.rows[OwnerVehicle].append(
            {
                "owner_id": owner_id,
                "vehicle_id": vehicle_id,
                "role": "owner",
                "since": _noon(car.purchased_on),
                "until": None,
            }
        )
        self.rows[Visit] += [self._visit(owner_id, owner, vehicle_id, visit) for visit in tie.visits]
        return due

    def _visit(self, owner_id: int, owner: InventedOwner, vehicle_id: int, visit: Any) -> Row:
        self.orders[owner.store, visit.day] += 1
        return {
            "number": f"{owner.store}{visit.day:%y%m%d}{self.orders[owner.store, visit.day]:03d}",
            "store_id": self.stores[owner.store], "vehicle_id": vehicle_id, "owner_id": owner_id,
            "visited_on": visit.day, "status": "completed", "items": visit.items, "maintenance": visit.maintenance,
            "amount_fen": visit.amount_fen, "mileage_km": visit.mileage_km, "rating": visit.rating,
            "created_at": _noon(visit.day),
        }  # fmt: skip

    def _consent(self, owner_id: int, given: bool, day: date) -> None:
        self.rows[Consent].append(
            {
                "owner_id": owner_id, "purpose": MARKETING, "channel": "*", "given": given, "wording": "paper-2023",
                "evidence": f"staff:{1 + owner_id % 3}", "at": _noon(day),
            }
        )  # fmt: skip

    def _level(self, owner: InventedOwner, due_days: list[date | None]) -> str:
        """The churn level as it stood the day before yesterday's visits; what came since, today's tick raises."""
        yesterday = self.today - timedelta(days=1)
        visits = [visit for visit in owner.visits if visit.day < yesterday]
        overdue = min((day for day in due_days if day), default=None)
        facts = ChurnFacts(visits[-1].day if visits else None, overdue, False, visits[-1].rating if visits else None)
        return str(churn_alert(facts, yesterday, self.crm.shop.policy.churn).level)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)
