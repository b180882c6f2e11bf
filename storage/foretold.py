"""What is foretold of an owner and of a car, as the profile shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from core.due import Reading
from core.mileage import due_between, forecast, km_on
from core.money import yuan
from storage.vehicles import Vehicle

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.predictions import Prediction


def of_owner(prediction: Prediction | None) -> dict[str, Any] | None:
    """Shares 0–1. Of owners like this one who come back half have come by `next_visit.on`, four in five between
    `low` and `high`; null where that is beyond what can be foretold. `value` is what the visits of the next three
    years are worth today, in yuan, without what was spent already."""
    if prediction is None:
        return None
    return {
        "as_of": str(prediction.as_of),
        "alive": prediction.p_alive,
        "returns_in_90_days": prediction.p_return_90d,
        "returns_in_365_days": prediction.p_return_365d,
        "visits_in_365_days": prediction.expected_visits_365,
        "next_visit": {
            "on": _day(prediction.expected_next_on),
            "low": _day(prediction.next_early_on),
            "high": _day(prediction.next_late_on),
        },
        "value": yuan(prediction.ltv_fen),
    }


def of_cars(crm: Crm, cars: Iterable[Vehicle]) -> dict[int, dict[str, Any] | None]:
    """By car: kilometres a day, and today's odometer with the range in which it is in four cases of five. `due_on`
    is the promised due day, `due_low` and `due_high` between which it may fall; nothing without any reading."""
    known = {car.key: car for car in cars}
    readings: dict[int, list[Reading]] = {key: [] for key in known}
    for key, day, km in crm.imports.readings(known.keys()):
        readings[key].append(Reading(day, km))
    return {key: _of_car(crm, car, readings[key] or _told(crm, car)) for key, car in known.items()}


def _told(crm: Crm, car: Vehicle) -> list[Reading]:
    """Where no visit has a reading: what the record says, as of the day when it was made."""
    on = car.created_at.astimezone(crm.shop.zone).date()
    return [Reading(on, car.mileage_km)] if car.mileage_km is not None else []


def _of_car(crm: Crm, car: Vehicle, readings: list[Reading]) -> dict[str, Any] | None:
    driven = forecast(readings, crm.driving.of_model(car.model)) if readings else None
    if driven is None:
        return None
    now = km_on(driven, crm.now.astimezone(crm.shop.zone).date())
    rule, since = crm.shop.policy.maintenance, car.last_service_on
    due = due_between(driven, readings, since, rule) if since else None
    return {
        "km_per_day": round(driven.km_per_day, 1),
        "km_now": now.expected,
        "low": now.low,
        "high": now.high,
        "due_on": _day(car.due_on),
        "due_low": _day(due.early) if due else None,
        "due_high": _day(due.late) if due else None,
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None
