"""When nobody wants a message, and when it leaves instead."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.quiet import Quiet, decent

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT, NOON = Quiet(time(21), time(8)), Quiet(time(12), time(14))


@pytest.mark.parametrize(
    ("now", "quiet", "leaves"),
    [
        ("2026-11-23 10:00", NIGHT, "2026-11-23 10:00"),
        ("2026-11-23 20:59", NIGHT, "2026-11-23 20:59"),
        ("2026-11-23 21:00", NIGHT, "2026-11-24 08:00"),
        ("2026-11-24 00:30", NIGHT, "2026-11-24 08:00"),
        ("2026-11-24 07:59", NIGHT, "2026-11-24 08:00"),
        ("2026-11-24 08:00", NIGHT, "2026-11-24 08:00"),
        ("2026-11-23 13:00", NOON, "2026-11-23 14:00"),
        ("2026-12-31 23:59", NIGHT, "2027-01-01 08:00"),
        ("2026-11-23 23:00", None, "2026-11-23 23:00"),
    ],
)
def test_a_message_waits_until_the_quiet_hours_end(now: str, quiet: Quiet | None, leaves: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    assert decent(moment, ZONE, quiet) == datetime.fromisoformat(leaves).replace(tzinfo=ZONE)
