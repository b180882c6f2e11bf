"""An owner complains: a ticket is opened at once, goes to somebody with a clock, and ends with the owner's yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.complaints import asks_progress, solved_or_not, takes_back, tells_something
from core.messages import starting
from flows.flow import Flow, Slot
from flows.spoken import answer_to, words_of
from flows.state import Slots
from flows.turn import Turn
from storage.crm import Crm
from storage.tickets import CLOSED, OPEN, SOLVED, UNANSWERED, UNSETTLED, Ticket

NO_CAR = 0
_SHORT = 8  # characters; what happened takes more
_ELSEWHERE = {"my_appointments", "my_coupons", "claim_coupon", "my_data", "ask_hours", "ask_address", "refer"}


def opened(
    crm: Crm,
    owner_id: int,
    words: str,
    store_id: int | None = None,
    talk_id: int | None = None,
    vehicle_id: int | None = None,
) -> Ticket:
    """A ticket with these words and its card for the staff. While the owner has one open, the words go to that one;
    who complains again about what the staff called solved says that it is not."""
    crm.tickets.reserve(owner_id)
    ticket = crm.tickets.unsettled(owner_id)
    if ticket is not None:
        said_unsolved(crm, ticket)
        add(crm, ticket, words)
        return ticket
    store_id = store_id or crm.owners.get(owner_id).store_id or _usual_store(crm)
    ticket = crm.tickets.open(owner_id, store_id, vehicle_id=vehicle_id, talk_id=talk_id)
    crm.tickets.add(ticket, words)
    crm.tasks.open_ticket(ticket, "ticket")
    return ticket


def add(crm: Crm, ticket: Ticket, words: str, kind: str = "text") -> None:
    """More about it; whoever works on it sees it on the card."""
    crm.tickets.add(ticket, words, kind=kind)
    for task in crm.tasks.of_ticket(ticket.key):
        crm.tasks.tell(task, notes=len(crm.tickets.notes(ticket)))


def said_solved(crm: Crm, ticket: Ticket) -> bool:
    """The owner's yes, which alone closes it. False: it is over already."""
    closed = crm.tickets.close(ticket)
    if closed:
        crm.tasks.close_ticket(ticket.key, "ticket_closed")
    return closed


def said_unsolved(crm: Crm, ticket: Ticket) -> bool:
    """It is not: open again, and with the manager. False: it was not waiting for an answer."""
    reopened = crm.tickets.reopen(ticket)
    if reopened:
        crm.tasks.close_ticket(ticket.key, "ticket_reopened")
        crm.tasks.open_ticket(ticket, "ticket_reopened", to_manager=True)
    return reopened


def _usual_store(crm: Crm) -> int | None:
    stores = crm.stores.all()
    return stores[0].key if len(stores) == 1 else None


# — the conversation —


def may_complain(turn: Turn) -> bool:
    """To ask how far an earlier one is, or to take it back, starts none."""
    words = words_of(turn)
    if takes_back(words):
        withdraw(turn)
    elif asks_progress(words):
        progress(turn)
    else:
        return True
    return False


def progress(turn: Turn) -> None:
    """Where the owner's complaints stand: those under way, or the newest."""
    tickets = turn.crm.tickets.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []
    shown = [ticket for ticket in tickets if ticket.state in UNSETTLED] or tickets[:1]
    turn.tell("\n".join(_where_it_stands(turn, ticket) for ticket in shown) if shown else turn.say.no_ticket())
    for ticket in shown:
        if ticket.state == SOLVED:
            ask_if_solved(turn, ticket)


def _where_it_stands(turn: Turn, ticket: Ticket) -> str:
    if ticket.state != OPEN:
        return turn.say.progress_over(ticket.number, ticket.state)
    by = ticket.solve_by if ticket.contacted_at else ticket.contact_by
    if by <= turn.now:
        return turn.say.progress_late(ticket.number)
    return turn.say.progress_open(ticket.number, by, contacted=ticket.contacted_at is not None)


def ask_if_solved(turn: Turn, ticket: Ticket) -> None:
    choices = (
        starting("ticket_answer", turn.say.it_is_solved(), f"{ticket.key}.yes"),
        starting("ticket_answer", turn.say.not_solved_yet(), f"{ticket.key}.no"),
    )
    turn.offer(turn.say.still_waiting_for_answer(ticket.number), choices)


def ask_what(turn: Turn, slots: Slots) -> None:
    turn.ask("words", turn.say.what_happened())


def read_what(turn: Turn, slots: Slots) -> str | None:
    """What started it, if that says more than that they complain; else the answer to the question."""
    if turn.state.asked == "words":
        said = answer_to(turn, "words")
        return None if said and len(said) <= _SHORT and turn.intent in _ELSEWHERE else said
    if "words" in slots or turn.understood.intent != "complaint":
        return None
    said = words_of(turn)
    return said if tells_something(said) else None


def candidates(turn: Turn) -> dict[int, str]:
    """The cars it may be about, newest visit first: those that were here lately, else all of theirs."""
    if turn.talk.owner_id is None:
        return {}
    owner, crm = turn.talk.owner_id, turn.crm
    since = turn.now.astimezone(crm.shop.zone).date() - timedelta(days=crm.shop.policy.care.rating_taken_days)
    plates = {car.key: car.plate or car.model for car in crm.vehicles.of_owner(owner)}
    here = {v.vehicle_id: v.visited_on for v in reversed(crm.ratings.rateable(owner, since)) if v.vehicle_id in plates}
    lately = sorted(((day, key) for key, day in here.items() if key), reverse=True)
    if lately:
        return {key: turn.say.visit_choice(plates[key], turn.say.day(day)) for day, key in lately}
    return plates


def ask_car(turn: Turn, slots: Slots) -> None:
    labels = [(str(key), label) for key, label in candidates(turn).items()]
    turn.ask("car", turn.say.which_car_complaint(), [*labels, ("0", turn.say.no_car_meant())])


def read_car(turn: Turn, slots: Slots) -> int | None:
    chosen, plate = turn.choice("car"), turn.heard("plate")
    if chosen == "0" or (turn.state.asked == "car" and turn.intent == "no"):
        return NO_CAR
    mine = turn.crm.vehicles.of_owner(turn.talk.owner_id) if turn.talk.owner_id else []
    found = [car.key for car in mine if str(car.key) == chosen or (plate and car.plate == plate)]
    return found[0] if len(found) == 1 else None


def the_clear_one(turn: Turn, slots: Slots) -> int | None:
    """There is nothing to ask: one car, none, or a complaint that is open already."""
    if turn.talk.owner_id and turn.crm.tickets.unsettled(turn.talk.owner_id):
        return NO_CAR
    found = list(candidates(turn))
    return None if len(found) > 1 else found[0] if found else NO_CAR


def register(turn: Turn, slots: Slots) -> None:
    """The number and when somebody calls, at once."""
    owner, before = turn.owner, turn.crm.tickets.unsettled(turn.owner.key)
    again = before is not None and before.state == SOLVED
    ticket = opened(turn.crm, owner.key, slots["words"], talk_id=turn.talk.id, vehicle_id=slots["car"] or None)
    for message_id in slots.get("photos", []):
        turn.crm.tickets.add(ticket, "", kind="photo", message_id=message_id)
    if before is not None:
        say = turn.say
        turn.tell(
            say.ticket_reopened(ticket.number, ticket.contact_by) if again else say.added_to_ticket(ticket.number)
        )
        return
    car = turn.crm.vehicles.get(ticket.vehicle_id).plate if ticket.vehicle_id else ""
    choices = (
        starting("ticket_progress", turn.say.see_progress()),
        starting("ticket_withdraw", turn.say.not_a_complaint(), ticket.key),
    )
    turn.offer(turn.say.ticket_opened(ticket.number, ticket.contact_by, car or ""), choices)


# — the answer to "is it solved?" —


def mine(turn: Turn) -> Ticket | None:
    """The ticket that the button names, if it is theirs; else the one that is not over."""
    if turn.talk.owner_id is None:
        return None
    number = turn.argument.partition(".")[0]
    named = turn.crm.tickets.find(int(number)) if number.isdecimal() and len(number) < 10 else None
    return named if named and named.owner_id == turn.talk.owner_id else turn.crm.tickets.unsettled(turn.talk.owner_id)


def may_answer(turn: Turn) -> bool:
    ticket = mine(turn)
    if ticket is None:
        turn.tell(turn.say.no_ticket())
    elif ticket.state not in (SOLVED, UNANSWERED):
        if ticket.state == OPEN:
            turn.tell(_where_it_stands(turn, ticket))
        else:
            turn.tell(turn.say.ticket_is_over(ticket.number, ticket.state))
    return ticket is not None and ticket.state in (SOLVED, UNANSWERED)


def which_ticket(turn: Turn, slots: Slots) -> int | None:
    ticket = mine(turn)
    return ticket.key if ticket else None


def ask_solved(turn: Turn, slots: Slots) -> None:
    number = turn.crm.tickets.get(slots["ticket"]).number
    text = turn.say.still_waiting_for_answer(number)
    turn.ask("solved", text, [("yes", turn.say.it_is_solved()), ("no", turn.say.not_solved_yet())])


def read_solved(turn: Turn, slots: Slots) -> str | None:
    tapped = turn.choice("solved") or turn.argument.partition(".")[2]
    if tapped in ("yes", "no"):
        return tapped
    return solved_or_not(words_of(turn)) or (turn.intent if turn.intent in ("yes", "no") else None)


def settle_ticket(turn: Turn, slots: Slots) -> str | None:
    """Yes closes it; no opens it again, with the words if there are any."""
    ticket, say, words = turn.crm.tickets.get(slots["ticket"]), turn.say, words_of(turn)
    if slots["solved"] == "yes":
        said_solved(turn.crm, ticket)
        turn.tell(say.ticket_closed(ticket.number))
        return None
    if said_unsolved(turn.crm, ticket):
        if len(words) > len(say.not_solved_yet()):
            add(turn.crm, ticket, words)
        turn.tell(say.ticket_reopened(ticket.number, ticket.contact_by))
    else:
        turn.tell(say.ticket_is_over(ticket.number, ticket.state))
    return None


def withdraw(turn: Turn) -> None:
    ticket = mine(turn)
    if ticket is None:
        turn.tell(turn.say.no_ticket())
    elif turn.crm.tickets.withdraw(ticket):
        turn.crm.tasks.close_ticket(ticket.key, "ticket_withdrawn")
        turn.tell(turn.say.ticket_withdrawn(ticket.number))
    else:
        turn.tell(turn.say.ticket_is_over(ticket.number, ticket.state if ticket.state != OPEN else CLOSED))


def takes_photo(turn: Turn) -> bool:
    """A photo of somebody whose complaint is open, or who is telling it, belongs to that. False: not so."""
    owner = turn.talk.owner_id
    ticket, top = turn.crm.tickets.unsettled(owner) if owner else None, turn.state.top
    if ticket is None and top is not None and top.flow == COMPLAINT.name:
        top.slots.setdefault("photos", []).append(turn.crm.message_id)
        turn.tell(turn.say.photo_kept())
        return True
    if ticket is None:
        return False
    add(turn.crm, ticket, "", kind="photo")
    turn.tell(turn.say.photo_added(ticket.number))
    return True


def _answers_it(turn: Turn) -> bool:
    return solved_or_not(words_of(turn)) is not None or turn.intent in ("yes", "no")


def _slot(name: str, **how: Any) -> Slot:
    return Slot(name, read=lambda turn, slots: None, derived=True, **how)


COMPLAINT = Flow(
    name="complaint",
    intents=frozenset({"complaint"}),
    slots=(
        Slot("words", ask=ask_what, read=read_what),
        Slot("car", ask=ask_car, read=read_car, default=the_clear_one),
    ),
    may_start=may_complain,
    finish=register,
)

TICKET_ANSWER = Flow(
    name="ticket_answer",
    intents=frozenset({"ticket_answer"}),
    slots=(_slot("ticket", ask=ask_solved, default=which_ticket), Slot("solved", ask=ask_solved, read=read_solved)),
    may_start=may_answer,
    takes=_answers_it,
    finish=settle_ticket,
    optional=True,
)
