"""Inspections as a table: when the mark of a car ends, and whether the car goes to a station."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.inspections import bought_for, due_in, goes_to_station, is_marked, month_ends, next_due, years_at


@pytest.mark.parametrize(
    ("years", "marked", "station"),
    [
        (0, False, False),
        (1, False, False),
        (2, True, False),
        (3, False, False),
        (4, True, False),
        (5, False, False),
        (6, True, True),
        (7, False, False),
        (8, True, False),
        (9, False, False),
        (10, True, True),
        (11, True, True),
        (12, True, True),
        (15, True, True),
        (16, True, True),
    ],
)
def test_a_mark_every_two_years_and_every_year_after_ten(years: int, *, marked: bool, station: bool) -> None:
    assert is_marked(years) is marked
    assert not marked or goes_to_station(years) is station


@pytest.mark.parametrize(
    ("bought", "today", "due"),
    [
        ("2024-05-20", "2026-01-01", "2026-05-31"),
        ("2024-05-20", "2026-05-31", "2026-05-31"),
        ("2024-05-20", "2026-06-01", "2028-05-31"),
        ("2024-02-29", "2025-01-01", "2026-02-28"),  # the month's end, whatever the year
        ("2022-02-28", "2026-01-01", "2026-02-28"),
        ("2020-02-10", "2028-01-15", "2028-02-29"),
        ("2020-12-31", "2026-06-01", "2026-12-31"),  # the sixth year
        ("2016-09-01", "2026-10-01", "2027-09-30"),  # after ten years every year
        ("2010-09-01", "2026-09-30", "2026-09-30"),
        ("2026-11-23", "2026-11-23", "2028-11-30"),
    ],
)
def test_the_next_mark_ends_with_the_month(bought: str, today: str, due: str) -> None:
    assert next_due(date.fromisoformat(bought), date.fromisoformat(today)) == date.fromisoformat(due)


def test_who_is_looked_for_by_months_is_who_is_due() -> None:
    for due in month_ends(date(2027, 12, 31), date(2028, 12, 31)):
        months = bought_for(due)
        for bought in (date(1990, 1, 1) + timedelta(n) for n in range(0, 14_000, 7)):
            found = any(first <= bought <= last for first, last in months)
            years = years_at(bought, due)
            assert found == (is_marked(years) and due_in(bought, years) == due), (bought, due)


def test_the_ends_of_months_between_two_days() -> None:
    assert month_ends(date(2026, 1, 31), date(2026, 3, 30)) == [date(2026, 2, 28)]
    assert month_ends(date(2026, 1, 30), date(2026, 1, 31)) == [date(2026, 1, 31)]
    assert month_ends(date(2026, 2, 1), date(2026, 1, 1)) == []
