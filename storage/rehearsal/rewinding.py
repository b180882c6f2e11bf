"""Takes a copy back to the morning of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func
from sqlalchemy import select as core_select

from storage.appointment_rows import APPOINTMENTS
from storage.crm import Crm
from storage.rehearsal import decided, people, talks, workshop
from storage.rehearsal.later import Later, Morning
from storage.steps import SEND, STEPS
from storage.tickets import TICKETS
from storage.touched import TOUCHED

DUE_AT = ("starts_at", "contact_by", "solve_by")  # columns of moments at which somebody is waited for


@dataclass(frozen=True, slots=True)
class Rewound:
    """What comes later, in order; cars whose due day is to be reckoned anew; owners to be looked at again."""

    later: list[Later]
    cars: set[int]
    owners: list[int]


def rewind(crm: Crm, day: date) -> Rewound:
    """The store as it was as that day began, as far as it can tell. The clock of `crm` must stand there."""
    morning = Morning(crm.connection, day, crm.shop.zone)
    waited = decided.take_away(morning)
    people.go_back(morning)  # before the visits: who was known is told by them
    cars = workshop.go_back(morning)
    talks.go_back(morning)
    return Rewound(sorted(morning.later, key=lambda one: one.at), cars, waited)


def begin(crm: Crm, owners: Sequence[int]) -> None:
    """Once the due days are reckoned: everybody's figures as of that morning, and news of these owners alone."""
    crm.session.flush()
    crm.figures.recompute()
    crm.connection.execute(delete(TOUCHED))
    if owners:
        crm.connection.execute(TOUCHED.insert(), [{"owner_id": number} for number in owners])


def kept_back(crm: Crm, since: datetime) -> dict[str, int]:
    """Messages decided since then that the gate did not let out, by its reason."""
    mine = (STEPS.c.at >= since, STEPS.c.decision == SEND, STEPS.c.left_at.is_(None), STEPS.c.reason != "")
    query = core_select(STEPS.c.reason, func.count()).where(*mine).group_by(STEPS.c.reason)
    return {row[0]: row[1] for row in crm.connection.execute(query.order_by(STEPS.c.reason))}


def moments_of(crm: Crm, since: datetime, until: datetime) -> list[datetime]:
    """When appointments begin and complaints must be looked after, in that span."""
    columns = [column for table in (APPOINTMENTS, TICKETS) for column in table.c if column.name in DUE_AT]
    queries = (core_select(column).where(column >= since, column < until) for column in columns)
    return [moment for query in queries for moment in crm.connection.execute(query).scalars()]
