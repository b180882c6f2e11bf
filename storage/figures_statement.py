"""The figures of many owners in one statement: visits, spend, when they came last, and when to look again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, case, cast, func, or_, true
from sqlalchemy import select as core_select

from core.grades import WINDOW
from storage.appointments import APPOINTMENTS, BOOKED
from storage.columns import Moment
from storage.days import days_after, earliest, latest, listed, months_later, utc_day
from storage.grading import Rulebook, ago, grade_on, level_by, new_on, old_on, on, turns_on
from storage.owners import OWNERS
from storage.vehicles import TIES, VEHICLES
from storage.visits import COMPLETED, VISITS

Column = ColumnElement[Any]
Whose = Callable[[Column], Column]  # the condition on an owner's number: whom a statement is about


def these(number: Column) -> Column:
    """Owners by number: a JSON array is bound as `ids`."""
    given = listed(bindparam("ids", type_=String())).table_valued("value")
    return number.in_(core_select(cast(given.c.value, Integer)))


def between(number: Column) -> Column:
    """Owners by a range of numbers, bound as `first` and `last`."""
    return number.between(bindparam("first", type_=Integer()), bindparam("last", type_=Integer()))


def said_again(whose: Whose, number: Column) -> Column:
    """The same of a joined table's number: PostgreSQL then reads that range of it instead of the whole table."""
    return whose(number) if whose is between else true()


def figures(book: Rulebook, whose: Whose) -> Any:
    """One row per active owner of `whose`: the columns of `owner_figures`, `level` beside the `churn_level` that is
    kept, and `alert_next_on`, the first later day on which the level may be another. `booked_since` is bound: from when
    on a booking still counts as an answer, besides the days of `days_of`."""
    seen = _seen(_own(whose), _cars(book, whose))
    measures = (seen.c.last_visit_on, seen.c.visits_12m, seen.c.spend_12m_fen)
    graded = core_select(
        seen,
        grade_on(book.grades, *measures).label("grade"),
        new_on(book.stages, seen.c.first_visit_on, seen.c.created_at).label("is_new"),
    ).subquery("graded")
    return _with_next_days(book, graded)


def _seen(own: Any, cars: Any) -> Any:
    """Both together, a row per owner."""
    last = latest(own.c.last_on, cars.c.seen_on)
    joined = core_select(
        own, last.label("last_visit_on"), func.coalesce(own.c.first_on, last).label("first_visit_on"),
        cars.c.overdue_on, cars.c.alert_next_on,
    ).select_from(own.outerjoin(cars, cars.c.owner_id == own.c.owner_id))  # fmt: skip
    return joined.cte("seen").prefix_with("MATERIALIZED")  # or SQLite reckons each column anew wherever it is named


def _with_next_days(book: Rulebook, graded: Any) -> Any:
    c = graded.c
    turn = turns_on(book.grades, c.last_visit_on, c.visits_12m, c.spend_12m_fen, c.grade)
    old = old_on(book.stages, c.first_visit_on, c.created_at, c.is_new)
    away = c.last_visit_on <= on("watched")
    watched = case((~away, months_later(c.last_visit_on, book.churn.watch_months)))
    return core_select(
        c.owner_id, c.last_visit_on, c.first_visit_on, c.visits_12m, c.spend_12m_fen, c.visits_total,
        c.spend_total_fen, c.last_rating, c.overdue_on,
        earliest(turn, months_later(c.oldest_on, WINDOW), old).label("next_change_on"),
        earliest(watched, c.alert_next_on).label("alert_next_on"),
        c.churn_level, level_by(book.churn, c.last_rating, c.overdue_on, away).label("level"),
    )  # fmt: skip


def _own(whose: Whose) -> Any:
    """What their own completed visits come to."""
    visit, counts = VISITS.alias("v"), VISITS.c.visited_on
    recent = visit.c.visited_on > on("window")
    newest = (
        core_select(VISITS.c.rating)
        .where(VISITS.c.owner_id == OWNERS.c.id, VISITS.c.status == COMPLETED)
        .order_by(counts.desc(), VISITS.c.id.desc())
        .limit(1)
        .correlate(OWNERS)
        .scalar_subquery()
    )
    total = func.coalesce(func.sum(visit.c.amount_fen), 0)
    query = core_select(
        OWNERS.c.id.label("owner_id"), OWNERS.c.created_at,
        func.count(visit.c.id).label("visits_total"), total.label("spend_total_fen"),
        func.count(case((recent, 1))).label("visits_12m"),
        func.coalesce(func.sum(case((recent, visit.c.amount_fen))), 0).label("spend_12m_fen"),
        func.min(case((recent, visit.c.visited_on))).label("oldest_on"),
        func.min(visit.c.visited_on).label("first_on"), func.max(visit.c.visited_on).label("last_on"),
        newest.label("last_rating"), OWNERS.c.churn_level,
    ).select_from(
        OWNERS.outerjoin(
            visit,
            and_(visit.c.owner_id == OWNERS.c.id, visit.c.status == COMPLETED, said_again(whose, visit.c.owner_id)),
        )
    ).where(whose(OWNERS.c.id), OWNERS.c.status == "active").group_by(OWNERS.c.id)  # fmt: skip
    return query.subquery("own")


def _cars(book: Rulebook, whose: Whose) -> Any:
    """What their cars' records know: when one was here last, since when one is overdue, when to look again."""
    lead = book.churn.risk_overdue_days
    overdue, tomorrow = VEHICLES.c.due_on <= ago(lead), on("tomorrow")
    each = (
        core_select(
            TIES.c.owner_id, VEHICLES.c.last_service_on, VEHICLES.c.due_on,
            came_on().label("came_on"), case((overdue, _booked())).label("booked_on"), overdue.label("overdue"),
        )
        .select_from(TIES.join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id))
        .where(whose(TIES.c.owner_id), TIES.c.until.is_(None))
        .cte("each_car")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    silent = and_(each.c.overdue, or_(each.c.came_on.is_(None), each.c.came_on < each.c.due_on))
    booked = case((each.c.booked_on > tomorrow, each.c.booked_on), else_=tomorrow)
    look = case(
        (and_(silent, each.c.booked_on.is_not(None)), booked),
        (~each.c.overdue, days_after(each.c.due_on, lead)),
    )
    return (
        core_select(
            each.c.owner_id,
            func.max(latest(each.c.came_on, each.c.last_service_on)).label("seen_on"),
            func.min(case((and_(silent, each.c.booked_on.is_(None)), each.c.due_on))).label("overdue_on"),
            func.min(look).label("alert_next_on"),
        )
        .where(true())
        .group_by(each.c.owner_id)
        .subquery("cars")
    )


def came_on() -> Any:
    """When the car was here last."""
    return (
        core_select(func.max(VISITS.c.visited_on))
        .where(VISITS.c.vehicle_id == TIES.c.vehicle_id, VISITS.c.status == COMPLETED)
        .correlate(TIES)
        .scalar_subquery()
    )


def _booked() -> Any:
    """The day in UTC of the last booking for the car that still counts as an answer."""
    return (
        core_select(utc_day(func.max(APPOINTMENTS.c.starts_at)))
        .where(
            APPOINTMENTS.c.vehicle_id == VEHICLES.c.id,
            APPOINTMENTS.c.status == BOOKED,
            APPOINTMENTS.c.starts_at >= bindparam("booked_since", type_=Moment()),
        )
        .correlate(VEHICLES)
        .scalar_subquery()
    )
