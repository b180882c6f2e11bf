"""The yearly inspection (年检) of small private passenger cars: when the next mark is due, and whether the car must go.

Ten years long a mark every two years, with the car at a station only in the sixth and the tenth; every year after that.
A mark is good until the end of the month in which the car was registered (the day of purchase stands for it).
Source: the rules of the Ministry of Public Security in force since 1 October 2022. Vans and taxis have others.
"""

from __future__ import annotations

from datetime import date, timedelta

from core.due import months_after

EVERY_TWO, STATION_YEARS = 10, (6, 10)
OLDEST = 50  # years; no car is looked for beyond


def is_marked(years: int) -> bool:
    """Whether a new mark is due so many years after the registration."""
    return years > EVERY_TWO or (years > 0 and years % 2 == 0)


def goes_to_station(years: int) -> bool:
    """Whether the car itself is inspected then; else the mark is asked for on-line."""
    return years > EVERY_TWO or years in STATION_YEARS


def month_end(day: date) -> date:
    return months_after(day.replace(day=1), 1) - timedelta(days=1)


def due_in(bought: date, years: int) -> date:
    """The last day of the mark of that year."""
    return month_end(months_after(bought.replace(day=1), 12 * years))


def next_due(bought: date, today: date) -> date:
    """The next last day; today counts."""
    return next(due for n in range(1, 200) if is_marked(n) and (due := due_in(bought, n)) >= today)


def years_at(bought: date, due: date) -> int:
    return due.year - bought.year


def month_ends(after: date, until: date) -> list[date]:
    """Days on which marks end, later than `after` and up to `until`."""
    ends, end = [], month_end(after + timedelta(days=1))
    while end <= until:
        ends.append(end)
        end = month_end(end + timedelta(days=1))
    return ends


def bought_for(due: date) -> list[tuple[date, date]]:
    """The months, first and last day, in which a car was bought whose mark ends on that day."""
    firsts = (months_after(due.replace(day=1), -12 * years) for years in range(1, OLDEST) if is_marked(years))
    return [(first, month_end(first)) for first in firsts]
