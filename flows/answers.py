"""What is answered at once, inside a flow or outside: greetings, facts, the owner's own records, calling a person."""

from __future__ import annotations

from core.messages import starting
from core.understanding.substance import has_substance
from flows import extra_item, facts, knowledge, own_records
from flows.change import coming_for_cars, line
from flows.complaint import progress, withdraw
from flows.consent import opt_in, opt_out
from flows.errands import tell_status
from flows.turn import Turn
from flows.wallet import wallet
from flows.win_back_survey import call_me, not_now


def menu(turn: Turn) -> None:
    """What can be done here, to tap."""
    entries = [
        ("booking", turn.say.menu_book()),
        ("my_appointments", turn.say.menu_appointments()),
        ("my_coupons", turn.say.to_wallet()),
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


def my_appointments(turn: Turn) -> None:
    lines = [line(turn, appointment) for appointment in coming_for_cars(turn)]
    if not lines or turn.state.top:
        turn.tell(turn.say.your_appointments(lines) if lines else turn.say.no_appointment())
        return
    names = {"reschedule": turn.say.change_time(), "cancel_appointment": turn.say.yes_cancel()}
    turn.offer(turn.say.your_appointments(lines), [starting(intent, label) for intent, label in names.items()])


def unheard(turn: Turn) -> bool:
    """A nod to what we said needs no question back; other words that say something are answered or handed over."""
    if turn.intent not in ("yes", "no") or has_substance(turn.inbound.text):
        return knowledge.unheard(turn)
    turn.tell(turn.say.any_time())
    return True


ANSWERS = {
    "greeting": welcome,
    "help": help_,
    "ask_hours": facts.hours,
    "ask_address": facts.address,
    "ask_price": facts.price,
    "ask_car_status": own_records.car_status,
    "ask_other": knowledge.from_articles,
    "duration": facts.duration,
    "helpful": knowledge.helpful,
    "not_solved": knowledge.not_solved,
    "last_visit": own_records.last_visit,
    "last_amount": own_records.last_amount,
    "next_due": own_records.next_due,
    "mileage": own_records.mileage,
    "warranty": own_records.warranty,
    "invoice": knowledge.from_articles,
    "my_appointments": my_appointments,
    "errand_status": tell_status,
    "opt_out": opt_out,
    "opt_in": opt_in,
    "my_coupons": wallet,
    "extra_yes": extra_item.yes,
    "extra_no": extra_item.no,
    "extra_call": extra_item.call,
    "ticket_progress": progress,
    "ticket_withdraw": withdraw,
    "call_me": call_me,
    "not_now": not_now,
}
