"""The kinds of values in a policy file that tell of time: how long, at what time of the day, on what day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from core.policy_kinds import Kind, Wrong, mismatch
from core.quiet import Quiet

_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


def span(least: str, most: str) -> Kind:
    """How long something lasts: one number and s, m, h or d."""
    says = f'a length of time from "{least}" to "{most}"'
    shortest, longest = _span(least), _span(most)

    def read(value: Any) -> timedelta:
        length = _span(value) if isinstance(value, str) else None
        if length is None or shortest is None or longest is None or not shortest <= length <= longest:
            raise Wrong(mismatch(says, value))
        return length

    return Kind(says, read, _span_written)


def clock() -> Kind:
    """A time of the day."""
    says = 'a time of the day, as "09:00"'

    def read(value: Any) -> time:
        at = value if isinstance(value, time) and not (value.second or value.microsecond) else _clock(value)
        if at is None:
            raise Wrong(mismatch(says, value))
        return at

    return Kind(says, read, lambda value: f'"{value:%H:%M}"')


def quiet_hours() -> Kind:
    """From one time of the day to another; None for none."""
    says = 'a pair of times, as "20:00-09:00", or "" for none'

    def read(value: Any) -> Quiet | None:
        if value == "":
            return None
        starts, _, ends = value.partition("-") if isinstance(value, str) else ("", "", "")
        quiet = (_clock(starts.strip()), _clock(ends.strip()))
        if quiet[0] is None or quiet[1] is None:
            raise Wrong(mismatch(says, value))
        if quiet[0] == quiet[1]:
            raise Wrong(f"{value!r} is no time at all: it is {says}")
        return Quiet(quiet[0], quiet[1])

    def write(quiet: Quiet | None) -> str:
        return '""' if quiet is None else f'"{quiet.starts:%H:%M}-{quiet.ends:%H:%M}"'

    return Kind(says, read, write)


def day() -> Kind:
    """A calendar day."""
    says = "a day, as 2026-12-24"

    def read(value: Any) -> date:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise Wrong(mismatch(says, value))
        return value

    return Kind(says, read, date.isoformat)


def _span(text: str) -> timedelta | None:
    found = re.fullmatch(r"(\d{1,6})([smhd])", text)
    return int(found[1]) * _UNITS[found[2]] if found else None


def _span_written(length: timedelta) -> str:
    """In the largest unit that leaves no rest."""
    letter, unit = next((letter, unit) for letter, unit in _UNITS.items() if not length % unit)
    return f'"{length // unit}{letter}"'


def _clock(text: Any) -> time | None:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text) if isinstance(text, str) else None
    return time(int(found[1]), int(found[2])) if found else None
