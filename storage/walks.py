"""Whom a look is about, by number: found by an index, so many at a time, from where the part before has stopped.

Who they are, and whether the step is for them, is asked of these only. So a part costs what it looks at, and a large
audience costs its size.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, tuple_
from sqlalchemy import select as core_select

from storage.days import listed, written_day
from storage.figures_statement import these
from storage.grading import on
from storage.looks import Look, Part, Place
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.vehicles import TIES, VEHICLES

if TYPE_CHECKING:
    from storage.crm import Crm

Column = ColumnElement[Any]
_MOST, _BEHIND = bindparam("most", type_=Integer()), bindparam("behind_number", type_=Integer())


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows of day and number. `all`: in order, so many from a place on; `some`: those of the owners of `ids`."""

    all: Prepared
    some: Prepared


def part(crm: Crm, look: Look, walk: Walk, who: Prepared, **also: Any) -> Part:
    """The next on that walk, as far as `who` tells of them. also: what the two bind beside the look's own."""
    numbers, place = found(crm, look, walk, **also)
    if not numbers:
        return Part([])
    return Part(who.all(crm.connection, **look.bound(crm.now), **also, ids=json.dumps(numbers)), place)


def found(crm: Crm, look: Look, walk: Walk, **also: Any) -> tuple[list[int], Place | None]:
    """The numbers of the next on that walk, and where it goes on."""
    values = look.bound(crm.now) | also
    if look.owners is not None:
        rows = walk.some.all(crm.connection, ids=json.dumps(list(look.owners)), **values)
        return [row.number for row in rows], None
    rows = walk.all.all(crm.connection, **values)
    return [row.number for row in rows], Place(*rows[-1]) if len(rows) == look.most else None


@lru_cache(8)
def cars_in_time(column: Column) -> Walk:
    """Cars by a day of theirs, one of the look's days."""
    some = _row(column, VEHICLES.c.id).where(_of_owners(), column.between(on("since"), on("until")))
    return Walk(by_day(column, VEHICLES.c.id), Prepared(some))


@lru_cache(8)
def cars_of_dates(column: Column) -> Walk:
    """Cars by a day of theirs, one of `dates`; of some owners all, since it is asked what that day is."""
    cars = _row(column, VEHICLES.c.id)
    return Walk(by_number(cars.where(_of_dates(column))), Prepared(cars.where(_of_owners())))


@lru_cache(8)
def owners_of_dates(column: Column) -> Walk:
    """Owners by a day of theirs, in the same way."""
    return Walk(by_number(_row(column, OWNERS.c.id).where(_of_dates(column))), everybody().some)


@lru_cache(1)
def everybody() -> Walk:
    """Owners, all of them."""
    owners = _row(on("until"), OWNERS.c.id)
    return Walk(by_number(owners), Prepared(owners.where(these(OWNERS.c.id))))


def by_day(column: Column, number: Column) -> Prepared:
    """Those of the look's days, in order of day and number, as an index has them. It begins at the first of the days,
    since that is its first place."""
    behind = tuple_(column, number) > tuple_(on("behind_day"), _BEHIND)
    walk = _row(column, number).where(behind, column <= on("until"))
    return Prepared(walk.order_by(column, number).limit(_MOST))


def by_number(walk: Select[Any]) -> Prepared:
    """In order of the number."""
    number = walk.selected_columns["number"]
    return Prepared(walk.where(number > _BEHIND).order_by(number).limit(_MOST))


def written(days: Iterable[date]) -> str:
    """Days as `dates` and `days` are bound."""
    return json.dumps([day.isoformat() for day in days])


def _row(day: Column, number: Column) -> Select[Any]:
    return core_select(day.label("day"), number.label("number"))


def _of_owners() -> Column:
    """The cars of the owners of `ids`: whoever of them is told about it."""
    return VEHICLES.c.id.in_(core_select(TIES.c.vehicle_id).where(these(TIES.c.owner_id), TIES.c.until.is_(None)))


def _of_dates(column: Column) -> Column:
    given = listed(bindparam("dates", type_=String())).table_valued("value")
    return column.in_(core_select(written_day(given.c.value)))
