"""What becomes of a talk that was left in the middle: one reminder at a decent hour, at last a clean end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.policy import Policy
from core.quiet import decent


class Look(StrEnum):
    """What to do now."""

    WAIT = "wait"
    REMIND = "remind"
    END = "end"


@dataclass(frozen=True, slots=True)
class Next:
    """What to do now, and when to look again; an end has nothing after it."""

    what: Look
    again_at: datetime | None


def look(touched: datetime, reminded: bool, now: datetime, zone: ZoneInfo, policy: Policy) -> Next:
    """`touched`: when the owner wrote last; all moments aware."""
    ends_at = touched + policy.talk_timeout
    if now >= ends_at:
        return Next(Look.END, None)
    remind_at = decent(max(touched + policy.talk.reminded_after, now), zone, policy.quiet_service)
    if reminded or remind_at >= ends_at:
        return Next(Look.WAIT, ends_at)
    return Next(Look.REMIND, ends_at) if now >= remind_at else Next(Look.WAIT, remind_at)
