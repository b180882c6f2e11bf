"""Whom the days of a calendar are for: birthdays of cars, inspections, festivals. One statement a year, or a day.

Nobody is told of a day that was over before somebody looked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, and_, extract, false, literal, null, or_
from sqlalchemy import select as core_select

from core.birthdays import born_on
from core.holidays import shipped
from core.inspections import bought_for, month_ends
from storage.audiences import Look, as_text, booked_car, of_cars, undecided
from storage.days import in_year
from storage.owners import OWNERS
from storage.vehicles import VEHICLES

if TYPE_CHECKING:
    from storage.crm import Crm

FEW = 7  # days that are looked for by an index


def anniversaries(crm: Crm, look: Look) -> list[Any]:
    """Cars bought a full number of years before. Anchor: the day in its year."""
    bought, found = VEHICLES.c.purchased_on, list[Any]()
    for year, holds in come_round(bought, look):
        anchor = in_year(bought, year)
        also = (holds, extract("year", bought) < year)
        found += crm.connection.execute(of_cars(crm, look.useful, anchor, _of_car(anchor), *also))
    return found[: look.most]


def inspections(crm: Crm, look: Look) -> list[Any]:
    """Cars whose mark ends, and that are not expected. Anchor: its last day."""
    bought, found = VEHICLES.c.purchased_on, list[Any]()
    for due in month_ends(_first(look) - timedelta(days=1), look.until):
        anchor = literal(due, Date)
        months = or_(*(bought.between(first, last) for first, last in bought_for(due)))
        also = (months, ~booked_car(crm).exists())
        found += crm.connection.execute(of_cars(crm, look.useful, anchor, _of_car(anchor), *also))
    return found[: look.most]


def festivals(crm: Crm, look: Look) -> list[Any]:
    """Everybody, on the last working day before a festival. Anchor: that working day."""
    calendar = crm.shop.policy.gate.calendar or shipped()
    eves = (eve for eve, _ in calendar.greeted(look.useful.after, look.until))
    return [row for eve in eves for row in _everybody(crm, look, eve)][: look.most]


def come_round(column: Any, look: Look) -> Iterator[tuple[int, ColumnElement[bool]]]:
    """Per year: which days of that column come round in it between the look's days."""
    first, last = _first(look), look.until
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for year in range(first.year, last.year + 1):
        day = in_year(column, year)
        holds = and_(day >= first, day <= last)
        if look.owners is None and len(days) <= FEW:  # the same days by number: an index finds them
            holds = and_(column.in_([born for one in days if one.year == year for born in born_on(one)]), holds)
        yield year, holds


def _first(look: Look) -> date:
    after = look.useful.after
    return after + timedelta(days=1) if after else look.until


def _everybody(crm: Crm, look: Look, eve: date) -> list[Any]:
    occurrence = "owner " + as_text(OWNERS.c.id) + f" / {eve}"
    query = (
        core_select(OWNERS.c.id.label("owner_id"), null().label("vehicle_id"), null().label("plate"), OWNERS.c.name)
        .add_columns(literal(eve, Date).label("anchor"), occurrence.label("occurrence"), false().label("told_lately"))
        .where(*undecided(look, occurrence))
    )
    return list(crm.connection.execute(query.order_by(OWNERS.c.id).limit(look.most)))


def _of_car(anchor: Any) -> Any:
    return "vehicle " + as_text(VEHICLES.c.id) + " / " + as_text(anchor)
