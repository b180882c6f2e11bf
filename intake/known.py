"""Whom and which cars the rows of a batch may be about, found once for all of them, and who is who.

The same person: the same bound account or phone, and no other name; the same name on the same car; or,
with neither phone nor car, the same name and birthday. Anything less is another person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from storage.owners import Owner
from storage.vehicles import Vehicle

if TYPE_CHECKING:
    from storage.crm import Crm

CHANNELS = {"wechat_openid": "wechat", "telegram_id": "telegram"}
Values = dict[str, Any]


@dataclass(eq=False, slots=True)
class Person:
    """An owner; the number is negative until the row is written."""

    number: int
    name: str
    row: Owner | None = None


@dataclass(eq=False, slots=True)
class Car:
    """A car and who drives it; the number is negative until the row is written."""

    number: int
    vin: bool  # there is one already
    row: Vehicle | None = None
    drivers: list[Person] = field(default_factory=list)


class Known:
    """What the store and the rows so far tell."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        self.by_account: dict[tuple[str, str], Person] = {}
        self.by_birth: dict[tuple[str, Any], Person] = {}
        self.cars: dict[int, Car] = {}
        self.by_plate: dict[str, Car] = {}
        self.by_vin: dict[str, Car] = {}
        self._asked: dict[str, set[Any]] = defaultdict(set)
        self._new = count(-1, -1)

    def load(self, crm: Crm, rows: list[Values]) -> None:
        """Ask the store about what these rows name and was not asked before."""
        for phone, owner in crm.imports.owners_with_phones(self._unasked("phone", rows)):
            self.by_phone[phone].append(self._person(owner))
        for column, channel in CHANNELS.items():
            for account, _, owner in crm.imports.identities(channel, self._unasked(column, rows)):
                if owner.status == "active":
                    self.by_account[column, account] = self._person(owner)
        for owner in crm.imports.bare_owners(self._unasked("name", rows)):
            self.by_birth.setdefault((owner.name, owner.birthday), self._person(owner))
        fresh = [car for car in self._load_cars(crm, rows) if not car.drivers]
        for number, owner in crm.imports.drivers([car.number for car in fresh]):
            self.cars[number].drivers.append(self._person(owner))

    def person(self, row: Values) -> Person | None:
        """Who the row is about, if they are known."""
        name, phone = row.get("name", ""), row.get("phone")
        for column in CHANNELS:
            bound = self.by_account.get((column, row.get(column, "")))
            if bound and _may_be(bound, name):
                return bound
        same_phone = self.by_phone[phone] if phone else []
        if found := next((one for one in same_phone if _may_be(one, name)), None):
            return found
        car = self.car(row)
        drivers = car.drivers if car else []
        if name:
            same_name = next((one for one in drivers if one.name == name), None)
            return same_name or (None if phone or car else self.by_birth.get((name, row.get("birthday"))))
        return drivers[0] if len(drivers) == 1 and not phone else None

    def car(self, row: Values) -> Car | None:
        """By VIN; by plate only when that does not contradict the VIN."""
        vin, plate = row.get("vin"), row.get("plate")
        if vin and vin in self.by_vin:
            return self.by_vin[vin]
        car = self.by_plate.get(plate) if plate else None
        return None if car and vin and car.vin else car

    def meet(self, row: Values) -> Person:
        """A person nobody knew."""
        person = Person(next(self._new), row.get("name", ""))
        self.people[person.number] = person
        return person

    def see(self, row: Values) -> Car:
        """A car nobody knew."""
        car = Car(next(self._new), vin=False)
        self.cars[car.number] = car
        return car

    def remember(self, row: Values, person: Person | None, car: Car | None) -> None:
        """What the row has told, for the rows after it."""
        if person:
            person.name = row.get("name") or person.name
            self._remember_person(row, person, car)
        if car:
            car.vin = car.vin or "vin" in row
            self.by_plate |= {row["plate"]: car} if "plate" in row else {}
            self.by_vin |= {row["vin"]: car} if "vin" in row else {}
            if person and person not in car.drivers:
                car.drivers.append(person)

    def _remember_person(self, row: Values, person: Person, car: Car | None) -> None:
        if "phone" in row and person not in self.by_phone[row["phone"]]:
            self.by_phone[row["phone"]].append(person)
        elif "phone" not in row and car is None and person.number < 0:
            self.by_birth.setdefault((person.name, row.get("birthday")), person)
        for column in CHANNELS:
            if column in row:
                self.by_account.setdefault((column, row[column]), person)

    def _load_cars(self, crm: Crm, rows: list[Values]) -> list[Car]:
        cars = []
        for vin, vehicle in crm.imports.cars_with_vins(self._unasked("vin", rows)):
            cars.append(self.by_vin.setdefault(vin, self._car(vehicle)))
        for vehicle in crm.imports.cars_with_plates(self._unasked("plate", rows)):
            car = self._car(vehicle)
            self.by_plate[vehicle.plate or ""] = car
            cars.append(car)
        return cars

    def _person(self, owner: Owner) -> Person:
        return self.people.setdefault(owner.key, Person(owner.key, owner.name, owner))

    def _car(self, vehicle: Vehicle) -> Car:
        return self.cars.setdefault(vehicle.key, Car(vehicle.key, vehicle.vin_hash is not None, vehicle))

    def _unasked(self, column: str, rows: list[Values]) -> set[Any]:
        wanted = {row[column] for row in rows if column in row} - self._asked[column]
        self._asked[column] |= wanted
        return wanted


def _may_be(person: Person, name: str) -> bool:
    return person.name == name or not (person.name and name)
