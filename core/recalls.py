"""Recalls: how long one that its owner was told of stands open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def is_open(told_at: datetime, came: Iterable[tuple[date, datetime]], now: datetime, zone: ZoneInfo, days: int) -> bool:
    """Until the car was here after the notice, or so many days are over.

    came: the car's completed visits, each with its day and the moment at which it was last told of; of the notice's own
    day it counts when it was told of later.
    """
    told_on = told_at.astimezone(zone).date()
    if now - told_at >= timedelta(days=days):
        return False
    return not any(day > told_on or (day == told_on and at >= told_at) for day, at in came)
