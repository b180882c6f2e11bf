"""When an owner is reminded of an appointment: the day before at the journey's hour, and two hours before."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.quiet import Quiet, decent

DAY_BEFORE, SOON = "d1", "h2"
SOON_BEFORE = timedelta(hours=2)


def reminders(starts_at: datetime, zone: ZoneInfo, at: time, quiet: Quiet | None) -> tuple[tuple[str, datetime], ...]:
    """(step, moment) in order; what falls into quiet hours leaves as they end."""
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    moments = {DAY_BEFORE: datetime.combine(day, at, zone), SOON: starts_at - SOON_BEFORE}
    return tuple((step, decent(moment, zone, quiet)) for step, moment in moments.items())


def next_reminder(
    starts_at: datetime, after: datetime, zone: ZoneInfo, at: time, quiet: Quiet | None
) -> datetime | None:
    """The first one later than `after` that comes before the appointment; None when there is none."""
    coming = (moment for _, moment in reminders(starts_at, zone, at, quiet) if after < moment < starts_at)
    return min(coming, default=None)
