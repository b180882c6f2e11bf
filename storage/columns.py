"""Column types and naming that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# Alembic can only alter constraints that have names, and SQLite gives none by itself.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata


def table_of(noun: type[SQLModel]) -> Table:
    """The noun's table, for Core statements."""
    table: Table = noun.__table__  # type: ignore[attr-defined]
    return table


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite would give back naive times, and take them: this refuses them.

    The processors are written out because every turn runs them a dozen times.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return _to_text if dialect.name == "sqlite" else _aware

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _to_utc


def _aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError(f"{value} has no time zone: take moments from the clock")
    return value


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is UTC:
        return _utc_text(value)
    _aware(value)
    return _utc_text(value.astimezone(UTC))


@lru_cache(4096)  # the moment of a change goes into many columns
def _utc_text(utc: datetime) -> str:
    """All of one length, so that text compares as time does: 2026-11-23 02:00:00.000000."""
    return utc.isoformat(" ", "microseconds")[:26]


@lru_cache(4096)  # the cells of a diary are read again and again
def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _to_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)
