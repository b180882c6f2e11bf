"""Statements that are built once: building one costs more than running it."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, Dialect, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from storage.columns import table_of

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one driver takes it, and what its values go through on the way there and back."""

    text: str
    is_sqlite: bool
    constants: dict[str, Any]
    given: list[tuple[str, Converter | None]]
    row: Callable[..., Any]
    taken: list[Converter | None] | None  # nothing to convert in any column: None


class Prepared:
    """A statement that runs in every turn, compiled once per dialect and handed to the driver as text.

    SQLAlchemy would look at each value and wrap each result anew every time, which costs several times what SQLite
    needs for the statement. Rows are named tuples; lists as values (IN) are for ordinary statements.
    """

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, **values: Any) -> list[Any]:
        """Every row."""
        compiled = self._for(connection.dialect)
        rows, _ = _run(connection, compiled, _parameters(compiled, values))
        if compiled.taken is None:
            return [compiled.row(*row) for row in rows]
        return [
            compiled.row(*(v if to is None else to(v) for to, v in zip(compiled.taken, r, strict=True))) for r in rows
        ]

    def first(self, connection: Connection, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.all(connection, **values)
        return rows[0] if rows else None

    def value(self, connection: Connection, **values: Any) -> Any:
        """The first column of the first row, or None."""
        rows = self.all(connection, **values)
        return rows[0][0] if rows else None

    def run(self, connection: Connection, **values: Any) -> int:
        """How many rows it changed."""
        compiled = self._for(connection.dialect)
        return _run(connection, compiled, _parameters(compiled, values))[1]

    def run_all(self, connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
        """Once for each; nothing is given back."""
        compiled = self._for(connection.dialect)
        if every := [_parameters(compiled, values) for values in rows]:
            _run(connection, compiled, every, many=True)

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compiled(self.statement, dialect)
        return compiled


def _compiled(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    columns = list(getattr(statement, "exported_columns", ()))
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    taken = [_taken(column.type, dialect) for column in columns]
    row = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc]
    return _Compiled(
        text=str(compiled),
        is_sqlite=dialect.name == "sqlite",
        constants={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        given=[(name, _type(compiled.binds[name].type, dialect).bind_processor(dialect)) for name in names],
        row=row,
        taken=taken if any(taken) else None,
    )


def _type(type_: Any, dialect: Dialect) -> Any:
    return type_.dialect_impl(dialect)


def _taken(type_: Any, dialect: Dialect) -> Converter | None:
    """SQLite gives text and numbers; psycopg gives Python's own values, and only our own types want more."""
    if dialect.name != "sqlite" and not isinstance(type_, TypeDecorator):
        return None
    converter: Converter | None = _type(type_, dialect).result_processor(dialect, None)
    return converter


def _parameters(compiled: _Compiled, values: dict[str, Any]) -> Any:
    if compiled.constants:
        values = compiled.constants | values
    if compiled.is_sqlite:
        return [values[name] if to is None else to(values[name]) for name, to in compiled.given]
    return {name: values[name] if to is None else to(values[name]) for name, to in compiled.given}


def _run(connection: Connection, compiled: _Compiled, parameters: Any, *, many: bool = False) -> tuple[list[Any], int]:
    """The rows, and how many were changed."""
    if not compiled.is_sqlite:
        result = connection.exec_driver_sql(compiled.text, parameters)
        return (list(result.all()) if result.returns_rows else []), result.rowcount
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.dbapi_connection
    try:
        cursor = (driver.executemany if many else driver.execute)(compiled.text, parameters)
        return cursor.fetchall(), cursor.rowcount
    except driver.Error as error:
        raise DBAPIError.instance(
            compiled.text, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


def numbered(numbers: Iterable[int]) -> dict[str, int]:
    """Values for `one_of`: n_0, n_1 …"""
    return {f"n_{index}": number for index, number in enumerate(numbers)}


def one_of(column: Any, count: int) -> Any:
    """The column is one of that many values: a statement that is prepared once per length."""
    return column.in_([bindparam(f"n_{index}", type_=column.type) for index in range(count)])


def _rows_of(noun: type[SQLModel]) -> dict[str, Any]:
    """A parameter for every column but the number, which the database gives."""
    table = table_of(noun)
    return {name: bindparam(name, type_=table.c[name].type) for name in _columns(noun)}


@cache
def _columns(noun: type[SQLModel]) -> list[str]:
    """What is written of a new row: everything but a number that the database gives."""
    numbered = noun.model_fields["id"].default is None
    return [name for name in map(str, noun.__table__.c.keys()) if name != "id" or not numbered]  # type: ignore[attr-defined]


@cache
def inserting(noun: type[SQLModel]) -> Prepared:
    """INSERT of one row, giving back its number."""
    table = table_of(noun)
    return Prepared(insert(table).values(_rows_of(noun)).returning(table.c.id))


@cache
def inserting_once(noun: type[SQLModel], is_sqlite: bool) -> Prepared:
    """The same, doing nothing when a unique key is there already."""
    table = table_of(noun)
    on_conflict = sqlite.insert if is_sqlite else postgresql.insert
    return Prepared(on_conflict(table).values(_rows_of(noun)).on_conflict_do_nothing().returning(table.c.id))


@cache
def updating(noun: type[SQLModel], names: tuple[str, ...]) -> Prepared:
    """UPDATE of those columns of the row `row_id`."""
    table = table_of(noun)
    return Prepared(update(table).where(table.c.id == bindparam("row_id")).values({n: bindparam(n) for n in names}))


@cache
def defaults_of(noun: type[SQLModel]) -> dict[str, Any]:
    """What its columns hold when nothing else is said."""
    fields = noun.model_fields.items()
    return {name: field.default for name, field in fields if field.default is not PydanticUndefined and name != "id"}


def values_of(new: SQLModel) -> dict[str, Any]:
    """The columns of a row that is not written yet."""
    return {name: getattr(new, name) for name in _columns(type(new))}
