"""Until when something must be done, counted in the hours in which a store is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

Spans = Sequence[tuple[datetime, datetime]]
SEARCHED_DAYS = 60  # a store that does not open within them is waited for no longer


def working_deadline(start: datetime, work: timedelta, open_on: Callable[[date], Spans], zone: ZoneInfo) -> datetime:
    """The moment at which that much opening time has passed since `start`.

    open_on: a day's open spans, in order and aware. Where the store does not open any more it is plain time.
    """
    left, first = work, start.astimezone(zone).date()
    for number in range(SEARCHED_DAYS):
        for opens, closes in open_on(first + timedelta(days=number)):
            begin = max(opens, start)
            if begin >= closes:
                continue
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
    return start + work


def open_time(start: datetime, end: datetime, open_on: Callable[[date], Spans], zone: ZoneInfo) -> timedelta:
    """How much of the time between the two a store was open; `open_on` as above."""
    first, total = start.astimezone(zone).date(), timedelta()
    for number in range((end.astimezone(zone).date() - first).days + 1):
        for opens, closes in open_on(first + timedelta(days=number)):
            total += max(timedelta(), min(closes, end) - max(opens, start))
    return total
