"""An owner puts a fact of their own record right: shown back, then written, or proposed to who knows the papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from core import particulars
from core.birthdays import read_birthday
from core.errors import NotUnderstood
from core.messages import Kind
from core.understanding import Understood
from flows.binding import propose_link
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn

SAID = {"unknown", "answer", "reschedule", "ask_address", "booking", "yes"}  # what a correction may be taken for
OF_CAR = ("mileage_km", "plate")


def as_correction(turn: Turn) -> Understood:
    """A sentence that by itself puts a fact right, outside any flow: 手机换成13900001111, 生日是5月3号, 里程两万八."""
    words = turn.understood
    if turn.state.top or turn.inbound.kind is not Kind.TEXT or words.intent not in SAID:
        return words
    today = turn.now.astimezone(turn.crm.shop.zone).date()
    found = particulars.correction(turn.inbound.text, words.slots, today)
    return Understood("correct_data", words.slots) if found else words


def ask_field(turn: Turn, slots: Slots) -> None:
    turn.ask("field", turn.say.which_fact(), [(f, turn.say.fact(f)) for f in particulars.FIELDS])


def read_field(turn: Turn, slots: Slots) -> str | None:
    if chosen := turn.choice("field"):
        return chosen if chosen in particulars.FIELDS else None
    said = _said(turn)
    return said[0] if said else None


def ask_value(turn: Turn, slots: Slots) -> None:
    contact = turn.say.share_phone() if slots["field"] == "phone" else ""
    turn.ask("value", turn.say.ask_fact(slots["field"]), [("keep", turn.say.keep_as_it_is())], contact)


def read_value(turn: Turn, slots: Slots) -> Any:
    if turn.choice("value") == "keep":
        return "keep"
    said = _said(turn)
    if said and said[0] == slots.get("field"):
        return said[1]
    if turn.state.asked not in ("value", "confirm") or turn.chosen or "field" not in slots:
        return None
    if turn.state.asked == "confirm" and turn.intent in ("yes", "no"):
        return None
    return read_fact(turn, slots["field"], asked=turn.state.asked == "value")


def read_fact(turn: Turn, field: str, *, asked: bool = True) -> Any:
    """The answer to a question for that fact. Raises NotUnderstood with what is wrong about it."""
    text, today = turn.inbound.text.strip(), turn.now.astimezone(turn.crm.shop.zone).date()
    if turn.inbound.kind is Kind.CONTACT and field == "phone":
        return turn.inbound.phone
    if field in ("phone", "plate", "mileage_km") and turn.heard(field) is not None:
        return turn.heard(field)
    if field in ("birthday", "purchased_on"):
        day = read_birthday(text, today) if field == "birthday" else particulars.past_day(text, today)
        if day is None and asked and turn.intent in ("unknown", "answer") and any(c.isdigit() for c in text):
            raise NotUnderstood(turn.say.day_wrong())
        return day.isoformat() if day else None
    if field in ("name", "address", "model") and asked and turn.intent in ("unknown", "answer", "ask_address"):
        longest = {"name": particulars.LONGEST_NAME, "model": particulars.LONGEST_MODEL}
        said = str(turn.heard("name") or text) if field == "name" else text
        return said if 1 < len(said) <= longest.get(field, particulars.LONGEST_ADDRESS) else None
    return None


def ask_car(turn: Turn, slots: Slots) -> None:
    cars = turn.crm.vehicles.of_owner(turn.owner.key)
    turn.ask("car", turn.say.which_cars_fact(), [(f"v{car.key}", car.plate or car.model or "…") for car in cars])


def read_car(turn: Turn, slots: Slots) -> int | None:
    mine = {car.key: car for car in turn.crm.vehicles.of_owner(turn.owner.key)} if turn.talk.owner_id else {}
    if chosen := turn.choice("car"):
        number = chosen.removeprefix("v")
        return int(number) if number.isdecimal() and int(number) in mine else None
    plate = turn.heard("plate") if slots.get("field") == "mileage_km" else None
    return next((key for key, car in mine.items() if plate and car.plate == plate), None)


def only_car(turn: Turn, slots: Slots) -> int | None:
    cars = turn.crm.vehicles.of_owner(turn.owner.key) if slots.get("field") in OF_CAR else []
    return cars[0].key if len(cars) == 1 else None


def of_a_car(turn: Turn, slots: Slots) -> bool:
    return (
        slots.get("field") in OF_CAR
        and slots.get("value") != "keep"
        and bool(turn.crm.vehicles.of_owner(turn.owner.key))
    )


def settle(turn: Turn, slots: Slots) -> str | None:
    """A value belongs to its field; an odometer does not run backwards."""
    if slots.get("value") not in (None, "keep") and slots.setdefault("of", slots.get("field")) != slots.get("field"):
        slots.pop("value")
        slots.pop("of")
    if hint := too_low(turn, slots):
        slots.pop("value")
        slots.pop("of", None)
        return hint
    return None


def too_low(turn: Turn, slots: Slots) -> str:
    """Why that reading cannot be; "" when it can."""
    if slots.get("field") != "mileage_km" or not isinstance(slots.get("value"), int) or not slots.get("car"):
        return ""
    known = turn.crm.vehicles.get(slots["car"]).mileage_km or 0
    return turn.say.mileage_too_low(known) if slots["value"] < known else ""


def confirm(turn: Turn, slots: Slots) -> None:
    """What was understood is shown before it is written."""
    say, field = turn.say, slots["field"]
    if slots["value"] == "keep":
        text = say.nothing_changes()
        turn.ask("confirm", text, [("yes", say.all_right())])
        return
    plate = turn.crm.vehicles.get(slots["car"]).plate if slots.get("car") else ""
    text = say.will_change(field, plate or "", say.fact_value(field, slots["value"]))
    turn.ask(
        "confirm", text, [("yes", say.yes_right()), ("change.value", say.not_right()), ("drop", say.keep_as_it_is())]
    )


def finish(turn: Turn, slots: Slots) -> None:
    """Write it; what stands on work orders is proposed to an advisor, who knows the papers."""
    field, value = slots["field"], slots["value"]
    if value == "keep":
        turn.tell(turn.say.nothing_changed())
    elif field in ("name", "plate") and turn.crm.visits.of_owner(turn.owner.key):
        propose(turn, field, value, slots.get("car"))
    else:
        write_fact(turn, field, value, slots.get("car"))


def propose(turn: Turn, field: str, value: Any, car: int | None) -> None:
    crm, owner = turn.crm, turn.owner
    vehicle = crm.vehicles.get(car) if car else None
    old = owner.name if field == "name" else (vehicle.plate or "" if vehicle else "")
    crm.tasks.open(
        "correction",
        store_id=owner.store_id,
        owner_id=owner.key,
        vehicle_id=car,
        conversation_id=turn.talk.id,
        facts={"field": field, "old": old, "new": value},
        occurrence=f"correction:{owner.key}:{crm.message_id}",
    )
    turn.tell(turn.say.change_proposed(field))


def write_fact(turn: Turn, field: str, value: Any, car: int | None = None) -> None:
    """The owner's own word about themselves, told back."""
    crm = turn.crm
    if field == "phone" and not _write_phone(turn, str(value)):
        return
    if field == "name":
        turn.owner.name = str(value)
    elif field == "plate" and not _write_plate(turn, str(value), car):
        return
    elif field == "birthday":
        if not _write_birthday(turn, str(value)):
            return
    elif field == "address":
        crm.owners.set_address(crm.owners.get(turn.owner.key), str(value))
    elif field in ("mileage_km", "model", "purchased_on") and car:
        crm.vehicles.correct(crm.vehicles.get(car), field, value)
    crm.record("owner.corrected", "owner", turn.owner.key, owner_id=turn.owner.key, detail=field)
    turn.tell(turn.say.changed(field, turn.say.fact_value(field, value)))


def _write_birthday(turn: Turn, day: str) -> bool:
    kept = turn.crm.owners.set_birthday(turn.crm.owners.get(turn.owner.key), date.fromisoformat(day))
    if not kept:
        turn.tell(turn.say.birthday_not_changed())
    return kept


def _write_phone(turn: Turn, phone: str) -> bool:
    """Typed it is unverified; the platform's own contact was written when it came. Another's number only proposes."""
    if turn.inbound.kind is Kind.CONTACT or turn.crm.owners.phone(turn.owner) == phone:
        return True
    others = [owner for owner in turn.crm.owners.with_phone(phone) if owner.key != turn.owner.key]
    if others:
        propose_link(turn, others, why="phone")
        turn.tell(turn.say.change_proposed("phone"))
        return False
    turn.crm.owners.set_phone(turn.owner, phone, verified=False)
    return True


def _write_plate(turn: Turn, plate: str, car: int | None) -> bool:
    """A plate that another car has is for a person to sort out."""
    crm = turn.crm
    crm.vehicles.reserve(plate)
    other = crm.vehicles.with_plate(plate)
    if other is not None and other.key != car:
        propose(turn, "plate", plate, car)
        return False
    if car is None:
        crm.vehicles.connect(turn.owner.key, crm.vehicles.new(plate), fresh=True)
    else:
        crm.vehicles.correct(crm.vehicles.get(car), "plate", plate)
    return True


def _said(turn: Turn) -> tuple[str, Any] | None:
    if turn.inbound.kind is not Kind.TEXT:
        return None
    today = turn.now.astimezone(turn.crm.shop.zone).date()
    return particulars.correction(turn.inbound.text, turn.understood.slots, today)


CORRECT_DATA = Flow(
    name="correct_data",
    intents=frozenset({"correct_data"}),
    aside=frozenset({"complaint"}),
    slots=(
        Slot("field", ask=ask_field, read=read_field),
        Slot("value", ask=ask_value, read=read_value),
        Slot("car", ask=ask_car, read=read_car, default=only_car, needed=of_a_car, derived=True),
    ),
    settle=settle,
    confirm=confirm,
    finish=finish,
)
