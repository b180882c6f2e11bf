"""The scoreboard: what the store's rows say of each advisor's month."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_
from sqlalchemy import select as core_select

from core.deadlines import open_time
from core.due import months_after
from core.scoreboard import Score, ranked
from storage.appointments import APPOINTMENTS, ARRIVED, BOOKED
from storage.appointments import DONE as SERVED
from storage.leases import FINISHED, LAPSED, LEASES
from storage.owners import OWNERS
from storage.task_rows import TASKS
from storage.vehicles import TIES
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

OWN_WORK = ("reminder",)  # cards that somebody made for themselves: no answer to anybody
_FIELDS = 4  # name, phone, birthday, a car


def scoreboard(crm: Crm, month: date, store_id: int | None = None) -> list[Score]:
    """The advisors' month (any day of it), the best first; leases count for the month in which they began."""
    people = [one for one in crm.staff.all() if one.role == "advisor" and store_id in (None, one.store_id)]
    scores = {one.key: Score(one.key, one.name, one.store_id) for one in people}
    for row in _leases(crm, month.replace(day=1)):
        if row.staff_id in scores:
            _count(crm, scores[row.staff_id], row)
    for row in crm.connection.execute(_records()):
        if row.advisor_id in scores:
            scores[row.advisor_id].filled, scores[row.advisor_id].wanted = row.filled, row.owners * _FIELDS
    return ranked(list(scores.values()))


def _leases(crm: Crm, first: date) -> list[Any]:
    """Every lease of the month with its task, whether it is the task's first, and whether the owner came of it."""
    begins, ends = (_midnight(crm, day) for day in (first, months_after(first, 1)))
    until = ends + crm.shop.policy.desk.saved_within
    earlier = LEASES.alias("earlier")
    before = core_select(earlier.c.id).where(earlier.c.task_id == LEASES.c.task_id, earlier.c.id < LEASES.c.id)
    booked = core_select(APPOINTMENTS.c.id).where(
        APPOINTMENTS.c.owner_id == TASKS.c.owner_id,
        APPOINTMENTS.c.status.in_((BOOKED, ARRIVED, SERVED)),
        APPOINTMENTS.c.created_at >= LEASES.c.taken_at,
        APPOINTMENTS.c.created_at < until,
    )
    came = core_select(VISITS.c.id).where(
        VISITS.c.owner_id == TASKS.c.owner_id,
        VISITS.c.status == COMPLETED,
        VISITS.c.visited_on >= first,
        VISITS.c.created_at >= LEASES.c.taken_at,
        VISITS.c.created_at < until,
    )
    query = (
        core_select(
            LEASES.c.staff_id,
            LEASES.c.taken_at,
            LEASES.c.ended_as,
            TASKS.c.kind,
            TASKS.c.store_id,
            TASKS.c.created_at,
            (~before.exists()).label("is_first"),
            or_(booked.exists(), came.exists()).label("saved"),
        )
        .join(TASKS, TASKS.c.id == LEASES.c.task_id)
        .where(LEASES.c.taken_at >= begins, LEASES.c.taken_at < ends)
    )
    return list(crm.connection.execute(query))


def _count(crm: Crm, score: Score, row: Any) -> None:
    score.done += row.ended_as == FINISHED
    score.lapsed += row.ended_as == LAPSED
    if row.kind == "churn_alert":
        score.alerts += 1
        score.saved += bool(row.saved)
    if row.is_first and row.kind not in OWN_WORK:
        score.responses.append(_minutes(crm, row.store_id, row.created_at, row.taken_at))


def _minutes(crm: Crm, store_id: int | None, since: datetime, until: datetime) -> float:
    if store_id is None:
        return (until - since).total_seconds() / 60
    store = crm.stores.get(store_id)
    waited = open_time(since, until, lambda day: crm.stores.open_spans(store, day), crm.shop.zone)
    return waited.total_seconds() / 60


def _records() -> Any:
    """Per advisor: how many owners are theirs, and how much of what should be known of them is."""
    car = core_select(TIES.c.vehicle_id).where(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None)).exists()
    known = (OWNERS.c.name != "", OWNERS.c.phone_sealed.is_not(None), OWNERS.c.birthday.is_not(None), car)
    filled = sum((func.sum(case((fact, 1), else_=0)) for fact in known[1:]), func.sum(case((known[0], 1), else_=0)))
    return (
        core_select(OWNERS.c.advisor_id, func.count().label("owners"), filled.label("filled"))
        .where(OWNERS.c.advisor_id.is_not(None), OWNERS.c.status == "active")
        .group_by(OWNERS.c.advisor_id)
    )


def _midnight(crm: Crm, day: date) -> datetime:
    return datetime.combine(day, time(), crm.shop.zone)
