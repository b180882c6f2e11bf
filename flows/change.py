"""An owner moves or cancels an appointment."""

from __future__ import annotations

from core.errors import SlotTaken
from flows.booking import STARTS_AT, WISH, give_back, settle
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from storage.appointments import Appointment


def line(turn: Turn, appointment: Appointment) -> str:
    """One appointment in one line."""
    return turn.say.appointment_line(
        moment=appointment.starts_at,
        plate=appointment.plate,
        service=turn.crm.services.get(appointment.service_id).named(turn.talk.language),
        store=turn.crm.stores.get(appointment.store_id).name,
    )


def coming(turn: Turn) -> list[Appointment]:
    return turn.crm.appointments.coming(turn.talk.owner_id) if turn.talk.owner_id else []


def has_appointment(turn: Turn) -> bool:
    if not coming(turn):
        turn.tell(turn.say.no_appointment())
    return bool(coming(turn))


def ask_which(turn: Turn, slots: Slots) -> None:
    turn.ask("appointment", turn.say.which_appointment(), [(str(a.key), line(turn, a)) for a in coming(turn)])


def read_which(turn: Turn, slots: Slots) -> int | None:
    chosen = turn.choice("appointment")
    if chosen:
        return int(chosen)
    named = [a.key for a in coming(turn) if turn.heard("plate") and a.plate == turn.heard("plate")]
    return named[0] if len(named) == 1 else None


def the_only_one(turn: Turn, slots: Slots) -> int | None:
    found = coming(turn)
    return found[0].key if len(found) == 1 else None


def settle_move(turn: Turn, slots: Slots) -> str | None:
    """The new time is held at the same store for the same work."""
    if "appointment" in slots:
        appointment = turn.crm.appointments.get(slots["appointment"])
        slots["store"] = appointment.store_id
        slots["service"] = turn.crm.services.get(appointment.service_id).code
    return settle(turn, slots)


def move(turn: Turn, slots: Slots) -> None:
    """The new time is booked, then the old one given back."""
    old, new = turn.crm.appointments.get(slots["appointment"]), turn.crm.appointments.held(slots["hold"])
    try:
        turn.crm.appointments.confirm(new, vehicle_id=old.vehicle_id, plate=old.plate, advisor_id=old.advisor_id)
    except SlotTaken:
        turn.tell(turn.say.slot_taken(new.starts_at))
        give_back(turn, slots)
        slots.pop("wish", None)
        raise
    if turn.crm.appointments.cancel(old):
        turn.crm.tasks.appointment_moved(old.key, new.key)
    store, service = turn.crm.stores.get(new.store_id), turn.crm.services.get(new.service_id)
    name = service.named(turn.talk.language)
    turn.tell(turn.say.moved(moment=new.starts_at, plate=new.plate, service=name, store=store.name))


def ask_really(turn: Turn, slots: Slots) -> None:
    text = turn.say.really_cancel(line(turn, turn.crm.appointments.get(slots["appointment"])))
    turn.ask("sure", text, [("yes", turn.say.yes_cancel()), ("no", turn.say.keep())])


def read_really(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure":
        return None
    said = turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def cancel(turn: Turn, slots: Slots) -> None:
    appointment = turn.crm.appointments.get(slots["appointment"])
    if slots["sure"] == "no":
        turn.tell(turn.say.appointment_kept())
        return
    if turn.crm.appointments.cancel(appointment):
        turn.crm.tasks.appointment_cancelled(appointment.key)
    turn.tell(turn.say.appointment_cancelled(line(turn, appointment)))


WHICH = Slot("appointment", ask=ask_which, read=read_which, default=the_only_one)

MOVE_APPOINTMENT = Flow(
    name="move_appointment",
    intents=frozenset({"reschedule"}),
    inside={"cancel_appointment": "cancel", "booking": "change.wish"},
    slots=(WHICH, WISH, STARTS_AT),
    may_start=has_appointment,
    settle=settle_move,
    finish=move,
    leave=give_back,
)

CANCEL_APPOINTMENT = Flow(
    name="cancel_appointment",
    intents=frozenset({"cancel_appointment"}),
    slots=(WHICH, Slot("sure", ask=ask_really, read=read_really)),
    may_start=has_appointment,
    finish=cancel,
)
