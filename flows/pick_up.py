"""Pick-up and delivery (取送车): which car, from where, when; an advisor says whether it can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.errors import NotUnderstood
from core.messages import Kind
from core.understanding.beside import told_apart
from flows.cars import ask_car, only_car, read_car
from flows.change import coming, line
from flows.flow import Flow, Slot
from flows.place import LONGEST_PLACE, heard_place
from flows.state import Slots
from flows.turn import Turn
from flows.wish import local_iso, read_wish, wish_of, wished_moment
from storage.errands import PICK_UP as KIND

BEFORE_APPOINTMENT = timedelta(hours=1)  # when a car for an appointment is fetched, unless they say another time


def appointment_of(turn: Turn, slots: Slots) -> int | None:
    """The coming appointment it is for, when there is one and no other day was named; 0 for none."""
    found = coming(turn)
    return found[0].key if len(found) == 1 and "wish" not in slots else 0


def car_of_appointment(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    if slots.get("appointment"):
        appointment = turn.crm.appointments.get(slots["appointment"])
        return {"id": appointment.vehicle_id, "plate": appointment.plate}
    return only_car(turn, slots)


def ask_where(turn: Turn, slots: Slots) -> None:
    if slots.get("appointment"):
        turn.tell(turn.say.pick_up_for(line(turn, turn.crm.appointments.get(slots["appointment"]))))
    turn.ask("where", turn.say.where_to_fetch())


def place_told(turn: Turn, slots: Slots) -> str | None:
    """Without the moment that may stand beside it."""
    place = heard_place(turn, "where")
    if place is None or turn.inbound.kind is not Kind.TEXT:
        return place
    return _told_apart(turn)[0] or None


def read_when(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """A day and an hour in words; the words of an address are none, but a moment may stand beside it."""
    if turn.state.asked != "where":
        return read_wish(turn, slots)
    return wish_of(turn, slots, _told_apart(turn)[1]) if turn.inbound.kind is Kind.TEXT and not turn.chosen else None


def _told_apart(turn: Turn) -> tuple[str, Mapping[str, str | int]]:
    return told_apart(turn.inbound.text[:LONGEST_PLACE], turn.now.astimezone(turn.crm.shop.zone))


def settle_when(turn: Turn, slots: Slots) -> str | None:
    """The wish becomes a moment once it names one, in the future."""
    slots.pop("at", None)
    moment = wished_moment(turn, slots.get("wish") or {})
    if moment is not None and moment <= turn.now:
        slots.pop("wish")
        return turn.say.time_past()
    if moment is not None:
        slots["at"] = local_iso(turn, moment)
    return None


def an_hour_before(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """For an appointment; who wants another time is asked for the hour of that day."""
    if not slots.get("appointment"):
        return None
    fetched = local_iso(turn, turn.crm.appointments.get(slots["appointment"]).starts_at - BEFORE_APPOINTMENT)
    another = turn.choice("confirm") == "change.wish" or turn.intent == "reschedule"
    return {"date": fetched.partition("T")[0]} if another or fetched <= local_iso(turn, turn.now) else {"at": fetched}


def ask_when(turn: Turn, slots: Slots) -> None:
    wish, say = slots.get("wish") or {}, turn.say
    turn.ask("at", say.hour_please() if "date" in wish else say.day_please() if "time" in wish else say.when_to_fetch())


def show_summary(turn: Turn, slots: Slots) -> None:
    text = turn.say.pick_up_summary(
        slots["vehicle"]["plate"], slots["where"], _moment(turn, slots), turn.crm.shop.policy.pick_up_fee_fen
    )
    choices = [
        ("yes", turn.say.ask_for_it()),
        ("change.where", turn.say.change_place()),
        ("change.wish", turn.say.change_time()),
        ("drop", turn.say.drop_it()),
    ]
    turn.ask("confirm", text, choices)


def submit(turn: Turn, slots: Slots) -> None:
    """A card for the advisors; the address is sealed, and shown to the one who takes it."""
    appointment = turn.crm.appointments.get(slots["appointment"]) if slots.get("appointment") else None
    turn.crm.errands.ask(
        KIND,
        turn.owner.key,
        turn.talk.id,
        store_id=appointment.store_id if appointment else turn.owner.store_id,
        place=slots["where"],
        plate=slots["vehicle"]["plate"] or "",
        wanted_at=_moment(turn, slots),
        appointment_id=slots.get("appointment"),
    )
    turn.tell(turn.say.pick_up_asked())


def _moment(turn: Turn, slots: Slots) -> datetime:
    moment = wished_moment(turn, {"at": slots["at"]})
    if moment is None:
        raise NotUnderstood(turn.say.when_to_fetch())
    return moment


def _no_words(turn: Turn, slots: Slots) -> None:
    return None


PICK_UP = Flow(
    name="pick_up",
    intents=frozenset({"pick_up"}),
    aside=frozenset({"complaint", "cancel_pick_up"}),
    inside={"reschedule": "change.wish", "cancel_appointment": "cancel", "cancel_pick_up": "cancel"},
    slots=(
        Slot("appointment", ask=_no_words, read=_no_words, default=appointment_of, derived=True),
        Slot("wish", ask=ask_when, read=read_when, default=an_hour_before, asked_by="at"),
        Slot("vehicle", ask=ask_car, read=read_car, default=car_of_appointment),
        Slot("where", ask=ask_where, read=place_told),
        Slot("at", ask=ask_when, read=_no_words, derived=True),
    ),
    settle=settle_when,
    confirm=show_summary,
    finish=submit,
)
