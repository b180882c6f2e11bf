"""Which car: one of the owner's, or a plate. Who has several is asked once; a car that was named is remembered."""

from __future__ import annotations

import re
from typing import Any

from core.errors import NotUnderstood
from flows.state import Slots
from flows.turn import Turn
from storage.vehicles import Vehicle

Car = dict[str, Any]  # {"id": int or None, "plate": str}
_END_OF_PLATE = re.compile(r"(?:尾号|末尾|后几位)?(?:是)?\s*([A-Za-z0-9]{3,5})(?:那辆|那台|的那辆|的)?")


def ask_car(turn: Turn, slots: Slots) -> None:
    choices = [(f"v{car.key}", " ".join(filter(None, (car.plate, car.model)))) for car in own_cars(turn) if car.plate]
    text = turn.say.which_car() if choices else turn.say.which_plate()
    turn.ask("vehicle", text, [*choices, ("none", turn.say.no_plate_yet())])


def read_car(turn: Turn, slots: Slots) -> Car | None:
    """A car of the owner's, or a plate; {"id", "plate"}."""
    chosen = turn.choice("vehicle")
    if chosen == "none":
        return {"id": None, "plate": ""}
    if chosen:
        car = next((car for car in own_cars(turn) if f"v{car.key}" == chosen), None)
        return _remembered(turn, {"id": car.key, "plate": car.plate}) if car else None
    if not turn.chosen and "plate_doubtful" in turn.understood.doubts:
        raise NotUnderstood(turn.say.plate_wrong(turn.understood.suggestion))
    if plate := turn.heard("plate"):
        return _remembered(turn, {"id": None, "plate": plate})
    return _described(turn) if turn.state.asked == "vehicle" and not turn.chosen else None


def only_car(turn: Turn, slots: Slots) -> Car | None:
    """The one that a button named ("booking.7"), the only one there is, or the one that the talk was about just now."""
    cars = own_cars(turn)
    cars = [car for car in cars if car.key == turn.subject and turn.intent == "booking"] or cars
    if len(cars) == 1:
        return {"id": cars[0].key, "plate": cars[0].plate} if cars[0].plate else None
    named, touched = turn.state.car, turn.state.touched_at()
    recent = touched is not None and turn.now - touched <= turn.crm.shop.policy.talk_timeout
    car = next((car for car in cars if car.plate and car.plate == named.get("plate")), None)
    return {"id": car.key, "plate": car.plate} if car and recent else None


def own_cars(turn: Turn) -> list[Vehicle]:
    return turn.crm.vehicles.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []


def car_stands(turn: Turn, value: Any) -> bool:
    """A plate, or a car that is still the owner's."""
    if not isinstance(value, dict) or not {"id", "plate"} <= value.keys():
        return False
    return value["id"] is None or any(car.key == value["id"] for car in own_cars(turn))


def _described(turn: Turn) -> Car | None:
    """ "尾号345那辆", "那辆汉": the only one of theirs that fits."""
    said = turn.inbound.text.strip()
    end = _END_OF_PLATE.fullmatch(said)
    cars = [car for car in own_cars(turn) if car.plate]
    fits = [car for car in cars if end and str(car.plate).endswith(end[1].upper())]
    fits = fits or [car for car in cars if any(word in said for word in car.model.split())]
    return _remembered(turn, {"id": fits[0].key, "plate": fits[0].plate}) if len(fits) == 1 else None


def _remembered(turn: Turn, car: Car) -> Car:
    turn.state.car = car
    return car
