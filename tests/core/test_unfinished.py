"""When a talk that was left alone is reminded of and ended."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.policy import NEV
from core.unfinished import Look, look

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("touched", "reminded", "now", "what", "again"),
    [
        ("23 10:00", False, "23 10:00", Look.WAIT, "23 10:30"),
        ("23 10:00", False, "23 10:29", Look.WAIT, "23 10:30"),
        ("23 10:00", False, "23 10:30", Look.REMIND, "24 10:00"),
        ("23 10:00", True, "23 10:40", Look.WAIT, "24 10:00"),
        ("23 20:45", False, "23 20:45", Look.WAIT, "24 08:00"),
        ("23 20:45", False, "23 23:00", Look.WAIT, "24 08:00"),
        ("23 20:45", False, "24 08:00", Look.REMIND, "24 20:45"),
        ("23 10:00", False, "24 10:00", Look.END, None),
        ("23 10:00", True, "25 10:00", Look.END, None),
    ],
)
def test_one_reminder_at_a_decent_hour_and_an_end(
    touched: str, reminded: bool, now: str, what: Look, again: str | None
) -> None:
    found = look(at(touched), reminded, at(now), ZONE, NEV)
    assert (found.what, found.again_at) == (what, at(again) if again else None)


def test_a_reminder_that_would_come_after_the_end_is_none() -> None:
    hasty = replace(NEV, talk_timeout=timedelta(hours=2))
    assert look(at("23 20:45"), False, at("23 20:45"), ZONE, hasty).again_at == at("23 22:45")
