"""Whom a step of a journey is for: one statement each. Cost grows with the audience, not with the store.

Rows of owner_id, vehicle_id, plate, name, anchor (the day that the journey counts from), occurrence and told_lately.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Select, String, and_, case, cast, false, func, literal, null, or_, union_all
from sqlalchemy import select as core_select

from core.birthdays import born_on
from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import table_of
from storage.figures import FIGURES
from storage.late_cards import LATE_CARDS
from storage.owners import OWNERS
from storage.steps import SEND, TASK, Step
from storage.vehicles import TIES, VEHICLES
from storage.visits import CANCELLED, COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

STEPS = table_of(Step)
NEVER = false()
JUST_TOLD = timedelta(days=30)  # a due day that moved a little is no new reason to write


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the step, and the days to count from, later than `after` and up to `until`; of those owners only.

    most: rows of one answer; asking again after they were decided gives the next. waited: those whose card waits too.
    """

    journey: str
    step: str
    after: date | None
    until: date
    owners: Sequence[int] | None = None
    outdated: date | None = None  # from that day to count from and before, the step is of no use any more
    most: int | None = None
    waited: bool = False

    @property
    def useful(self) -> Look:
        """The same, where nobody is told of what was over before somebody looked."""
        return replace(self, after=self.outdated) if self.after is None else self


Audience = Callable[["Crm", Look], list[Any]]


def due_cars(crm: Crm, look: Look) -> list[Any]:
    """Cars whose maintenance is due, each with the one owner who is told: not booked, and not seen since shortly
    before. Anchor: the due day."""
    anchor, occurrence = VEHICLES.c.due_on, "vehicle " + as_text(VEHICLES.c.id) + " / " + as_text(VEHICLES.c.due_on)
    seen = core_select(VISITS.c.id).where(
        VISITS.c.vehicle_id == VEHICLES.c.id,
        VISITS.c.status != CANCELLED,
        VISITS.c.visited_on >= _days_before(crm, VEHICLES.c.due_on, 7),
    )
    left_alone = (~seen.exists(), ~booked_car(crm).exists())
    return list(crm.connection.execute(of_cars(crm, look, anchor, occurrence, *left_alone)))


def new_cars(crm: Crm, look: Look) -> list[Any]:
    """Cars bought lately. Anchor: the day of purchase."""
    occurrence = "vehicle " + as_text(VEHICLES.c.id) + " / " + as_text(VEHICLES.c.purchased_on)
    return list(crm.connection.execute(of_cars(crm, look, VEHICLES.c.purchased_on, occurrence)))


def birthdays(crm: Crm, look: Look) -> list[Any]:
    """Owners whose birthday came. Anchor: that day; further back than yesterday only where no day was missed before."""
    yesterday = look.until - timedelta(days=1)
    first = yesterday if look.after is None else look.after + timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((look.until - first).days + 1)]
    return [row for day in days for row in _born_on(crm, look, day)][: look.most]


def _born_on(crm: Crm, look: Look, day: date) -> list[Any]:
    anchor, occurrence = literal(day, Date), as_text(OWNERS.c.id) + f":{day.year}"
    query = (
        core_select(OWNERS.c.id.label("owner_id"), null().label("vehicle_id"), null().label("plate"), OWNERS.c.name)
        .add_columns(anchor.label("anchor"), occurrence.label("occurrence"), false().label("told_lately"))
        .where(OWNERS.c.birthday.in_(born_on(day)), *undecided(look, occurrence))
    )
    return list(crm.connection.execute(query.order_by(OWNERS.c.id).limit(look.most)))


def away(crm: Crm, look: Look) -> list[Any]:
    """Owners who stay away, none of whose cars is expected. Anchor: the last day on which any of them was here.

    Their figures tell whom to look at, by an index; what counts is what the visits say now.
    """
    last = last_seen(look)
    occurrence = "owner " + as_text(OWNERS.c.id) + " / " + as_text(last.c.day)
    query = (
        core_select(*row_of(last.c.day, occurrence))
        .select_from(
            last.join(OWNERS, OWNERS.c.id == last.c.owner_id).outerjoin(VEHICLES, VEHICLES.c.id == last.c.vehicle_id)
        )
        .where(last.c.n == 1, *wanted(look, last.c.day, occurrence), ~expected(crm).exists())
    )
    return list(crm.connection.execute(query.order_by(OWNERS.c.id).limit(look.most)))


def of_cars(crm: Crm, look: Look, anchor: Any, occurrence: Any, *also: ColumnElement[bool]) -> Select[Any]:
    """Cars on record, each with the one who is told about it: its owner before its driver, who came first."""
    rank = case((TIES.c.role == "owner", 0), else_=1)
    first = func.row_number().over(partition_by=TIES.c.vehicle_id, order_by=[rank, TIES.c.id])
    ranked = (
        core_select(*row_of(anchor, occurrence, _told_lately(crm, look)), first.label("n"))
        .select_from(
            VEHICLES.join(TIES, TIES.c.vehicle_id == VEHICLES.c.id).join(OWNERS, OWNERS.c.id == TIES.c.owner_id)
        )
        .where(TIES.c.until.is_(None), TIES.c.role != "provisional", *_cars_of(look.owners), *also)
        .where(*wanted(replace(look, owners=None), anchor, occurrence))
        .subquery()
    )
    return core_select(ranked).where(ranked.c.n == 1).order_by(ranked.c.vehicle_id).limit(look.most)


def row_of(anchor: Any, occurrence: Any, told_lately: ColumnElement[bool] = NEVER) -> tuple[Any, ...]:
    return (
        OWNERS.c.id.label("owner_id"),
        VEHICLES.c.id.label("vehicle_id"),
        VEHICLES.c.plate,
        OWNERS.c.name,
        anchor.label("anchor"),
        occurrence.label("occurrence"),
        told_lately.label("told_lately"),
    )


def wanted(look: Look, anchor: Any, occurrence: Any) -> list[ColumnElement[bool]]:
    """Their day has come, and this step about it is not decided."""
    since = [anchor > look.after] if look.after is not None else []
    return [anchor <= look.until, *since, *undecided(look, occurrence)]


def undecided(look: Look, occurrence: Any) -> list[ColumnElement[bool]]:
    """Owners on record about whom this step is not decided, and whose card for it does not wait for room."""
    decided = core_select(STEPS.c.id).where(
        STEPS.c.journey == look.journey, STEPS.c.step == look.step, STEPS.c.occurrence == occurrence
    )
    waits = core_select(LATE_CARDS.c.id).where(
        LATE_CARDS.c.journey == look.journey,
        LATE_CARDS.c.step == look.step,
        LATE_CARDS.c.owner_id == OWNERS.c.id,
        LATE_CARDS.c.given_on.is_(None),
    )
    at_rest = [] if look.waited else [~waits.exists()]
    return [OWNERS.c.status == "active", ~decided.exists(), *at_rest, _among(OWNERS.c.id, look.owners)]


def _cars_of(owners: Sequence[int] | None) -> list[ColumnElement[bool]]:
    """The cars of those owners: whoever of them is told about it."""
    if owners is None:
        return []
    tied = core_select(TIES.c.vehicle_id).where(TIES.c.owner_id.in_(owners), TIES.c.until.is_(None))
    return [VEHICLES.c.id.in_(tied)]


def last_seen(look: Look) -> Any:
    """Of everybody who may be meant: each day on which they were here and the car, `n` = 1 for the newest."""
    seen = _seen(look.owners if look.owners is not None else _last_seen_in(look)).subquery("seen")
    newest = func.row_number().over(partition_by=seen.c.owner_id, order_by=[seen.c.day.desc(), seen.c.vehicle_id])
    return core_select(seen, newest.label("n")).subquery("last")


def _last_seen_in(look: Look) -> Any:
    since = [FIGURES.c.last_visit_on > look.after] if look.after is not None else []
    return core_select(FIGURES.c.owner_id).where(FIGURES.c.last_visit_on <= look.until, *since)


def _seen(owners: Any) -> Any:
    """Every day on which somebody's car was here, as a visit or as the car's record says."""
    own = core_select(VISITS.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id).where(
        VISITS.c.status == COMPLETED, VISITS.c.owner_id.is_not(None), _among(VISITS.c.owner_id, owners)
    )
    tied = and_(TIES.c.until.is_(None), _among(TIES.c.owner_id, owners))
    cars = (
        core_select(TIES.c.owner_id, VISITS.c.visited_on.label("day"), VISITS.c.vehicle_id)
        .join(VISITS, VISITS.c.vehicle_id == TIES.c.vehicle_id)
        .where(tied, VISITS.c.status == COMPLETED)
    )
    recorded = (
        core_select(TIES.c.owner_id, VEHICLES.c.last_service_on.label("day"), TIES.c.vehicle_id)
        .join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id)
        .where(tied, VEHICLES.c.last_service_on.is_not(None))
    )
    return union_all(own, cars, recorded)


def _among(column: Any, owners: Any) -> ColumnElement[bool]:
    return column.in_(owners) if owners is not None else literal(True)


def expected(crm: Crm) -> Any:
    """An appointment of the owner's, or for a car of theirs, that is still to come."""
    cars = core_select(TIES.c.vehicle_id).where(TIES.c.owner_id == OWNERS.c.id, TIES.c.until.is_(None))
    return (
        core_select(APPOINTMENTS.c.id)
        .where(APPOINTMENTS.c.status == BOOKED, APPOINTMENTS.c.starts_at >= crm.now)
        .where(or_(APPOINTMENTS.c.owner_id == OWNERS.c.id, APPOINTMENTS.c.vehicle_id.in_(cars.correlate(OWNERS))))
        .correlate(OWNERS)
    )


def booked_car(crm: Crm) -> Any:
    """An appointment for that car that is still to come."""
    return core_select(APPOINTMENTS.c.id).where(
        APPOINTMENTS.c.vehicle_id == VEHICLES.c.id, APPOINTMENTS.c.status == BOOKED, APPOINTMENTS.c.starts_at >= crm.now
    )


def _told_lately(crm: Crm, look: Look) -> ColumnElement[bool]:
    """Whether the same step about this car went out a moment ago, for a day that has moved since."""
    told = core_select(STEPS.c.id).where(
        STEPS.c.journey == look.journey,
        STEPS.c.step == look.step,
        STEPS.c.vehicle_id == VEHICLES.c.id,
        STEPS.c.decision.in_((SEND, TASK)),
        STEPS.c.at > crm.now - JUST_TOLD,
    )
    return told.exists()


def _days_before(crm: Crm, day: Any, days: int) -> Any:
    return func.date(day, f"-{days} days", type_=Date) if crm.is_sqlite else day - days


def as_text(column: Any) -> Any:
    return cast(column, String)
