"""Holidays and the weekend days that are worked for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.holidays import Calendar, read_calendar, shipped
from core.quiet import Quiet, decent_on

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = Quiet(time(20), time(9))


@pytest.mark.parametrize(
    ("day", "working", "waits_until"),
    [
        ("2026-09-30", True, "2026-09-30"),
        ("2026-10-01", False, "2026-10-08"),
        ("2026-10-07", False, "2026-10-08"),
        ("2026-10-10", True, "2026-10-10"),  # a Saturday that is worked
        ("2026-10-11", False, "2026-10-11"),  # an ordinary Sunday is no holiday
        ("2026-01-01", False, "2026-01-04"),  # the Sunday after it is worked
        ("2026-05-01", False, "2026-05-06"),
        ("2026-02-15", False, "2026-02-24"),
        ("2027-10-01", True, "2027-10-01"),  # not announced yet
    ],
)
def test_the_holidays_of_china(day: str, working: bool, waits_until: str) -> None:
    calendar, on = shipped(), date.fromisoformat(day)
    assert calendar.is_working_day(on) is working
    assert calendar.waits_until(on) == date.fromisoformat(waits_until)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-09-30 19:59", "2026-09-30 19:59"),
        ("2026-09-30 20:00", "2026-10-08 09:00"),
        ("2026-10-03 12:00", "2026-10-08 09:00"),
        ("2026-10-08 08:59", "2026-10-08 09:00"),
    ],
)
def test_marketing_waits_out_the_holidays(now: str, leaves: str) -> None:
    at, expected = (datetime.fromisoformat(one).replace(tzinfo=ZONE) for one in (now, leaves))
    assert decent_on(at.astimezone(UTC), ZONE, NIGHT, shipped()) == expected


def test_a_day_on_which_the_shop_is_closed_counts_too() -> None:
    calendar = shipped().with_closed(frozenset({date(2026, 10, 8)}))
    assert calendar.waits_until(date(2026, 10, 1)) == date(2026, 10, 9)


def test_a_shop_without_any_working_day_still_gets_an_answer() -> None:
    days = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(400))
    assert Calendar(days).waits_until(date(2026, 1, 1)) > date(2026, 1, 1)


@pytest.mark.parametrize("text", ["[2026", "holidays = 1", '[2026]\nholidays = ["soon"]', "[2026]\nholidays = 3"])
def test_a_file_that_is_no_calendar_says_so(text: str) -> None:
    with pytest.raises(BadInput):
        read_calendar(text)


@pytest.mark.parametrize(
    ("since", "until", "eves"),
    [
        ("2026-02-01", "2026-03-01", [("2026-02-14", ("spring_festival",))]),  # a Saturday that is worked
        ("2026-09-01", "2026-12-31", [("2026-09-24", ("mid_autumn",)), ("2026-09-30", ("national_day",))]),
        ("2026-09-24", "2026-09-29", []),
        ("2028-09-01", "2028-12-31", [("2028-09-29", ("national_day",)), ("2028-10-02", ("mid_autumn",))]),
    ],
)
def test_festivals_are_greeted_on_the_working_day_before(
    since: str, until: str, eves: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = shipped().greeted(date.fromisoformat(since), date.fromisoformat(until))
    assert [(f"{day}", names) for day, names in found] == eves


def test_festivals_that_fall_together_are_one_greeting() -> None:
    announced = '[2028]\nholidays = ["2028-10-01/2028-10-08"]\n'
    days = "festivals = { national_day = 2028-10-01, mid_autumn = 2028-10-03 }"
    assert read_calendar(announced + days).greeted(None, date(2029, 1, 1)) == [
        (date(2028, 9, 29), ("national_day", "mid_autumn"))
    ]


@pytest.mark.parametrize("day", ["halloween = 2026-10-31", 'mid_autumn = "2026-09-25"', "mid_autumn = 7"])
def test_a_festival_that_is_not_known_or_no_day_is_refused(day: str) -> None:
    with pytest.raises(BadInput, match="festivals"):
        read_calendar(f"[2026.festivals]\n{day}")
