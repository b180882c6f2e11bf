"""Journeys as rules: which step falls on which day, until when it is caught up, and who is left out to measure it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.due import months_after, months_before
from core.policy import JourneyRules
from core.quiet import Quiet, decent


class Kind(StrEnum):
    """What a step is: a notice that the owner needs, marketing that they allowed, or work for a person."""

    SERVICE = "service"
    MARKETING = "marketing"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: so many days or calendar months after (before, where negative) the day that the journey counts from.

    mark: in at most 8 characters, what else decides whom it is for; when that is another, everybody is looked at again.
    """

    name: str
    kind: Kind
    days: int = 0
    months: int = 0
    mark: str = ""

    @property
    def rule(self) -> str:
        """When it falls, in short: "3m0d"."""
        return f"{self.months}m{self.days}d{self.mark}"

    def day(self, anchor: date) -> date:
        """The day it falls on; months clamp to the month's end."""
        return months_after(anchor, self.months) + timedelta(days=self.days)

    def latest_anchor(self, day: date) -> date:
        """The latest day to count from whose step falls on `day` or before."""
        return months_before(day - timedelta(days=self.days), self.months)


@dataclass(frozen=True, slots=True)
class Journey:
    """Steps in order. `last_days`: how long the last one is caught up."""

    name: str
    steps: tuple[Step, ...]
    last_days: int = 14

    def last_day(self, step: Step, anchor: date) -> date:
        """The last day on which that step is still of use: the day before the next one."""
        place = self.steps.index(step)
        if place + 1 < len(self.steps):
            return self.steps[place + 1].day(anchor) - timedelta(days=1)
        return step.day(anchor) + timedelta(days=self.last_days)

    def outdated_anchor(self, step: Step, day: date) -> date:
        """The latest day to count from for which that step is of no use any more on `day`."""
        place = self.steps.index(step)
        if place + 1 < len(self.steps):
            return self.steps[place + 1].latest_anchor(day)
        return step.latest_anchor(day - timedelta(days=self.last_days + 1))


def reached(now: datetime, zone: ZoneInfo, rules: JourneyRules, quiet: Quiet | None) -> date:
    """The shop's last calendar day whose steps are due: today once the journey's hour has come and is not quiet."""
    today = now.astimezone(zone).date()
    starts = decent(datetime.combine(today, rules.at, zone), zone, quiet)
    return today if starts <= now else today - timedelta(days=1)


def left_out(journey: str, owner_id: int, share: float) -> bool:
    """Whether the owner is in that share of a journey's audience: always the same answer, and fair over all owners."""
    return _place(f"hold-out {journey} {owner_id}") < share


def rolled_out(owner_id: int, share: float) -> bool:
    """Whether new ways are switched on for the owner already; the same owners for every journey."""
    return _place(f"roll-out {owner_id}") < share


def _place(words: str) -> float:
    """A number from 0 to below 1 that the words always have."""
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8]) / 2**64
