"""A car changes hands: the old one is nobody's business any more, the new one is welcome."""

from __future__ import annotations

from core.messages import starting
from flows.binding import vehicle_of
from flows.cars import own_cars, read_car
from flows.change import coming
from flows.firm import cancel_booking
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from storage.appointments import Appointment
from storage.vehicles import Vehicle


def has_car(turn: Turn) -> bool:
    if not own_cars(turn):
        turn.tell(turn.say.no_car_on_record())
    return bool(own_cars(turn))


def ask_which(turn: Turn, slots: Slots) -> None:
    choices = [(f"v{car.key}", _named(turn, car)) for car in own_cars(turn)]
    turn.ask("vehicle", turn.say.which_car_was_sold(), choices)


def read_which(turn: Turn, slots: Slots) -> int | None:
    """One of the owner's own; a plate that is not theirs changes nothing."""
    said = read_car(turn, slots)
    if not said:
        return None
    return next((car.key for car in own_cars(turn) if said["id"] == car.key or said["plate"] == car.plate), None)


def the_only_one(turn: Turn, slots: Slots) -> int | None:
    cars = own_cars(turn)
    return cars[0].key if len(cars) == 1 else None


def show_end(turn: Turn, slots: Slots) -> None:
    """What will stop, an appointment included."""
    car = turn.crm.vehicles.get(slots["vehicle"])
    moments = [appointment.starts_at for appointment in _booked_for(turn, car)]
    choices = [("yes", turn.say.yes_sold()), ("change.vehicle", turn.say.another_car()), ("drop", turn.say.not_sold())]
    turn.ask("confirm", turn.say.really_sold(_named(turn, car), moments), choices)


def part(turn: Turn, slots: Slots) -> None:
    """The tie ends, and with it every reminder; the owner's appointments for the car are cancelled."""
    car = turn.crm.vehicles.get(slots["vehicle"])
    for appointment in _booked_for(turn, car):
        cancel_booking(turn.crm, appointment)
    turn.crm.vehicles.part(turn.owner.key, car.key)
    turn.state.car = {}
    text = turn.say.sold(_named(turn, car))
    new_car = starting("new_car", turn.say.add_new_car())
    turn.tell(text) if len(turn.state.stack) > 1 else turn.ask("go", text, also=[new_car])


def ask_plate(turn: Turn, slots: Slots) -> None:
    turn.ask("vehicle", turn.say.which_plate())


def read_plate(turn: Turn, slots: Slots) -> dict[str, object] | None:
    said = read_car(turn, slots)
    return said if said and said["plate"] else None


def keep_car(turn: Turn, slots: Slots) -> None:
    """A car of somebody else's is lent to the talk, and an advisor is asked."""
    number, plate = vehicle_of(turn, slots["vehicle"])
    turn.tell(turn.say.car_kept(plate or str(number)))


def _booked_for(turn: Turn, car: Vehicle) -> list[Appointment]:
    return [appointment for appointment in coming(turn) if appointment.vehicle_id == car.key]


def _named(turn: Turn, car: Vehicle) -> str:
    return " ".join(filter(None, (car.plate, car.model))) or turn.say.no_plate_yet()


def _stands(turn: Turn, value: object) -> bool:
    return any(car.key == value for car in own_cars(turn))


CAR_SOLD = Flow(
    name="car_sold",
    intents=frozenset({"car_sold"}),
    slots=(Slot("vehicle", ask=ask_which, read=read_which, default=the_only_one, stands=_stands),),
    may_start=has_car,
    confirm=show_end,
    finish=part,
)

NEW_CAR = Flow(
    name="new_car",
    intents=frozenset({"new_car"}),
    slots=(Slot("vehicle", ask=ask_plate, read=read_plate),),
    finish=keep_car,
)
