"""The complaint page: what happened, a number at once, where it stands, and room for more."""

from __future__ import annotations

from typing import Any

from console.h5.call import Call, Done, Shown, Wrong
from console.h5.wanted import Car, cars
from flows.complaint import opened
from storage.tickets import Ticket

TOPICS = ("quality", "price", "attitude", "waiting", "other")
SHORTEST = 2  # characters that can say something


def show(call: Call) -> Shown:
    """The questions; while a complaint is open where it stands, and what to add."""
    say, ticket = call.say, call.crm.tickets.unsettled(call.link.owner_id)
    mine = cars(call)
    values: dict[str, Any] = {
        "name": call.owner_name(),
        "ticket": ticket,
        "topics": [] if ticket else [(topic, say.topic(topic)) for topic in TOPICS],
        "cars": [] if ticket or len(mine) < 2 else [(car.code, car.title) for car in mine],
        "car": call.asked.get("car") or str(call.link.subject or ""),
        "topic": call.asked.get("topic", ""),
        "words": call.asked.get("words", ""),
        "said": say.notice(call.asked.get("said", ""), None),
        "progress": _progress(call, ticket) if ticket else "",
    }
    heading = say.ticket_title(ticket.number) if ticket else say.complaint_title()
    return Shown("h5_complaint.html", heading, values)


def act(call: Call) -> Done:
    """The ticket, or more about the one that is open; the same words twice are said once."""
    if call.asked.get("do") != "complain":
        return {}
    crm, words = call.crm, call.asked.get("words", "").strip()
    if len(words) < SHORTEST:
        raise Wrong(words=call.say.words_missing())
    crm.tickets.reserve(call.link.owner_id)
    before = crm.tickets.unsettled(call.link.owner_id)
    topic = call.asked.get("topic", "")
    full = call.say.about_topic(topic, words) if topic in TOPICS and before is None else words
    if before and _said_before(call, before, words):
        return {}
    ticket = opened(crm, call.link.owner_id, full, vehicle_id=_vehicle(call))
    crm.links.used(call.link, "complained")
    call.tell_in_chat(_told(call, ticket, is_new=before is None))
    return {"said": "added" if before else "registered"}


def _told(call: Call, ticket: Ticket, *, is_new: bool) -> str:
    """The same words as in chat."""
    if not is_new:
        return call.say.added_to_ticket(ticket.number)
    car = call.crm.vehicles.get(ticket.vehicle_id).plate if ticket.vehicle_id else ""
    return call.say.ticket_opened(ticket.number, ticket.contact_by, car or "")


def _said_before(call: Call, ticket: Ticket, words: str) -> bool:
    """Whether the newest of the owner's words are these: a form that was sent twice."""
    said = [call.crm.tickets.text(note) for note in call.crm.tickets.notes(ticket) if note.by == "owner"]
    return bool(said) and said[-1].endswith(words)


def _vehicle(call: Call) -> int | None:
    """The car that they chose, the one that the link is about, or the only one."""
    mine = cars(call)
    wished = call.asked.get("car") or str(call.link.subject or "")
    found: Car | None = next((car for car in mine if car.code == wished), None)
    return found.vehicle_id if found else mine[0].vehicle_id if len(mine) == 1 else None


def _progress(call: Call, ticket: Ticket) -> str:
    say, by = call.say, ticket.solve_by if ticket.contacted_at else ticket.contact_by
    if ticket.solved_at is not None:
        return say.progress_over(ticket.number, ticket.state)
    if by <= call.crm.now:
        return say.progress_late(ticket.number)
    return say.progress_open(ticket.number, by, contacted=ticket.contacted_at is not None)
