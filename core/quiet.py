"""Quiet hours: what falls into them is due when they end."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.policy import QuietHours


def is_quiet(now: datetime, hours: QuietHours, zone: ZoneInfo) -> bool:
    """Whether nobody should be written to about offers now. Equal ends mean that there are no quiet hours."""
    at = now.astimezone(zone).time()
    if hours.begin <= hours.end:
        return hours.begin <= at < hours.end
    return at >= hours.begin or at < hours.end
