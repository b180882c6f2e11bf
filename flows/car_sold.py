"""A car is not theirs any more: the tie ends after a yes; a new one is registered, or it is a good-bye."""

from __future__ import annotations

from core.messages import starting
from flows.binding import vehicle_of
from flows.booking import read_car
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from storage.vehicles import Vehicle


def cars_of(turn: Turn) -> list[Vehicle]:
    return turn.crm.vehicles.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []


def has_car(turn: Turn) -> bool:
    if not cars_of(turn):
        turn.offer(turn.say.no_car_on_record(), [starting("new_car", turn.say.register_new_car())])
    return bool(cars_of(turn))


def ask_which(turn: Turn, slots: Slots) -> None:
    labels = [(str(car.key), " ".join(filter(None, (car.plate, car.model)))) for car in cars_of(turn)]
    turn.ask("car", turn.say.which_car_sold(), labels)


def read_which(turn: Turn, slots: Slots) -> int | None:
    """One of their own cars, tapped or named by its plate."""
    cars = cars_of(turn)
    chosen, plate = turn.choice("car"), turn.heard("plate")
    named = [car.key for car in cars if str(car.key) == chosen or (plate and car.plate == plate)]
    return named[0] if len(named) == 1 else None


def the_only_one(turn: Turn, slots: Slots) -> int | None:
    cars = cars_of(turn)
    return cars[0].key if len(cars) == 1 else None


def ask_sure(turn: Turn, slots: Slots) -> None:
    plate = turn.crm.vehicles.get(slots["car"]).plate or ""
    choices = [("yes", turn.say.yes_sold()), ("no", turn.say.still_mine())]
    turn.ask("sure", turn.say.really_sold(plate), choices)


def read_sure(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure":
        return None
    if turn.intent == "car_sold":
        return "yes"
    said = turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def part(turn: Turn, slots: Slots) -> None:
    if slots["sure"] == "no":
        turn.tell(turn.say.car_kept())
        return
    plate = turn.crm.vehicles.get(slots["car"]).plate or ""
    turn.crm.vehicles.part(turn.owner.key, slots["car"])
    choices = (starting("new_car", turn.say.register_new_car()), starting("not_now", turn.say.no_new_car()))
    turn.offer(turn.say.car_parted(plate), choices)


def ask_new(turn: Turn, slots: Slots) -> None:
    turn.ask("vehicle", turn.say.new_car_plate(), [("none", turn.say.no_plate_yet())])


def register(turn: Turn, slots: Slots) -> None:
    number, plate = vehicle_of(turn, slots["vehicle"])
    if number is None:
        turn.tell(turn.say.any_time())
        return
    turn.offer(turn.say.new_car_kept(plate), [starting("booking", turn.say.book_now(), number)])


CAR_SOLD = Flow(
    name="car_sold",
    intents=frozenset({"car_sold"}),
    slots=(
        Slot("car", ask=ask_which, read=read_which, default=the_only_one),
        Slot("sure", ask=ask_sure, read=read_sure),
    ),
    may_start=has_car,
    finish=part,
)

NEW_CAR = Flow(
    name="new_car",
    intents=frozenset({"new_car"}),
    slots=(Slot("vehicle", ask=ask_new, read=read_car),),
    finish=register,
)
