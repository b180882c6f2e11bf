"""What /metrics tells: how many of each there are, and how long the oldest has waited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, func, select

from core.messages import Rank
from storage.appointments import APPOINTMENTS
from storage.drafts import DRAFTS
from storage.messages import MESSAGES_IN
from storage.outbox_rows import ATTEMPTS, OUTBOX, WAITING
from storage.owners import Owner
from storage.tasks import TASKS

if TYPE_CHECKING:
    from storage.crm import Crm

OWNERS = Owner.__table__  # type: ignore[attr-defined]
Sample = tuple[str, dict[str, str], float]  # name, labels, value


def gauges(crm: Crm) -> Iterator[Sample]:
    """Every figure that comes from the store."""
    yield from _counted(crm, "huiche_messages_in_total", MESSAGES_IN.c.channel, MESSAGES_IN.c.state)
    yield from _outbox(crm)
    yield from _counted(crm, "huiche_delivery_setbacks_total", ATTEMPTS.c.outcome)
    yield from _counted(crm, "huiche_appointments", APPOINTMENTS.c.status)
    yield from _counted(crm, "huiche_tasks", TASKS.c.kind, TASKS.c.status)
    yield from _counted(crm, "huiche_owners", OWNERS.c.status)
    yield from _counted(crm, "huiche_drafts", DRAFTS.c.state, DRAFTS.c.made_by)
    yield from _draft_cost(crm)


def _outbox(crm: Crm) -> Iterator[Sample]:
    query = select(OUTBOX.c.state, OUTBOX.c.rank, func.count()).group_by(OUTBOX.c.state, OUTBOX.c.rank)
    for state, rank, number in crm.connection.execute(query):
        yield "huiche_outbox", {"state": state, "rank": _rank(rank)}, number
    oldest = select(func.min(OUTBOX.c.due_at)).where(OUTBOX.c.state.in_(WAITING), OUTBOX.c.due_at <= crm.now)
    since: Any = crm.connection.execute(oldest).scalar()
    yield "huiche_outbox_oldest_waiting_seconds", {}, (crm.now - since).total_seconds() if since else 0.0


def _draft_cost(crm: Crm) -> Iterator[Sample]:
    sums = [func.coalesce(func.sum(DRAFTS.c[name]), 0) for name in ("tokens_in", "tokens_out", "seconds", "distance")]
    tokens_in, tokens_out, seconds, distance = crm.connection.execute(select(*sums)).one()
    yield "huiche_draft_tokens_total", {"direction": "in"}, float(tokens_in)
    yield "huiche_draft_tokens_total", {"direction": "out"}, float(tokens_out)
    yield "huiche_draft_seconds_total", {}, float(seconds)
    yield "huiche_draft_edited_characters_total", {}, float(distance)


def _counted(crm: Crm, name: str, *by: Column[Any]) -> Iterator[Sample]:
    for *values, number in crm.connection.execute(select(*by, func.count()).group_by(*by)):
        yield name, {column.name: str(value) for column, value in zip(by, values, strict=True)}, number


def _rank(number: int) -> str:
    return Rank(number).name.lower() if number in Rank._value2member_map_ else str(number)
