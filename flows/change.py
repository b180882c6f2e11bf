"""An owner moves or cancels an appointment."""

from __future__ import annotations

from core.errors import SlotTaken
from flows.booking import STARTS_AT, WISH, give_back, settle
from flows.errands import recall_pick_up
from flows.firm import cancel_booking, move_booking, moved_words
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from flows.wish import wished_moment
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
    """The owner's own."""
    return turn.crm.appointments.coming(turn.talk.owner_id) if turn.talk.owner_id else []


def coming_for_cars(turn: Turn) -> list[Appointment]:
    """Those too that somebody of the household has made for a car of theirs."""
    return turn.crm.appointments.coming(turn.talk.owner_id, of_cars=True) if turn.talk.owner_id else []


def has_appointment(turn: Turn) -> bool:
    if coming(turn):
        return True
    turn.tell(turn.say.made_by_family() if coming_for_cars(turn) else turn.say.no_appointment())
    return False


def ask_which(turn: Turn, slots: Slots) -> None:
    turn.ask("appointment", turn.say.which_appointment(), [(str(a.key), line(turn, a)) for a in coming(turn)])


def read_which(turn: Turn, slots: Slots) -> int | None:
    """A tapped one, or the only one that the car and the work that were named fit."""
    if chosen := turn.choice("appointment"):
        return next((a.key for a in coming(turn) if str(a.key) == chosen), None)
    plate, service = turn.heard("plate"), turn.heard("service")
    if not plate and not service:
        return None
    named = [a.key for a in coming(turn) if _is_about(turn, a, plate, service)]
    return named[0] if len(named) == 1 else None


def read_which_day(turn: Turn, slots: Slots) -> int | None:
    """For a cancellation the day is the appointment's own."""
    found = read_which(turn, slots)
    day = turn.heard("date")
    if found is not None or not day:
        return found
    on_that_day = [a for a in coming(turn) if f"{a.starts_at.astimezone(turn.crm.shop.zone):%Y-%m-%d}" == day]
    return on_that_day[0].key if len(on_that_day) == 1 else None


def the_only_one(turn: Turn, slots: Slots) -> int | None:
    found = coming(turn)
    return found[0].key if len(found) == 1 else None


def settle_move(turn: Turn, slots: Slots) -> str | None:
    """The new time is held at the same store for the same work."""
    if "appointment" in slots:
        appointment = turn.crm.appointments.get(slots["appointment"])
        slots["store"] = appointment.store_id
        slots["service"] = turn.crm.services.get(appointment.service_id).code
        if wished_moment(turn, slots.get("wish") or {}) == appointment.starts_at:
            give_back(turn, slots)
            slots.pop("wish")
            return turn.say.is_its_time(appointment.starts_at)
    return settle(turn, slots)


def show_move(turn: Turn, slots: Slots) -> None:
    appointment = turn.crm.appointments.get(slots["appointment"])
    new = turn.crm.appointments.held(slots["hold"])
    text = turn.say.really_move(line(turn, appointment), new.starts_at)
    choices = [
        ("yes", turn.say.yes_move()),
        ("change.wish", turn.say.change_time()),
        ("drop", turn.say.no_move()),
    ]
    turn.ask("confirm", text, choices)


def move(turn: Turn, slots: Slots) -> None:
    """It stays one appointment: the new time is taken, then the old one given back."""
    appointment, held = turn.crm.appointments.get(slots["appointment"]), turn.crm.appointments.held(slots["hold"])
    try:
        moved = move_booking(turn.crm, appointment, held)
    except SlotTaken:
        turn.tell(turn.say.slot_taken(held.starts_at))
        give_back(turn, slots)
        slots.pop("wish", None)
        raise
    if not moved:
        turn.tell(turn.say.cannot_change(line(turn, appointment)))
        return
    turn.tell(moved_words(turn.crm, turn.say, appointment))
    recall_pick_up(turn, appointment.key)


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
    elif cancel_booking(turn.crm, appointment):
        turn.tell(turn.say.appointment_cancelled(line(turn, appointment)))
        recall_pick_up(turn, appointment.key)
    else:
        turn.tell(turn.say.cannot_change(line(turn, appointment)))


def _is_about(turn: Turn, appointment: Appointment, plate: object, service: object) -> bool:
    code = turn.crm.services.get(appointment.service_id).code
    return plate in (None, appointment.plate) and service in (None, code)


def _stands(turn: Turn, value: object) -> bool:
    return any(appointment.key == value for appointment in coming(turn))


WHICH = Slot("appointment", ask=ask_which, read=read_which, default=the_only_one, stands=_stands)
WHICH_DAY = Slot("appointment", ask=ask_which, read=read_which_day, default=the_only_one, stands=_stands)

MOVE_APPOINTMENT = Flow(
    name="move_appointment",
    intents=frozenset({"reschedule"}),
    aside=frozenset({"complaint"}),
    inside={"cancel_appointment": "instead.cancel_appointment", "booking": "change.wish"},
    slots=(WHICH, WISH, STARTS_AT),
    may_start=has_appointment,
    settle=settle_move,
    confirm=show_move,
    finish=move,
    leave=give_back,
    version=2,
)

CANCEL_APPOINTMENT = Flow(
    name="cancel_appointment",
    intents=frozenset({"cancel_appointment"}),
    aside=frozenset({"complaint"}),
    inside={"reschedule": "instead.move_appointment"},
    slots=(WHICH_DAY, Slot("sure", ask=ask_really, read=read_really)),
    may_start=has_appointment,
    finish=cancel,
)
