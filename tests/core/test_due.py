"""When the next maintenance is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.due import Reading, due_day, months_after, months_before
from core.policy import GENERAL, NEV, Maintenance

RULE = Maintenance(months=12, km=10_000)
SERVICED = date(2026, 1, 10)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-01-31", 3, "2026-04-30"),
        ("2028-02-29", 12, "2029-02-28"), ("2028-02-29", 48, "2032-02-29"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 12, "2027-11-30"), ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"),
        ("2026-05-20", 0, "2026-05-20"), ("2026-01-05", -13, "2024-12-05"),
    ],
)  # fmt: skip
def test_months_are_calendar_months_and_clamp_to_their_end(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS, st.integers(0, 60))
def test_months_before_is_the_last_day_that_is_long_enough_ago(day: date, months: int) -> None:
    latest = months_before(day, months)
    assert months_after(latest, months) <= day
    if months:
        assert months_after(latest + timedelta(days=1), months) > day


def km(*readings: tuple[str, int]) -> list[Reading]:
    return [Reading(date.fromisoformat(day), number) for day, number in readings]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], "2027-01-10"),
        (km(("2026-01-10", 20_000)), "2027-01-10"),  # one reading tells no pace
        (km(("2026-01-10", 20_000), ("2026-02-09", 23_000)), "2026-04-20"),  # 100 km a day
        (km(("2026-02-09", 23_000), ("2026-01-10", 20_000)), "2026-04-20"),  # in any order
        (km(("2025-10-02", 10_000), ("2026-01-10", 20_000)), "2026-04-20"),  # the pace of before
        (km(("2026-01-10", 20_000), ("2026-02-09", 20_300)), "2027-01-10"),  # slow: the months come first
        (km(("2026-01-10", 20_000), ("2026-02-09", 20_000)), "2027-01-10"),  # did not move
        (km(("2026-01-10", 20_000), ("2026-02-09", 19_000)), "2027-01-10"),  # a falling odometer
        (km(("2026-01-10", 20_000), ("2026-01-10", 20_500)), "2027-01-10"),  # no time between
        (km(("2026-01-20", 20_000), ("2026-02-09", 23_000)), "2027-01-10"),  # none up to the last service
        (km(("2026-01-10", 20_000), ("2026-03-01", 31_000)), "2026-03-01"),  # over already: from that reading on
        (km(("2016-01-10", 20_000), ("2026-01-10", 20_001)), "2027-01-10"),  # one kilometre in ten years
        (km(("2026-01-10", 0), ("2026-02-09", 3_000)), "2026-04-20"),
    ],
)
def test_due_is_the_earlier_of_months_and_projected_kilometres(readings: list[Reading], expected: str) -> None:
    assert due_day(SERVICED, readings, RULE) == date.fromisoformat(expected)


@given(DAYS, st.lists(st.builds(Reading, DAYS, st.integers(0, 2_000_000)), max_size=6))
def test_no_odometer_puts_the_due_day_off_or_breaks_it(serviced: date, readings: list[Reading]) -> None:
    assert due_day(serviced, readings, RULE) <= months_after(serviced, RULE.months)


def test_electric_cars_and_others_have_their_own_intervals() -> None:
    assert due_day(SERVICED, [], NEV.maintenance) == date(2027, 1, 10)
    assert due_day(SERVICED, [], GENERAL.maintenance) == date(2026, 6, 10)
