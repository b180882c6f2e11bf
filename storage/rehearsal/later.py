"""What came later than the day that a copy was taken back to: put away, and told again at its moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, delete, update
from sqlalchemy import select as core_select

from storage.columns import METADATA
from storage.vehicles import VEHICLES

EVENING = time(18)  # when a day's work was known, where only the day is
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Later:
    """A row that is new at that moment, or one (`number`) of which some columns change then."""

    at: datetime
    table: Table
    values: Row
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Morning:
    """The beginning of the first day of a rehearsal, in the shop's zone, and what is found to come later."""

    connection: Connection
    day: date
    zone: ZoneInfo
    later: list[Later] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(), self.zone)

    def known_at(self, day: date, noted: datetime) -> datetime:
        """The moment it was noted, where that was on its day; else, as after an import, that day's evening."""
        same = noted.astimezone(self.zone).date() == day
        return noted if same else datetime.combine(day, EVENING, self.zone)

    def take(self, table: str, since: Any) -> list[Row]:
        """The rows of which that holds, taken out; each is put back by who knows when."""
        found = [dict(row) for row in self.connection.execute(core_select(tables(table)).where(since)).mappings()]
        self.connection.execute(delete(tables(table)).where(since))
        return found

    def comes(self, at: datetime, table: str, row: Row) -> None:
        self.later.append(Later(at, tables(table), row))

    def changes(self, at: datetime, table: str, number: int, **values: Any) -> None:
        self.later.append(Later(at, tables(table), values, number))

    def was(self, table: str, number: int, **values: Any) -> None:
        """How that row was on this morning."""
        there = tables(table)
        self.connection.execute(update(there).where(there.c.id == number).values(values))


def tables(name: str) -> Table:
    return METADATA.tables[name]


def play(connection: Connection, later: Sequence[Later]) -> set[int]:
    """Let these happen, in order. Returns the cars of which something new is known: their due day may be another."""
    for one in later:
        if one.number is None:
            connection.execute(one.table.insert().prefix_with("OR IGNORE"), one.values)
        else:
            connection.execute(update(one.table).where(one.table.c.id == one.number).values(one.values))
    return set(_cars(later))


def _cars(later: Iterable[Later]) -> Iterable[int]:
    for one in later:
        if one.table is VEHICLES and one.number is not None:
            yield one.number
