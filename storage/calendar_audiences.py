"""Whom the days of a calendar are for: birthdays of owners and cars, inspections, festivals.

The look's own days are bound as `days`, and each row's anchor is one of them. Nobody is told of a day that was over
before somebody looked for it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, bindparam, extract, false, null, or_, true
from sqlalchemy import select as core_select

from core.birthdays import born_on
from core.holidays import shipped
from core.inspections import OLDEST, bought_for, is_marked, month_ends
from storage.audiences import as_text, booked_car, of_cars, undecided
from storage.days import every_day, in_year, listed, written_day
from storage.figures_statement import these
from storage.looks import Look, Part
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.vehicles import VEHICLES
from storage.walks import cars_of_dates, everybody, owners_of_dates, part, written

if TYPE_CHECKING:
    from storage.crm import Crm

BOUGHT = VEHICLES.c.purchased_on
_DAYS = listed(bindparam("days", type_=String())).table_valued("value", name="days")
DAY = written_day(_DAYS.c.value)


def birthdays(crm: Crm, look: Look) -> Part:
    """Owners whose birthday came. Anchor: that day; further back than yesterday only where no day was missed before."""
    first = look.until - timedelta(days=1) if look.after is None else look.since
    return part(crm, look, owners_of_dates(OWNERS.c.birthday), _birthdays(), **round_days(look, first))


def anniversaries(crm: Crm, look: Look) -> Part:
    """Cars bought a full number of years before. Anchor: the day in its year."""
    look = look.useful
    return part(crm, look, cars_of_dates(BOUGHT), _anniversaries(), **round_days(look, first_useful(look)))


def inspections(crm: Crm, look: Look) -> Part:
    """Cars whose mark ends, and that are not expected. Anchor: its last day."""
    ends = month_ends(first_useful(look) - timedelta(days=1), look.until)
    days = {"days": written(ends), "dates": _bought_for(tuple(ends))}
    return part(crm, look.useful, cars_of_dates(BOUGHT), _inspections(), **days) if ends else Part([])


def festivals(crm: Crm, look: Look) -> Part:
    """Everybody, on the last working day before a festival. Anchor: that working day."""
    calendar = crm.shop.policy.gate.calendar or shipped()
    eves = [eve for eve, _ in calendar.greeted(look.useful.after, look.until)]
    return part(crm, look, everybody(), _festivals(), days=written(eves)) if eves else Part([])


@cache
def _birthdays() -> Prepared:
    occurrence = as_text(OWNERS.c.id) + ":" + as_text(extract("year", DAY))
    return _people(comes_round(OWNERS.c.birthday), occurrence)


@cache
def _anniversaries() -> Prepared:
    years = extract("year", DAY) - extract("year", BOUGHT)
    return Prepared(of_cars(DAY, years > 0, cars=on_days(VEHICLES, comes_round(BOUGHT))))


@cache
def _inspections() -> Prepared:
    month, years = extract("month", DAY) == extract("month", BOUGHT), extract("year", DAY) - extract("year", BOUGHT)
    marked = or_(*(years == number for number in range(1, OLDEST) if is_marked(number)))
    return Prepared(of_cars(DAY, marked, ~booked_car().exists(), cars=on_days(VEHICLES, month)))


@cache
def _festivals() -> Prepared:
    return _people(true(), "owner " + as_text(OWNERS.c.id) + " / " + as_text(DAY))


def _people(when: ColumnElement[bool], occurrence: Any) -> Prepared:
    """Owners without a car of theirs."""
    query = (
        core_select(OWNERS.c.id.label("owner_id"), null().label("vehicle_id"), null().label("plate"), OWNERS.c.name)
        .add_columns(DAY.label("anchor"), occurrence.label("occurrence"), false().label("told_lately"))
        .select_from(on_days(OWNERS, when))
        .where(these(OWNERS.c.id), *undecided(occurrence))
    )
    return Prepared(query.order_by(DAY, OWNERS.c.id))


def on_days(nouns: Any, when: ColumnElement[bool]) -> Any:
    """Owners or cars, each with those of `days` on which that holds."""
    return nouns.join(_DAYS, when)


def comes_round(column: Any) -> ColumnElement[bool]:
    """The day is the one on which that day comes round in its year."""
    holds: ColumnElement[bool] = in_year(column, extract("year", DAY)) == DAY
    return holds


def first_useful(look: Look) -> date:
    after = look.useful.after
    return after + timedelta(days=1) if after else look.until


def round_days(look: Look, first: date) -> dict[str, str]:
    """The look's days from the first on, as `days` are bound; and as `dates`, whatever comes round on one of them."""
    days = every_day(first, look.until)
    return {"days": written(days), "dates": births(first, look.until) if look.owners is None else ""}


@lru_cache(64)
def births(first: date, last: date) -> str:
    return written(born for day in every_day(first, last) for born in born_on(day))


@lru_cache(64)
def _bought_for(ends: tuple[date, ...]) -> str:
    months = (every_day(first, last) for end in ends for first, last in bought_for(end))
    return written(day for month in months for day in month)
