"""An owner books a visit: where, which car, what for, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.errors import NotUnderstood, Refused, SlotTaken
from flows.binding import (
    ask_code,
    ask_phone,
    code_is_wanted,
    keep_phone,
    phone_is_welcome,
    read_code,
    read_phone,
    vehicle_of,
)
from flows.consent import wants_to_ask_consent
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from flows.wish import ask_time, local_iso, read_wish, wished_moment
from storage.appointments import Held
from storage.service_items import ServiceItem
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
        return int(chosen)
    name = turn.heard("store") or (turn.inbound.text if turn.state.asked == "store" else "")
    store = turn.crm.stores.named(str(name)) if name else None
    return store.key if store else None


def usual_store(turn: Turn, slots: Slots) -> int | None:
    """The only store there is, or the one the owner always comes to."""
    stores = turn.crm.stores.all()
    if len(stores) == 1:
        return stores[0].key
    return turn.owner.store_id if turn.talk.owner_id else None


def ask_car(turn: Turn, slots: Slots) -> None:
    cars = turn.crm.vehicles.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []
    choices = [(f"v{car.key}", " ".join(filter(None, (car.plate, car.model)))) for car in cars if car.plate]
    text = turn.say.which_car() if choices else turn.say.which_plate()
    turn.ask("vehicle", text, [*choices, ("none", turn.say.no_plate_yet())])


def read_car(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """A car of the owner's, or a plate; {"id", "plate"}."""
    chosen = turn.choice("vehicle")
    if chosen == "none":
        return {"id": None, "plate": ""}
    if chosen:
        car = turn.crm.vehicles.get(int(chosen.removeprefix("v")))
        return {"id": car.key, "plate": car.plate}
    if not turn.chosen and "plate_doubtful" in turn.understood.doubts:
        raise NotUnderstood(turn.say.plate_wrong(turn.understood.suggestion))
    plate = turn.heard("plate")
    return {"id": None, "plate": plate} if plate else None


def only_car(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    cars = turn.crm.vehicles.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []
    return {"id": cars[0].key, "plate": cars[0].plate} if len(cars) == 1 and cars[0].plate else None


def ask_service(turn: Turn, slots: Slots) -> None:
    items = turn.crm.services.all()
    choices = [(item.code, turn.say.service_choice(item.named(turn.talk.language), item.price_fen)) for item in items]
    turn.ask("service", turn.say.which_service(), choices)


def read_service(turn: Turn, slots: Slots) -> str | None:
    code = turn.choice("service") or turn.heard("service")
    item = turn.crm.services.by_code(str(code)) if code else None
    return item.code if item else None


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
    """Make the hold a booking, tell the owner, and tell the staff."""
    store, service, appointment = _facts(turn, slots)
    owner = turn.owner
    vehicle_id, plate = vehicle_of(turn, slots["vehicle"])
    try:
        turn.crm.appointments.confirm(appointment, vehicle_id=vehicle_id, plate=plate, advisor_id=owner.advisor_id)
    except SlotTaken:
        _lost(turn, slots, appointment.starts_at)
        raise
    keep_phone(turn, slots.get("phone"))
    owner = turn.owner
    owner.store_id = owner.store_id or store.key
    turn.crm.appointments.give_to(appointment, owner.key)
    turn.tell(_booked(turn, appointment, plate, store, service))
    if owner.churn_level != "none":
        turn.crm.tasks.came_back(owner.key)
    turn.crm.tasks.open(
        "new_appointment",
        store_id=store.key,
        owner_id=owner.key,
        vehicle_id=vehicle_id,
        appointment_id=appointment.key,
        conversation_id=turn.talk.id,
        occurrence=f"appointment:{appointment.key}",
    )
    return "marketing_consent" if wants_to_ask_consent(turn) else None


def _booked(turn: Turn, appointment: Held, plate: str, store: Store, service: ServiceItem) -> str:
    return turn.say.booked(
        moment=appointment.starts_at,
        plate=plate,
        service=service.named(turn.talk.language),
        store=store.name,
        minutes=service.minutes,
        price_fen=appointment.price_fen,
    )


def _hold(turn: Turn, slots: Slots, moment: datetime, goal: list[Any]) -> str | None:
    store, service = turn.crm.stores.get(slots["store"]), turn.crm.services.by_code(slots["service"])
    assert service is not None
    try:
        held = turn.crm.appointments.hold(
            turn.owner.key, store, service, moment, channel=turn.talk.channel, conversation_id=turn.talk.id
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


def _facts(turn: Turn, slots: Slots) -> tuple[Store, ServiceItem, Held]:
    appointment = turn.crm.appointments.held(slots["hold"])
    return turn.crm.stores.get(slots["store"]), turn.crm.services.get(appointment.service_id), appointment


WISH = Slot("wish", ask=ask_time, read=read_wish, asked_by="starts_at")
STARTS_AT = Slot("starts_at", ask=ask_time, read=lambda turn, slots: None, derived=True)

BOOKING = Flow(
    name="booking",
    intents=frozenset({"booking"}),
    inside={"cancel_appointment": "cancel", "reschedule": "change.wish"},
    slots=(
        Slot("store", ask=ask_store, read=read_store, default=usual_store),
        Slot("vehicle", ask=ask_car, read=read_car, default=only_car),
        Slot("service", ask=ask_service, read=read_service),
        WISH,
        STARTS_AT,
        Slot("phone", ask=ask_phone, read=read_phone, needed=phone_is_welcome),
        Slot("code", ask=ask_code, read=read_code, needed=code_is_wanted),
    ),
    may_start=takes_bookings,
    settle=settle,
    confirm=show_summary,
    finish=book,
    leave=give_back,
)
