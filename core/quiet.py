"""Hours at which nobody wants a message: what falls into them leaves when they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.holidays import Calendar


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of the day to another, past midnight where it ends earlier than it starts."""

    starts: time
    ends: time


def decent(now: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """The first moment from `now` on that is not quiet; `now` itself when there are no quiet hours."""
    local = now.astimezone(zone)
    if quiet is None or not _falls_in(local.time(), quiet):
        return now
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet.ends, zone).astimezone(now.tzinfo)


def decent_on(now: datetime, zone: ZoneInfo, quiet: Quiet | None, calendar: Calendar | None) -> datetime:
    """The same, waiting for the next working day where `now` falls on a holiday of the calendar."""
    moment = decent(now, zone, quiet)
    day = moment.astimezone(zone).date()
    if calendar is None or (waits := calendar.waits_until(day)) == day:
        return moment
    return decent(datetime.combine(waits, time(), zone).astimezone(now.tzinfo), zone, quiet)


def _falls_in(at: time, quiet: Quiet) -> bool:
    if quiet.starts <= quiet.ends:
        return quiet.starts <= at < quiet.ends
    return at >= quiet.starts or at < quiet.ends
