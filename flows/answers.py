"""What is answered at once, inside a flow or outside: the shop's facts, one's appointments."""

from __future__ import annotations

from flows.change import coming, line
from flows.consent import opt_in, opt_out
from flows.person import call_person, want_reply, warning_light
from flows.turn import Turn

__all__ = ["ANSWERS", "call_person", "menu", "welcome"]


def menu(turn: Turn) -> None:
    """What can be done here, to tap."""
    entries = [
        ("booking", turn.say.menu_book()),
        ("my_appointments", turn.say.menu_appointments()),
        ("ask_hours", turn.say.menu_hours()),
        ("human", turn.say.menu_human()),
    ]
    turn.ask("go", turn.say.menu(), entries)


def welcome(turn: Turn) -> None:
    if turn.state.top:
        return
    turn.tell(turn.say.welcome())
    menu(turn)


def help_(turn: Turn) -> None:
    turn.tell(turn.say.help())
    if not turn.state.top:
        menu(turn)


def thanks(turn: Turn) -> None:
    turn.tell(turn.say.thanks())


def hours(turn: Turn) -> None:
    stores = turn.crm.stores.all()
    named = turn.crm.stores.named(str(turn.heard("store"))) if turn.heard("store") else None
    lines = [turn.say.hours_and_address(s.name, s.hours, s.address, s.phone) for s in ([named] if named else stores)]
    turn.tell("\n".join(lines))


def price(turn: Turn) -> None:
    items = turn.crm.services.all()
    meant = turn.heard("service") or (turn.state.top.slots.get("service") if turn.state.top else None)
    asked = [item for item in items if item.code == meant] or items
    lines = [turn.say.price(item.named(turn.talk.language), item.price_fen, item.minutes) for item in asked]
    turn.tell(lines[0] if len(lines) == 1 else turn.say.prices(lines))


def my_appointments(turn: Turn) -> None:
    lines = [line(turn, appointment) for appointment in coming(turn)]
    turn.tell(turn.say.your_appointments(lines) if lines else turn.say.no_appointment())


ANSWERS = {
    "greeting": welcome,
    "thanks": thanks,
    "help": help_,
    "ask_hours": hours,
    "ask_address": hours,
    "ask_price": price,
    "my_appointments": my_appointments,
    "opt_out": opt_out,
    "opt_in": opt_in,
    "warning_light": warning_light,
    # What no flow handles yet goes to a person, never to a guess.
    "ask_car_status": call_person,
    "ask_other": want_reply,
    "complaint": call_person,
    "rate_visit": call_person,
    "refer": call_person,
    "claim_coupon": call_person,
    "my_coupons": call_person,
    "my_data": call_person,
    "erase_me": call_person,
    "car_sold": call_person,
}
