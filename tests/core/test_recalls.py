"""How long a recall stands open, as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.recalls import is_open

ZONE = ZoneInfo("Asia/Shanghai")
TOLD = "2026-11-23 17:00"  # in UTC: the 24th at one in the morning in Shanghai


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "now", "open_"),
    [
        ([], "2026-11-23 17:00", True),
        ([], "2027-02-21 16:59", True),
        ([], "2027-02-21 17:00", False),
        ([("2026-11-23", "2026-11-23 12:00")], "2026-12-01 09:00", True),
        ([("2026-11-23", "2026-12-01 08:00")], "2026-12-01 09:00", True),
        ([("2026-11-24", "2026-11-23 16:59")], "2026-12-01 09:00", True),
        ([("2026-11-24", "2026-11-24 03:00")], "2026-12-01 09:00", False),
        ([("2026-11-25", "2026-11-20 03:00")], "2026-12-01 09:00", False),
        ([("2026-11-23", "2026-11-23 12:00"), ("2026-11-30", "2026-11-30 09:00")], "2026-12-01 09:00", False),
    ],
)
def test_a_recall_is_open_until_the_car_came_or_time_passed(came: list[tuple[str, str]], now: str, open_: bool) -> None:
    visits = [(date.fromisoformat(day), moment(at)) for day, at in came]
    assert is_open(moment(TOLD), visits, moment(now), ZONE, 90) is open_
