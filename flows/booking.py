"""An owner books a visit: where, which car, what for, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.errors import Refused, SlotTaken
from flows.binding import (
    ask_code,
    ask_phone,
    code_is_wanted,
    keep_phone,
    phone_is_welcome,
    read_code,
    read_optional_phone,
)
from flows.cars import ask_car, car_stands, only_car, read_car
from flows.consent import wants_to_ask_consent
from flows.firm import booked_words, make_booking
from flows.flow import Flow, Slot
from flows.notices import notices_line
from flows.state import Slots
from flows.turn import Turn
from flows.wish import ask_time, local_iso, read_wish, wish_stands, wished_moment
from storage.appointments import Appointment
from storage.stores import Store


def takes_bookings(turn: Turn) -> bool:
    """A shop that has not opened a store yet says so."""
    if not turn.crm.stores.all():
        turn.tell(turn.say.no_store_yet())
    return bool(turn.crm.stores.all())


def ask_store(turn: Turn, slots: Slots) -> None:
    turn.ask("store", turn.say.which_store(), [(str(store.key), store.name) for store in turn.crm.stores.all()])


def read_store(turn: Turn, slots: Slots) -> int | None:
    if chosen := turn.choice("store"):
        return next((store.key for store in turn.crm.stores.all() if str(store.key) == chosen), None)
    name = turn.heard("store") or (turn.inbound.text if turn.state.asked == "store" else "")
    store = turn.crm.stores.named(str(name)) if name else None
    return store.key if store else None


def usual_store(turn: Turn, slots: Slots) -> int | None:
    """The only store there is, the one of the appointment that is booked again, or where the owner always comes."""
    stores = turn.crm.stores.all()
    if len(stores) == 1:
        return stores[0].key
    if like := booked_before(turn):
        return like.store_id
    return turn.owner.store_id if turn.talk.owner_id else None


def ask_service(turn: Turn, slots: Slots) -> None:
    items = turn.crm.services.all()
    choices = [(item.code, turn.say.service_choice(item.named(turn.talk.language), item.price_fen)) for item in items]
    turn.ask("service", turn.say.which_service(), choices)


def read_service(turn: Turn, slots: Slots) -> str | None:
    code = turn.choice("service") or turn.heard("service")
    item = turn.crm.services.by_code(str(code)) if code else None
    return item.code if item else None


def same_service(turn: Turn, slots: Slots) -> str | None:
    """What the button names ("booking.17.maintenance"), or the work of the appointment that is booked again."""
    named = turn.crm.services.by_code(turn.argument.rpartition(".")[2]) if turn.intent == "booking" else None
    if named:
        return named.code
    like = booked_before(turn)
    return turn.crm.services.get(like.service_id).code if like else None


def booked_before(turn: Turn) -> Appointment | None:
    """The owner's own appointment that a button books again."""
    if turn.understood.intent != "book_again" or turn.subject is None:
        return None
    found = turn.crm.appointments.find(turn.subject)
    return found if found and found.owner_id == turn.talk.owner_id else None


def settle(turn: Turn, slots: Slots) -> str | None:
    """Turn the wish into a held time, once it names one moment and the store and the work are known."""
    if "store" not in slots or "service" not in slots:
        return None
    wish = slots.get("wish") or {}
    moment = wished_moment(turn, wish)
    goal = [slots["store"], slots["service"], local_iso(turn, moment) if moment else ""]
    if moment and slots.get("starts_at") == goal[2] and slots.get("held_for") == goal:
        return None
    give_back(turn, slots)
    return _hold(turn, slots, moment, goal) if moment else None


def give_back(turn: Turn, slots: Slots) -> None:
    """Let go of the held time, if there is one."""
    if hold := slots.pop("hold", None):
        turn.crm.appointments.release(hold)
    slots.pop("starts_at", None)
    slots.pop("held_for", None)


def show_summary(turn: Turn, slots: Slots) -> None:
    store, service = turn.crm.stores.get(slots["store"]), turn.crm.services.by_code(slots["service"])
    moment = wished_moment(turn, {"at": slots["starts_at"]})
    assert service is not None
    assert moment is not None
    text = turn.say.summary(
        moment=moment,
        plate=slots["vehicle"]["plate"],
        service=service.named(turn.talk.language),
        store=store.name,
        minutes=service.minutes,
        price_fen=service.price_fen,
        hold=int(turn.crm.shop.policy.hold.total_seconds() // 60),
    )
    choices = [
        ("yes", turn.say.confirm()),
        ("change.wish", turn.say.change_time()),
        ("drop", turn.say.drop_it()),
    ]
    turn.ask("confirm", text, choices)


def book(turn: Turn, slots: Slots) -> str | None:
    """Make the hold a booking, and tell the owner."""
    held = turn.crm.appointments.held(slots["hold"])
    try:
        booked = make_booking(turn.crm, turn.owner, held, slots["vehicle"], conversation_id=turn.talk.id)
    except SlotTaken:
        _lost(turn, slots, held.starts_at)
        raise
    keep_phone(turn, slots.get("phone"))
    turn.tell(booked_words(turn.crm, turn.say, booked) + notices_line(turn))
    return "marketing_consent" if wants_to_ask_consent(turn) else None


def _hold(turn: Turn, slots: Slots, moment: datetime, goal: list[Any]) -> str | None:
    store, service = turn.crm.stores.get(slots["store"]), turn.crm.services.by_code(slots["service"])
    assert service is not None
    try:
        held = turn.crm.appointments.hold(
            turn.owner.key,
            store,
            service,
            moment,
            channel=turn.talk.channel,
            conversation_id=turn.talk.id,
            instead_of=slots.get("appointment", 0),
        )
    except SlotTaken:
        _lost(turn, slots, moment, tell=False)
        return turn.say.slot_taken(moment)
    except Refused:
        hint = _why_not(turn, store, moment)
        _lost(turn, slots, moment, tell=False)
        return hint
    slots["hold"], slots["starts_at"], slots["held_for"] = held.key, goal[2], goal
    return None


def _lost(turn: Turn, slots: Slots, moment: datetime, *, tell: bool = True) -> None:
    """The moment is not to be had: remember it only as what to be near to."""
    if tell:
        turn.tell(turn.say.slot_taken(moment))
    give_back(turn, slots)
    day, clock = local_iso(turn, moment).split("T")
    slots["wish"] = {"date": day, "near": clock}


def _why_not(turn: Turn, store: Store, moment: datetime) -> str:
    day = moment.astimezone(turn.crm.shop.zone).date()
    if moment < turn.now:
        return turn.say.time_past()
    if moment > turn.now + turn.crm.shop.policy.book_ahead:
        return turn.say.too_far_ahead(turn.crm.shop.policy.book_ahead.days)
    return turn.say.outside_hours() if turn.crm.stores.open_spans(store, day) else turn.say.closed_on(day)


def _same_or_only_car(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    like = booked_before(turn)
    if like and like.vehicle_id in turn.crm.vehicles.roles(like.owner_id):
        return {"id": like.vehicle_id, "plate": like.plate}
    return only_car(turn, slots)


def _store_stands(turn: Turn, value: Any) -> bool:
    return any(store.key == value for store in turn.crm.stores.all())


def _service_stands(turn: Turn, value: Any) -> bool:
    return isinstance(value, str) and turn.crm.services.by_code(value) is not None


STORE = Slot("store", ask=ask_store, read=read_store, default=usual_store, stands=_store_stands)
CAR = Slot("vehicle", ask=ask_car, read=read_car, default=_same_or_only_car, stands=car_stands)
SERVICE = Slot("service", ask=ask_service, read=read_service, default=same_service, stands=_service_stands)
WISH = Slot("wish", ask=ask_time, read=read_wish, asked_by="starts_at", stands=wish_stands)
STARTS_AT = Slot("starts_at", ask=ask_time, read=lambda turn, slots: None, derived=True)

BOOKING = Flow(
    name="booking",
    intents=frozenset({"booking", "book_again"}),
    aside=frozenset({"complaint"}),
    inside={"cancel_appointment": "cancel", "reschedule": "change.wish", "wait_list": "instead.wait_list"},
    slots=(
        STORE,
        CAR,
        SERVICE,
        WISH,
        STARTS_AT,
        Slot("phone", ask=ask_phone, read=read_optional_phone, needed=phone_is_welcome),
        Slot("code", ask=ask_code, read=read_code, needed=code_is_wanted),
    ),
    may_start=takes_bookings,
    settle=settle,
    confirm=show_summary,
    finish=book,
    leave=give_back,
)
