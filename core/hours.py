"""Opening hours and the grid of times that can be booked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.errors import BadInput

GRID = timedelta(minutes=30)
MIDNIGHT = time.max  # the end of the day, written 24:00
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Open from one time of the day to another, on the same day."""

    opens: time
    closes: time


def parse_hours(text: str) -> tuple[Span, ...]:
    """ "09:00-12:00,13:30-18:00" → spans in order. Raises BadInput for anything else."""
    spans = tuple(_span(part) for part in unicodedata.normalize("NFKC", text).split(","))
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise BadInput(f"hours overlap: {text}")
    return spans


def open_spans(
    hours: Sequence[Span],
    day: date,
    zone: ZoneInfo,
    holidays: Collection[date] = (),
    closed_weekdays: Collection[int] = (),
) -> list[tuple[datetime, datetime]]:
    """The moments (UTC) between which the store is open that day; ISO weekdays, Monday is 1."""
    if day in holidays or day.isoweekday() in closed_weekdays:
        return []
    return [(_moment(day, span.opens, zone), _closing(day, span.closes, zone)) for span in hours]


def starts(open_spans: Sequence[tuple[datetime, datetime]], duration: timedelta) -> Iterator[datetime]:
    """Every grid moment at which work of that duration can start and still end before closing."""
    for opens, closes in open_spans:
        moment = opens
        while moment + duration <= closes:
            yield moment
            moment += GRID


def cells(starts_at: datetime, duration: timedelta) -> list[datetime]:
    """The grid cells that work occupies: at least one, the last one may be partly used."""
    count = max(1, -(-duration // GRID))
    return [starts_at + GRID * step for step in range(count)]


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise BadInput(f"hours look like 09:00-18:00, not {text!r}")
    h1, m1, h2, m2 = map(int, found.groups())
    if not (h1 < 24 and m1 in (0, 30) and m2 in (0, 30) and (h2 < 24 or (h2, m2) == (24, 0))):
        raise BadInput(f"hours start and end on the half hour of a day, not {text!r}")
    opens, closes = time(h1, m1), MIDNIGHT if h2 == 24 else time(h2, m2)
    if opens >= closes:
        raise BadInput(f"a store closes after it opens, not {text!r}")
    return Span(opens, closes)


def _closing(day: date, at: time, zone: ZoneInfo) -> datetime:
    return _moment(day + timedelta(days=1), time(0), zone) if at == MIDNIGHT else _moment(day, at, zone)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
