"""A time that is full: the owner waits for it, is offered it when it becomes free, and takes it with one tap."""

from __future__ import annotations

from datetime import date, datetime

from core.errors import SlotTaken
from flows.booking import CAR, SERVICE, STORE, takes_bookings
from flows.firm import booked_words, make_booking
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from flows.wish import read_wish, wish_stands
from storage.appointments import Held
from storage.wait_list import TimeOffer, Waiting


def may_wait(turn: Turn) -> bool:
    """A shop that offers nobody what becomes free says so."""
    if not turn.crm.shop.policy.journey("wait_list").on:
        turn.tell(turn.say.no_wait_list())
        return False
    return takes_bookings(turn)


def ask_day(turn: Turn, slots: Slots) -> None:
    turn.ask("wish", turn.say.which_day_to_wait_for())


def has_day(turn: Turn, slots: Slots) -> str | None:
    """A time without a day is nothing to wait for."""
    wish = slots.get("wish") or {}
    if wish and "date" not in wish and "at" not in wish:
        del slots["wish"]
    return None


def join(turn: Turn, slots: Slots) -> None:
    """They wait from now on; nothing is held for them yet."""
    service = turn.crm.services.by_code(slots["service"])
    assert service is not None
    first, last, part, clock = _when(slots["wish"])
    waiting = turn.crm.wait_list.join(
        Waiting(
            owner_id=turn.owner.key,
            conversation_id=turn.talk.id,
            vehicle_id=slots["vehicle"]["id"],
            plate=slots["vehicle"]["plate"] or "",
            store_id=slots["store"],
            service_id=service.key,
            first_on=first,
            last_on=last,
            part=part,
            clock=clock,
            created_at=turn.now,
            changed_at=turn.now,
        )
    )
    name = service.named(turn.talk.language)
    turn.tell(turn.say.waiting(first=waiting.first_on, last=waiting.last_on, part=part, clock=clock, service=name))


def take_time(turn: Turn) -> None:
    """The held time becomes a booking, unless it is somebody else's by now."""
    offer = turn.crm.wait_list.find_offer(turn.subject, turn.talk.owner_id)
    if offer is None or not turn.crm.wait_list.take(offer) or offer.appointment_id is None:
        turn.tell(turn.say.offer_over())
        return
    try:
        held = turn.crm.appointments.held(offer.appointment_id)
        _book(turn, held, turn.crm.wait_list.get(offer.waiting_id))
    except SlotTaken:
        turn.tell(turn.say.offer_over())


def decline_time(turn: Turn) -> None:
    offer: TimeOffer | None = turn.crm.wait_list.find_offer(turn.subject, turn.talk.owner_id)
    declined = offer is not None and turn.crm.wait_list.decline(offer)
    turn.tell(turn.say.declined() if declined else turn.say.offer_over())


def leave(turn: Turn) -> None:
    """They say that they wait no more."""
    left = turn.crm.wait_list.leave(turn.talk.owner_id) if turn.talk.owner_id else 0
    turn.tell(turn.say.left_wait_list() if left else turn.say.not_waiting())


def _book(turn: Turn, held: Held, waiting: Waiting) -> None:
    car = {"id": waiting.vehicle_id or _known_car(turn, waiting.plate), "plate": waiting.plate}
    booked = make_booking(turn.crm, turn.owner, held, car, conversation_id=turn.talk.id)
    turn.tell(booked_words(turn.crm, turn.say, booked))


def _known_car(turn: Turn, plate: str) -> int | None:
    """A plate that was only named: theirs, if it is one of their cars by now."""
    cars = turn.crm.vehicles.of_owner(turn.owner.key)
    return next((car.key for car in cars if plate and car.plate == plate), None)


def _when(wish: dict[str, str]) -> tuple[date, date, str, str]:
    """First and last day, part of the day and the very time, as far as they were said."""
    if "at" in wish:
        at = datetime.fromisoformat(wish["at"])
        return at.date(), at.date(), "", f"{at:%H:%M}"
    first = date.fromisoformat(wish["date"])
    last = date.fromisoformat(wish.get("date_to", wish["date"]))
    return first, max(first, last), wish.get("part", ""), wish.get("near") or wish.get("time", "")


WAIT_LIST = Flow(
    name="wait_list",
    intents=frozenset({"wait_list"}),
    aside=frozenset({"complaint"}),
    inside={"booking": "instead.booking", "cancel_appointment": "cancel"},
    slots=(STORE, CAR, SERVICE, Slot("wish", ask=ask_day, read=read_wish, stands=wish_stands)),
    may_start=may_wait,
    settle=has_day,
    finish=join,
)

WAIT_LIST_ANSWERS = {"take_time": take_time, "decline_time": decline_time, "leave_wait_list": leave}
