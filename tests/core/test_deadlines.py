"""Two working hours, whatever the day looks like."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.deadlines import working_deadline
from core.hours import open_spans, parse_hours

ZONE = ZoneInfo("Asia/Shanghai")
ALL_DAY, LUNCH = "09:00-18:00", "09:00-12:00,13:30-18:00"
CASES = [  # hours, closed weekdays, holidays, said at, hours of work, until
    (ALL_DAY, "", "", "11-23 10:00", 2, "11-23 12:00"),
    (ALL_DAY, "", "", "11-23 07:15", 2, "11-23 11:00"),
    (ALL_DAY, "", "", "11-23 16:00", 2, "11-23 18:00"),
    (ALL_DAY, "", "", "11-23 17:00", 2, "11-24 10:00"),
    (ALL_DAY, "", "", "11-23 18:00", 2, "11-24 11:00"),
    (ALL_DAY, "", "", "11-23 23:30", 2, "11-24 11:00"),
    (LUNCH, "", "", "11-23 11:00", 2, "11-23 14:30"),
    (LUNCH, "", "", "11-23 12:30", 2, "11-23 15:30"),
    (LUNCH, "", "", "11-23 17:30", 2, "11-24 10:30"),
    (ALL_DAY, "67", "", "11-27 17:00", 2, "11-30 10:00"),
    (ALL_DAY, "7", "", "11-29 10:00", 2, "11-30 11:00"),
    (ALL_DAY, "", "11-24 11-25", "11-23 17:30", 2, "11-26 10:30"),
    ("09:00-24:00", "", "", "11-23 23:30", 2, "11-24 10:30"),
    (ALL_DAY, "", "", "11-23 10:00", 20, "11-25 12:00"),
    (ALL_DAY, "1234567", "", "11-23 10:00", 2, "11-23 12:00"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(("hours", "closed", "holidays", "said", "work", "until"), CASES)
def test_only_opening_hours_count(hours: str, closed: str, holidays: str, said: str, work: int, until: str) -> None:
    days = [date.fromisoformat(f"2026-{day}") for day in holidays.split()]

    def open_on(day: date) -> list[tuple[datetime, datetime]]:
        return open_spans(parse_hours(hours), day, ZONE, days, [int(n) for n in closed])

    assert working_deadline(at(said), timedelta(hours=work), open_on, ZONE) == at(until)
