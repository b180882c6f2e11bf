"""The clock of a complaint: nobody has called, it is not solved, the owner does not answer. Each is told once."""

from __future__ import annotations

from core.messages import Bubble, Rank, starting
from core.notices import notice
from core.tickets import ASK_AGAIN, LATE_CONTACT, LATE_SOLUTION, STEPS, UNDECIDED, Clock, steps_due
from flows.voice import voice_for
from journeys.items import TickItem
from journeys.step import is_quiet
from storage.crm import Crm
from storage.tickets import Ticket

_CARDS = {LATE_CONTACT: "ticket_late_contact", LATE_SOLUTION: "ticket_late_solution", UNDECIDED: "ticket_undecided"}


def run(crm: Crm) -> list[TickItem]:
    """What is due now, of the tickets for which anything is: one statement while there is nothing."""
    due = ((t, step) for t in crm.tickets.overdue() for step in steps_due(_clock(t), crm.now, crm.shop.policy.care))
    return [item for ticket, step in due if (item := _do(crm, ticket, step))]


def _clock(ticket: Ticket) -> Clock:
    return Clock(
        ticket.state,
        contact_by=ticket.contact_by,
        solve_by=ticket.solve_by,
        contacted_at=ticket.contacted_at,
        solved_at=ticket.solved_at,
        done={step: at for step in STEPS if (at := getattr(ticket, f"{step}_at"))},
    )


def _do(crm: Crm, ticket: Ticket, step: str) -> TickItem | None:
    if step == ASK_AGAIN and is_quiet(crm, Rank.SERVICE):
        return None  # when the quiet hours end
    if not crm.tickets.clock(ticket, f"{step}_at"):
        return None
    if step == ASK_AGAIN:
        ask_if_solved(crm, ticket)
    else:
        crm.tasks.open_ticket(ticket, _CARDS[step], to_manager=True)
    name, decision = f"ticket {ticket.key} / {ticket.reopened}", "send" if step == ASK_AGAIN else "task"
    channel = "" if step == ASK_AGAIN else "staff"
    return TickItem("ticket_clock", step, name, ticket.owner_id, None, channel, decision, "")


def ask_if_solved(crm: Crm, ticket: Ticket, what: str = "") -> None:
    """The owner alone says whether it is; `what` was done, when they hear it for the first time."""
    say = voice_for(crm, ticket.owner_id)
    choices = (
        starting("ticket_answer", say.it_is_solved(), f"{ticket.key}.yes"),
        starting("ticket_answer", say.not_solved_yet(), f"{ticket.key}.no"),
    )
    text = say.is_it_solved(ticket.number, what) if what else say.still_waiting_for_answer(ticket.number)
    bubble = Bubble(text, choices, notice=notice("complaint", crm.shop.zone, number=ticket.number))
    crm.outbox.tell_owner(ticket.owner_id, bubble, Rank.SERVICE, crm.shop.policy.care.message_life)
