"""A day of the shop's calendar as somebody says it, and the arithmetic all languages share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Doubt = Literal["time_vague", "time_past", "date_impossible"]


@dataclass(frozen=True, slots=True)
class Day:
    """A phrase at start–end: a day, a span of days, or the doubt that forbids one."""

    start: int
    end: int
    first: date | None
    last: date | None = None
    doubt: Doubt | None = None
    kind: str = ""  # group of the grammar that matched
    bare: bool = False  # a weekday or a day of the month without week, month or year
    weak: bool = False  # 有空, 最近: vague only where a time is wanted


Reader = Callable[[re.Match[str], date, str], Day]
_HALF_YEAR = 183


def day_of(match: re.Match[str], kind: str, first: date | None, last: date | None = None, bare: bool = False) -> Day:
    return Day(match.start(), match.end(), first, last, None if first else "date_impossible", kind, bare)


def nearest_year(month: int, day: int, today: date) -> date | None:
    """This year's, or next year's when this year's is more than half a year gone."""
    this = safe(today.year, month, day)
    if this is None:
        return safe(today.year + 1, month, day) if (month, day) == (2, 29) and today.month > 2 else None
    return safe(today.year + 1, month, day) if (today - this).days > _HALF_YEAR else this


def coming_day(number: int, today: date) -> date | None:
    """The next 20号, this month's or the next one's; None when that month has no such day."""
    index = today.month - 1 + (1 if number < today.day else 0)
    return safe(today.year + index // 12, index % 12 + 1, number)


def monday_of(today: date, weeks: int) -> date:
    """The Monday of this week, or of the one so many weeks away."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def weekend_of(match: re.Match[str], today: date, kind: str, weeks: int) -> Day:
    """Saturday and Sunday; what is left of them when they have begun."""
    saturday = monday_of(today, weeks) + timedelta(days=5)
    sunday = saturday + timedelta(days=1)
    return past_or(day_of(match, kind, max(saturday, today) if sunday >= today else saturday, sunday), today)


def week_of(match: re.Match[str], today: date, kind: str, weeks: int) -> Day:
    """Monday to Sunday; of this week what is left."""
    monday = monday_of(today, weeks)
    first = max(monday, today) if weeks == 0 else monday
    return past_or(day_of(match, kind, first, monday + timedelta(days=6)), today)


def vague(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_vague", kind, weak=kind == "weak")


def past_or(day: Day, today: date) -> Day:
    if day.first and (day.last or day.first) < today:
        return Day(
            day.start,
            day.end,
            None,
            None,
            "time_past",
            day.kind,
            weak=day.kind in {"relative", "weekday", "week"},
        )
    return day


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
