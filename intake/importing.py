"""Brings a spreadsheet in: batch by batch, each in a short transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from intake.clean import clean
from intake.columns import OWNERS, PERSONAL, VEHICLES, VISITS
from intake.known import Known, Values
from intake.plan import plan, settled, visit_number
from intake.read import Row, Sheet
from intake.tally import Reject, Tally
from intake.write import write

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.db import Database

BATCH = 200
_MISSED = {OWNERS: "name", VEHICLES: "plate"}  # the field by which a row that is refused is named
Finder = Callable[[str], int | None]


@dataclass(slots=True)
class Import:
    """One file on its way in: what of it was seen, and what became of it."""

    sheet: Sheet
    today: date
    finders: Mapping[str, Finder]
    seen: set[object]
    tally: Tally


def bring_in(database: Database, sheet: Sheet, file: str, on_rows: Callable[[int], None]) -> dict[str, Any]:
    """Write it. Returns the figures; twice the same file changes nothing the second time."""
    batch = database.transact(lambda crm: crm.imports.begin(sheet.kind, file))
    one = database.read(lambda crm: _begin(crm, sheet))
    for rows in _batches(sheet.rows):
        tally, seen = database.transact(lambda crm: _write_batch(crm, one, rows, batch))  # noqa: B023
        one.tally.add(tally)
        one.seen |= seen
        on_rows(len(rows))
        database.give_way()
    figures = one.tally.figures(batch, sheet.fields)
    kept = json.dumps({name: value for name, value in figures.items() if name != "rejects"})
    database.transact(lambda crm: crm.imports.finish(batch, kept))
    return figures


def rehearse(database: Database, sheet: Sheet, on_rows: Callable[[int], None]) -> dict[str, Any]:
    """The same figures with nothing written."""

    def dry_run(crm: Crm) -> dict[str, Any]:
        one, known = _begin(crm, sheet), Known()
        for rows in _batches(sheet.rows):
            _plan_batch(crm, one, rows, known, one.tally, one.seen)
            on_rows(len(rows))
        return one.tally.figures(None, sheet.fields)

    return database.read(dry_run)


def _begin(crm: Crm, sheet: Sheet) -> Import:
    today = crm.now.astimezone(crm.shop.zone).date()
    return Import(sheet, today, finders(crm), set(), Tally())


def finders(crm: Crm) -> dict[str, Finder]:
    """Stores and advisors by what a row calls them."""
    return {"store": _finder_of_stores(crm), "advisor": _finder_of_staff(crm)}


def _write_batch(crm: Crm, one: Import, rows: list[Row], batch: int) -> tuple[Tally, set[object]]:
    """May run again when the database asks for it, so it changes nothing but the store."""
    crm.imports.alone()
    crm.actor = f"import:{batch}"
    tally = Tally()
    plans = _plan_batch(crm, one, rows, Known(), tally, set(one.seen))
    write(crm, one.sheet.kind, plans, batch)
    return tally, settled(plans)


def _plan_batch(crm: Crm, one: Import, rows: list[Row], known: Known, tally: Tally, seen: set[object]) -> list[Any]:
    cleaned = [(row.number, _cleaned(one, row, tally)) for row in rows]
    cleaned = _without_erased(crm, one, cleaned, tally)
    known.load(crm, [values for _, values in cleaned])
    there: set[str] = set()
    if one.sheet.kind == VISITS:
        numbers = {visit_number(values) for _, values in cleaned if "visited_on" in values}
        there = {visit.number for visit in crm.imports.visits_with_numbers(numbers)}
    return plan(one.sheet.kind, cleaned, known, there, seen, tally)


def _without_erased(crm: Crm, one: Import, rows: list[tuple[int, Values]], tally: Tally) -> list[tuple[int, Values]]:
    """An old file does not bring back whom we were asked to forget: of a visit only the work stays, else nothing."""
    for place in crm.forgotten.among([values for _, values in rows]):
        number, values = rows[place]
        tally.rejects.append(Reject(number, _MISSED.get(one.sheet.kind, "phone"), "", "asked to be erased"))
        kept = {name: value for name, value in values.items() if name not in PERSONAL}
        rows[place] = (number, kept if one.sheet.kind == VISITS else {})
    return rows


def _cleaned(one: Import, row: Row, tally: Tally) -> Values:
    """The values that can be used; each cell is counted, each refused one named."""
    values: Values = {}
    for field, raw in row.cells.items():
        cell = clean(field, raw, one.today, one.finders)
        tally.cells[field, cell.state] += 1
        if cell.state == "invalid":
            tally.rejects.append(Reject(row.number, field, cell.raw[:200], cell.reason))
        elif cell.value is not None:
            values[field] = cell.value
    return values


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _finder_of_stores(crm: Crm) -> Finder:
    found = {text: store.key for store in crm.stores.all() for text in (store.name.lower(), store.code.lower())}
    return lambda text: found.get(text.lower()) or _only_one(text.lower().removesuffix("店"), found)


def _finder_of_staff(crm: Crm) -> Finder:
    names: dict[str, int | None] = {}
    for member in crm.staff.all():
        names[member.name] = None if member.name in names else member.key  # of two with one name, neither is meant
    return names.get


def _only_one(said: str, found: Mapping[str, int]) -> int | None:
    near = {key for text, key in found.items() if said and said in text}
    return near.pop() if len(near) == 1 else None
