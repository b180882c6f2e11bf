"""Right after a complaint: more about it, and where it stands, without the word complaint."""

from __future__ import annotations

import re
from datetime import timedelta

from core.messages import Kind
from core.understanding.substance import has_substance
from flows.complaint import add, progress
from flows.spoken import words_of
from flows.turn import Turn
from storage.tickets import OPEN, Ticket

MORE_WITHIN = timedelta(minutes=30)
_SAYS_MORE = {"unknown", "answer"}
_ASKS_FOR_MORE_THAN_THAT = {"date", "time", "part_of_day", "service", "phone", "name"}
_IGNORED = re.compile(
    r"没(?:有)?人(?:理|联系|回|管|打|找)|怎么还(?:没|不)(?:有?人|来|回|联系|处理|解决|打)"
    r"|\b(?:nobody|no one) (?:has )?(?:call|answer|repl)",
    re.IGNORECASE,
)


def hears_more(turn: Turn) -> bool:
    """Words outside any flow that go to the complaint that was just made; False where they do not."""
    ticket = _just_made(turn)
    if ticket is None:
        return False
    words = words_of(turn)
    if _IGNORED.search(words):
        progress(turn)
        return True
    asks_for_more = _ASKS_FOR_MORE_THAN_THAT & turn.understood.slots.keys()
    if turn.understood.intent not in _SAYS_MORE or asks_for_more or not has_substance(words):
        return False
    add(turn.crm, ticket, words)
    turn.tell(turn.say.added_to_ticket(ticket.number))
    return True


def _just_made(turn: Turn) -> Ticket | None:
    if turn.inbound.kind is not Kind.TEXT or turn.chosen or turn.argument or turn.talk.owner_id is None:
        return None
    ticket = turn.crm.tickets.unsettled(turn.talk.owner_id)
    if ticket is None or ticket.state != OPEN or ticket.contacted_at is not None:
        return None
    return ticket if turn.now - ticket.created_at <= MORE_WITHIN else None
