"""Public holidays and the weekend days that are worked instead, from a dated file that a shop can replace.

```toml
[2026]
announced = 2025-11-04
holidays = ["2026-01-01/2026-01-03", "2026-05-01"]
workdays = ["2026-01-04"]
```
A year that is not in the file, or is empty, has no holidays that we know of.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import BadInput

SHIPPED = Path(__file__).parent / "calendars" / "china.toml"
LONGEST = 60  # days from any holiday to the next working day, and more
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off, and weekend days that are worked for them."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def is_holiday(self, day: date) -> bool:
        """A public holiday; an ordinary weekend is none, the shop works then."""
        return day in self.holidays and day not in self.workdays

    def is_working_day(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day not in self.holidays and day.isoweekday() < SATURDAY

    def with_closed(self, days: frozenset[date]) -> Calendar:
        """The same with days on which the shop itself is closed."""
        return Calendar(self.holidays | days, self.workdays - days) if days else self

    def waits_until(self, day: date) -> date:
        """The day itself, or the next working day after the holiday that it falls on."""
        if not self.is_holiday(day):
            return day
        later = (day + timedelta(days=n) for n in range(1, LONGEST))
        return next((one for one in later if self.is_working_day(one)), day + timedelta(days=LONGEST))


def read_calendar(text: str) -> Calendar:
    """Raises BadInput for anything that is not such a file."""
    try:
        years = tomllib.loads(text)
        return Calendar(_days(years, "holidays"), _days(years, "workdays"))
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
        raise BadInput(f"a calendar of holidays: {error}") from None


@cache
def shipped() -> Calendar:
    """The public holidays of China, as far as they are announced."""
    return read_calendar(SHIPPED.read_text("utf-8"))


def _days(years: dict[str, Any], kind: str) -> frozenset[date]:
    return frozenset(day for year in years.values() for span in year.get(kind, ()) for day in _span(str(span)))


def _span(text: str) -> list[date]:
    """ "2026-01-01/2026-01-03" or one day."""
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return [start + timedelta(days=n) for n in range((date.fromisoformat(last or first) - start).days + 1)]
