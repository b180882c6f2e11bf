"""Public holidays and the weekend days that are worked instead, from a dated file that a shop can replace.

```toml
[2026]
announced = 2025-11-04
holidays = ["2026-01-01/2026-01-03", "2026-05-01"]
workdays = ["2026-01-04"]
festivals = { spring_festival = 2026-02-17 }
```
A year that is not in the file, or is empty, has no holidays that we know of. A festival is the one day that people
celebrate, whatever days are off for it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import BadInput

SHIPPED = Path(__file__).parent / "calendars" / "china.toml"
LONGEST = 60  # days from any holiday to the next working day, and more
SATURDAY = 6
FESTIVALS = ("spring_festival", "dragon_boat", "mid_autumn", "national_day")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off, weekend days that are worked for them, and on which day each of FESTIVALS falls."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    festivals: tuple[tuple[date, str], ...] = ()

    def is_holiday(self, day: date) -> bool:
        """A public holiday; an ordinary weekend is none, the shop works then."""
        return day in self.holidays and day not in self.workdays

    def is_working_day(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day not in self.holidays and day.isoweekday() < SATURDAY

    def with_closed(self, days: frozenset[date]) -> Calendar:
        """The same with days on which the shop itself is closed."""
        return replace(self, holidays=self.holidays | days, workdays=self.workdays - days) if days else self

    def eve(self, festival: date) -> date:
        """The last working day before it."""
        before = (festival - timedelta(days=n) for n in range(1, LONGEST))
        return next((day for day in before if self.is_working_day(day)), festival - timedelta(days=1))

    def greeted(self, after: date | None, until: date) -> list[tuple[date, tuple[str, ...]]]:
        """Days later than `after`, up to `until`, on whose morrow or soon after festivals fall, with their names."""
        eves: dict[date, tuple[str, ...]] = {}
        for day, name in self.festivals:
            eves[self.eve(day)] = (*eves.get(self.eve(day), ()), name)
        return [(eve, names) for eve, names in sorted(eves.items()) if eve <= until and (after is None or eve > after)]

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
        return Calendar(_days(years, "holidays"), _days(years, "workdays"), _festivals(years))
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
        raise BadInput(f"a calendar of holidays: {error}") from None


@cache
def shipped() -> Calendar:
    """The public holidays of China, as far as they are announced."""
    return read_calendar(SHIPPED.read_text("utf-8"))


def _days(years: dict[str, Any], kind: str) -> frozenset[date]:
    return frozenset(day for year in years.values() for span in year.get(kind, ()) for day in _span(str(span)))


def _festivals(years: dict[str, Any]) -> tuple[tuple[date, str], ...]:
    told = [(day, name) for year in years.values() for name, day in year.get("festivals", {}).items()]
    for day, name in told:
        if name not in FESTIVALS or type(day) is not date:
            raise ValueError(f"festivals: {name} = {day}: one of {', '.join(FESTIVALS)}, and its day as 2026-02-17")
    return tuple(sorted(told))


def _span(text: str) -> list[date]:
    """ "2026-01-01/2026-01-03" or one day."""
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return [start + timedelta(days=n) for n in range((date.fromisoformat(last or first) - start).days + 1)]
