"""One missing fact is asked for in a good moment, and seldom; an answer is shown back, a refusal is remembered."""

from __future__ import annotations

from typing import Any

from core.errors import NotUnderstood
from core.profile_gaps import Asked, next_gap
from flows.correct_data import read_fact, write_fact
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn

SKIP = "skip"


def gap(turn: Turn) -> tuple[str, int | None] | None:
    """The fact to ask for now and the car that it is about; None when nothing is missing or it is too soon."""
    if turn.talk.owner_id is None or turn.owner.status != "active":
        return None
    crm, owner = turn.crm, turn.crm.owners.get(turn.owner.key)
    cars = crm.vehicles.of_owner(owner.key)
    missing: dict[str, int | None] = {}
    if owner.birthday is None:
        missing["birthday"] = None
    if owner.address_sealed is None:
        missing["address"] = None
    for field in ("model", "mileage_km", "purchased_on"):
        lacking = next((car.key for car in cars if not getattr(car, field)), None)
        if lacking is not None:
            missing[field] = lacking
    asked = [Asked(one.field, one.asked_at, one.skipped) for one in crm.profile_questions.of_owner(owner.key)]
    field_ = next_gap(missing, asked, turn.now, crm.shop.policy.profile)
    return (field_, missing[field_]) if field_ else None


def has_gap(turn: Turn) -> bool:
    return gap(turn) is not None


def which(turn: Turn, slots: Slots) -> list[Any] | None:
    """Decided once, when the flow begins: [field, car]."""
    found = gap(turn)
    return list(found) if found else None


def ask_value(turn: Turn, slots: Slots) -> None:
    field, car = slots["gap"]
    if not slots.get("put"):
        turn.crm.profile_questions.asked(turn.owner.key, field)
        slots["put"] = True
    plate = turn.crm.vehicles.get(car).plate if car else ""
    turn.ask("value", turn.say.ask_gap(field, plate or ""), [(SKIP, turn.say.skip())])


def read_value(turn: Turn, slots: Slots) -> Any:
    if turn.state.asked != "value" or "gap" not in slots:
        return None
    if turn.choice("value") == SKIP or turn.intent == "no" or turn.inbound.text.strip() in ("跳过", "skip"):
        return SKIP
    field, car = slots["gap"]
    value = None if turn.chosen else read_fact(turn, field)
    known = turn.crm.vehicles.get(car).mileage_km if car and field == "mileage_km" else None
    if known and isinstance(value, int) and value < known:
        raise NotUnderstood(turn.say.mileage_too_low(known))
    return value


def nobody_asks(turn: Turn, slots: Slots) -> None:
    return


def finish(turn: Turn, slots: Slots) -> None:
    field, car = slots["gap"]
    if slots["value"] == SKIP:
        turn.crm.profile_questions.asked(turn.owner.key, field, skipped=True)
        turn.tell(turn.say.never_mind())
        return
    write_fact(turn, field, slots["value"], car)


COMPLETE_PROFILE = Flow(
    name="complete_profile",
    intents=frozenset({"complete_profile"}),
    slots=(
        Slot("gap", ask=nobody_asks, read=lambda turn, slots: None, default=which, derived=True),
        Slot("value", ask=ask_value, read=read_value),
    ),
    may_start=has_gap,
    finish=finish,
    optional=True,
)


def thank(turn: Turn, slots: Slots) -> str | None:
    """Who says thank you is in a good moment, unless something else is under way."""
    turn.tell(turn.say.thanks())
    return COMPLETE_PROFILE.name if len(turn.state.stack) == 1 else None


THANKS = Flow(name="thanks", intents=frozenset({"thanks"}), slots=(), finish=thank)
