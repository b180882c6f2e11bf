"""Calendar days in statements, reckoned alike by SQLite and PostgreSQL; the same as `core.due` reckons them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, extract, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

FAR = "'9999-12-31'"


class days_after(FunctionElement[Any]):  # noqa: N801 — reads like func.max
    """days_after(day, number): so many days later."""

    type, inherit_cache, name = Date(), True, "days_after"


class months_later(FunctionElement[Any]):  # noqa: N801
    """months_later(day, months): the same day of the month, clamped to its end, as `core.due.months_after`."""

    type, inherit_cache, name = Date(), True, "months_later"


class utc_day(FunctionElement[Any]):  # noqa: N801
    """utc_day(moment): its day in UTC, at most one away from the shop's."""

    type, inherit_cache, name = Date(), True, "utc_day"


class written_day(FunctionElement[Any]):  # noqa: N801
    """written_day(text): the day that an ISO text names."""

    type, inherit_cache, name = Date(), True, "written_day"


class earliest(FunctionElement[Any]):  # noqa: N801
    """earliest(day, …): the first of those that are known, or NULL."""

    type, inherit_cache, name = Date(), True, "earliest"


class latest(FunctionElement[Any]):  # noqa: N801
    """latest(day, …): the last of those that are known, or NULL."""

    type, inherit_cache, name = Date(), True, "latest"


class listed(FunctionElement[Any]):  # noqa: N801
    """listed(numbers): the numbers of a JSON array, as rows of one column `value`; one bound value for all."""

    inherit_cache, name = True, "listed"


def day(value: date) -> ColumnElement[Any]:
    """A constant day."""
    return literal(value, Date())


def every_day(first: date, last: date) -> list[date]:
    """Both of them, and those in between."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def in_year(born: Any, year: Any) -> Any:
    """The day on which that day comes round in a year; 29 February is the 28th in common years."""
    return months_later(born, (year - extract("year", born)) * 12)


@compiles(days_after, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    start, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({start}, {number} || ' days')"


@compiles(days_after, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    start, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(({start})::date + ({number})::integer)"


@compiles(months_later, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    start, months = (compiler.process(clause, **kw) for clause in element.clauses)
    beyond = f"date({start}, ({months}) || ' months')"  # 31 January and a month: 3 March
    return f"min({beyond}, date({start}, 'start of month', (({months}) + 1) || ' months', '-1 day'))"


@compiles(months_later, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    start, months = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(({start})::date + make_interval(months => ({months})::integer))::date"


@compiles(written_day, "sqlite")
@compiles(utc_day, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)})"


@compiles(utc_day, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(({compiler.process(element.clauses, **kw)}) AT TIME ZONE 'UTC')::date"


@compiles(written_day, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)})::date"


@compiles(earliest, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    days = ", ".join(f"coalesce({compiler.process(clause, **kw)}, {FAR})" for clause in element.clauses)
    return f"nullif(min({days}), {FAR})"


@compiles(earliest, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


@compiles(latest, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    days = ", ".join(f"coalesce({compiler.process(clause, **kw)}, '')" for clause in element.clauses)
    return f"nullif(max({days}), '')"


@compiles(latest, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(listed, "sqlite")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(listed, "postgresql")
def _(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_array_elements_text(({compiler.process(element.clauses, **kw)})::json)"
