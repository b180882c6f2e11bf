"""When the next maintenance of cars is due, after something new is known about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.due import Reading, due_day
from storage.vehicles import Vehicle

if TYPE_CHECKING:
    from storage.crm import Crm


def reckon(crm: Crm, cars: Iterable[Vehicle]) -> None:
    """Write the due day of each car of which the last maintenance is known."""
    serviced = {car.key: car for car in cars if car.last_service_on}
    readings: dict[int, list[Reading]] = defaultdict(list)
    for number, day, km in crm.imports.readings(serviced.keys()):
        readings[number].append(Reading(day, km))
    for number, car in serviced.items():
        if car.last_service_on:
            car.due_on = due_day(car.last_service_on, readings[number], crm.shop.policy.maintenance)
