"""When an owner is reminded of an appointment."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.policy import SERVICE_QUIET
from core.reminders import next_reminder

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("starts", "after", "reminded"),
    [
        ("2026-11-25 15:00", "2026-11-23 10:00", "2026-11-24 09:00"),
        ("2026-11-25 15:00", "2026-11-24 09:00", "2026-11-25 13:00"),
        ("2026-11-25 15:00", "2026-11-24 18:00", "2026-11-25 13:00"),
        ("2026-11-25 15:00", "2026-11-25 13:00", ""),
        ("2026-11-25 09:30", "2026-11-24 10:00", "2026-11-25 08:00"),
        ("2026-11-25 08:00", "2026-11-24 10:00", ""),
        ("2026-11-23 11:00", "2026-11-23 10:00", ""),
    ],
)
def test_the_day_before_and_two_hours_before_never_at_night(starts: str, after: str, reminded: str) -> None:
    found = next_reminder(moment(starts), moment(after), SHANGHAI, time(9), SERVICE_QUIET)
    assert found == (moment(reminded) if reminded else None)
