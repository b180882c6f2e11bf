"""Roadside help: safety first and an alarm card with the first message; then only what the rescuer must know."""

from __future__ import annotations

from typing import Any

from flows.binding import keep_phone, read_phone
from flows.cars import ask_car, read_car
from flows.flow import Flow, Slot
from flows.place import heard_place
from flows.state import Slots
from flows.turn import Turn
from storage.errands import ROADSIDE as KIND


def raise_alarm(turn: Turn) -> bool:
    """The card goes out before anything is asked."""
    turn.tell(turn.say.safety_first())
    turn.crm.errands.calling(KIND, turn.owner.key, turn.talk.id, store_id=turn.owner.store_id)
    return True


def keep_answers(turn: Turn, slots: Slots) -> None:
    """Each answer is on the card at once."""
    errand = turn.crm.errands.calling(KIND, turn.owner.key, turn.talk.id, store_id=turn.owner.store_id)
    car = slots.get("vehicle") or {}
    turn.crm.errands.learn(errand, place=slots.get("where", ""), plate=car.get("plate") or "")
    if slots.get("phone"):
        keep_phone(turn, slots["phone"])


def ask_where(turn: Turn, slots: Slots) -> None:
    turn.ask("where", turn.say.where_are_you())


def read_where(turn: Turn, slots: Slots) -> str | None:
    return heard_place(turn, "where")


def the_only_car(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    cars = turn.crm.vehicles.own(turn.owner.key)
    return {"id": cars[0].key, "plate": cars[0].plate} if len(cars) == 1 else None


def ask_phone(turn: Turn, slots: Slots) -> None:
    turn.owner.phone_asked_at = turn.now
    turn.ask("phone", turn.say.which_phone_to_call(), [("skip", turn.say.skip())], turn.say.share_phone())


def no_phone_known(turn: Turn, slots: Slots) -> bool:
    return turn.owner.phone_sealed is None


def reassure(turn: Turn, slots: Slots) -> None:
    turn.tell(turn.say.help_knows())


def withdraw(turn: Turn, slots: Slots) -> None:
    """Only the owner's own word ends the alarm; a talk that fell silent is all the more one."""
    if turn.intent in ("cancel", "restart", "cancel_roadside"):
        turn.crm.errands.withdraw(KIND, turn.talk.id)


ROADSIDE = Flow(
    name="roadside",
    intents=frozenset({"roadside"}),
    slots=(
        Slot("where", ask=ask_where, read=read_where),
        Slot("vehicle", ask=ask_car, read=read_car, default=the_only_car),
        Slot("phone", ask=ask_phone, read=read_phone, needed=no_phone_known),
    ),
    aside=frozenset({"cancel_roadside"}),
    inside={"cancel_roadside": "cancel"},
    may_start=raise_alarm,
    settle=keep_answers,
    urgent=True,
    finish=reassure,
    leave=withdraw,
)
