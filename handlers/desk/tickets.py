"""Complaints: who takes one sees what came before, calls, says what was done; the owner says whether it is solved."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.errors import Refused
from core.say import StaffSay
from handlers.desk.view import CardKind, Rows, View, person_lines
from handlers.desk.work import noted
from journeys.ticket_clock import ask_if_solved
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import UNFINISHED, Task
from storage.tickets import SOLVED, Ticket

EARLIER_SHOWN = 3
_MANAGERS = ("manager", "boss")
_Worded = Callable[[Crm, Staff, Ticket, StaffSay, str], str]


def lines(view: View) -> list[str]:
    crm, say = view.crm, view.say
    ticket = crm.tickets.get(view.task.told()["ticket"])
    notes = crm.tickets.notes(ticket)
    texts = [crm.tickets.text(n)[:200] for n in notes if n.kind == "text" and n.by == "owner"] if view.full else []
    photos = sum(note.kind == "photo" for note in notes)
    clock = ("call_by", ticket.contact_by) if ticket.contacted_at is None else ("solve_by", ticket.solve_by)
    return [
        say.field("ticket", ticket.number),
        *(line for line in person_lines(view) if not line.startswith(say.field("wrote", ""))),
        say.field(clock[0], say.moment(clock[1])) if ticket.state != SOLVED else "",
        *(say.field("wrote", text) for text in texts),
        say.field("photos", str(photos)) if photos else "",
        *(say.field("done", crm.tickets.text(n)[:200]) for n in notes if n.by == "staff" and view.full),
        *_earlier(view, ticket),
        say.field("how", say.how_to_solve(ticket.number, undecided=_undecided(view.task))) if view.full else "",
    ]


def _earlier(view: View, ticket: Ticket) -> list[str]:
    """How many there were for everybody; what they were about for who works on this one."""
    crm, say = view.crm, view.say
    others = [one for one in crm.tickets.of_household(ticket.owner_id) if one.key < ticket.key]
    if not others:
        return []
    if not view.full:
        return [say.field("earlier", str(len(others)))]
    return [say.field("earlier", _in_a_line(view, one)) for one in others[:EARLIER_SHOWN]]


def _in_a_line(view: View, ticket: Ticket) -> str:
    crm, say = view.crm, view.say
    first = next((crm.tickets.text(note) for note in crm.tickets.notes(ticket) if note.kind == "text"), "")
    day = say.day(ticket.created_at.astimezone(crm.shop.zone).date())
    return say.listed([ticket.number, day, say.ticket_state(ticket.state), first[:40]])


def _undecided(task: Task) -> bool:
    return task.kind == "ticket_undecided"


def called(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """Somebody has spoken with the owner: the first clock stops."""
    ticket = _ticket_of(crm, task, say)
    answer = noted(crm, staff, task, say, crm.tasks.note(task, staff.key, "ticket_called"))
    crm.tickets.contacted(ticket)
    return answer


def solved(crm: Crm, staff: Staff, task: Task, say: StaffSay, words: str) -> str:
    """What was done, in words; the owner is asked. Only who took it, or a manager."""
    return solve(crm, staff, _ticket_of(crm, task, say), say, words.strip())


def unanswered(crm: Crm, staff: Staff, task: Task, say: StaffSay, words: str) -> str:
    """The owner never answered: the manager ends it, with the reason."""
    return end_unanswered(crm, staff, _ticket_of(crm, task, say), say, words.strip())


def again(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """The manager would rather go on with it."""
    ticket = _ticket_of(crm, task, say)
    if staff.role not in _MANAGERS:
        raise Refused(say.for_the_manager())
    if not crm.tickets.reopen(ticket):
        raise Refused(say.already_over())
    crm.tasks.close_ticket(ticket.key, "ticket_again")
    crm.tasks.open_ticket(ticket, "ticket")
    return say.noted()


def solved_in_chat(crm: Crm, member: Staff, found: re.Match[str], say: StaffSay) -> str:
    """解决 T17 换了密封条."""
    return _in_chat(crm, member, found, say, solve)


def ended_in_chat(crm: Crm, member: Staff, found: re.Match[str], say: StaffSay) -> str:
    """结案 T17 多次联系不上."""
    return _in_chat(crm, member, found, say, end_unanswered)


def _in_chat(crm: Crm, member: Staff, found: re.Match[str], say: StaffSay, do: _Worded) -> str:
    ticket = crm.tickets.find(int(found[1]))
    if ticket is None or not member.sees_store(ticket.store_id):
        return say.no_such_ticket(f"T{found[1]}")
    try:
        return do(crm, member, ticket, say, found[2].strip())
    except Refused as refusal:
        return str(refusal)


def solve(crm: Crm, staff: Staff, ticket: Ticket, say: StaffSay, what: str) -> str:
    if not what:
        raise Refused(say.how_to_solve(ticket.number))
    _may_work_on(crm, staff, ticket, say)
    crm.tickets.contacted(ticket)
    if not crm.tickets.solved(ticket, staff.key, what):
        raise Refused(say.already_over())
    crm.tasks.close_ticket(ticket.key, "ticket_solved")
    ask_if_solved(crm, ticket, what)
    return say.owner_is_asked()


def end_unanswered(crm: Crm, staff: Staff, ticket: Ticket, say: StaffSay, why: str) -> str:
    if staff.role not in _MANAGERS:
        raise Refused(say.for_the_manager())
    if not why:
        raise Refused(say.how_to_solve(ticket.number, undecided=True))
    if not crm.tickets.leave_unanswered(ticket, why):
        raise Refused(say.not_to_be_ended(ticket.number))
    crm.tasks.close_ticket(ticket.key, "ticket_unanswered")
    return say.noted()


def _may_work_on(crm: Crm, staff: Staff, ticket: Ticket, say: StaffSay) -> None:
    mine = any(task.taken_by == staff.key for task in crm.tasks.of_ticket(ticket.key))
    if not mine and staff.role not in _MANAGERS:
        raise Refused(say.take_it_first())


def _ticket_of(crm: Crm, task: Task, say: StaffSay) -> Ticket:
    told = task.told()
    if task.kind not in KINDS or "ticket" not in told:
        raise Refused(say.unknown_button())
    if task.status not in UNFINISHED:
        raise Refused(say.already_over())
    return crm.tickets.get(told["ticket"])


def _work(view: View) -> Rows:
    return (("ticket_called", "ticket_solved"), ("not_reachable", "give_back"))


_KIND = CardKind(lines, tone="alarm", after_taking=_work)
KINDS = {
    "ticket": _KIND,
    "ticket_reopened": _KIND,
    "ticket_late_contact": _KIND,
    "ticket_late_solution": _KIND,
    "ticket_undecided": CardKind(
        lines, tone="warn", after_taking=lambda view: (("ticket_unanswered", "ticket_again"), ("give_back",))
    ),
}
ACTIONS = {"ticket_called": called, "ticket_again": again}
WORDED = {"ticket_solved": solved, "ticket_unanswered": unanswered}
COMMANDS = (
    (re.compile(r"^\s*(?:解决|已解决|solved)\s*[Tt#]?(\d{1,9})\b[\s，,：:]*(.*)$", re.S | re.I), solved_in_chat),
    (re.compile(r"^\s*(?:结案|end)\s*[Tt#]?(\d{1,9})\b[\s，,：:]*(.*)$", re.S | re.I), ended_in_chat),
)
