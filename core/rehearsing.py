"""When a rehearsal looks at a day: at the hours at which something can be due, and soon after something happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.policy import Policy
from core.quiet import decent

HALF_HOUR = timedelta(minutes=30)
FURTHEST = timedelta(days=400)  # ahead of today


def looks(day: date, zone: ZoneInfo, policy: Policy, happens: Iterable[datetime]) -> list[datetime]:
    """The moments of that day, in order: when quiet hours end and journeys begin, and the half-hours that follow what
    happens. Nothing is due in the quiet hours of service notices."""
    moments = {datetime.combine(day, at, zone) for at in _hours(policy)} | {_after(one, zone) for one in happens}
    shifted = {decent(moment, zone, policy.quiet_service) for moment in moments}
    return sorted(moment for moment in shifted if moment.astimezone(zone).date() == day)


def _hours(policy: Policy) -> set[time]:
    quiet = [one.ends for one in (policy.quiet_service, policy.quiet_marketing) if one]
    journeys = [rules.at for rules in (policy.usual, *policy.journeys.values())]
    return {policy.churn.at, policy.desk.digest_at, *quiet, *journeys}


def _after(moment: datetime, zone: ZoneInfo) -> datetime:
    """The half-hour that it is then, or the next one."""
    local = moment.astimezone(zone)
    begun = local.replace(minute=0, second=0, microsecond=0)
    return begun + -(-(local - begun) // HALF_HOUR) * HALF_HOUR
