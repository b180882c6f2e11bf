"""Statements that are built once: building one costs more than running it."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Executable, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


@cache
def inserting(noun: type[SQLModel]) -> Executable:
    """INSERT of one row, giving back its number."""
    table: Any = noun.__table__  # type: ignore[attr-defined]
    return insert(table).returning(table.c.id)


@cache
def inserting_once(noun: type[SQLModel], is_sqlite: bool) -> Executable:
    """The same, doing nothing when a unique key is there already."""
    table: Any = noun.__table__  # type: ignore[attr-defined]
    on_conflict = sqlite.insert if is_sqlite else postgresql.insert
    return on_conflict(table).on_conflict_do_nothing().returning(table.c.id)


@cache
def defaults_of(noun: type[SQLModel]) -> dict[str, Any]:
    """What its columns hold when nothing else is said."""
    fields = noun.model_fields.items()
    return {name: field.default for name, field in fields if field.default is not PydanticUndefined and name != "id"}


def values_of(new: SQLModel) -> dict[str, Any]:
    """The columns of a row that is not written yet; a number that it does not have is left to the database."""
    names = type(new).__table__.c.keys()  # type: ignore[attr-defined]
    return {name: value for name in names if (value := getattr(new, name)) is not None or name != "id"}
