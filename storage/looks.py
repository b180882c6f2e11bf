"""A look at one step of a journey: which days it counts from, whose, and where the part before has stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

EVER, EVERYBODY = date.min, 2**31 - 1
JUST_TOLD = timedelta(days=30)  # a due day that moved a little is no new reason to write


class Place(NamedTuple):
    """Behind whom a walk goes on: the day by which they were found, and the number of the owner or the car."""

    day: date
    number: int


class Part(NamedTuple):
    """The rows of so many who were looked at. place: where the next part goes on; None: that was everybody."""

    rows: list[Any]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the step, and the days to count from, later than `after` and up to `until`; of those owners only.

    most: how many are looked at in one part, from `behind` on. waited: those whose card waits too.
    """

    journey: str
    step: str
    after: date | None
    until: date
    owners: Sequence[int] | None = None
    outdated: date | None = None  # from that day to count from and before, the step is of no use any more
    most: int | None = None
    waited: bool = False
    behind: Place | None = None

    @property
    def useful(self) -> Look:
        """The same, where nobody is told of what was over before somebody looked."""
        return replace(self, after=self.outdated) if self.after is None else self

    @property
    def since(self) -> date:
        return EVER if self.after is None else self.after + timedelta(days=1)

    def bound(self, now: datetime) -> dict[str, Any]:
        """What its statements bind."""
        behind = self.behind or Place(self.since, 0)
        return {
            "journey": self.journey,
            "step": self.step,
            "since": self.since,
            "until": self.until,
            "waited": self.waited,
            "behind_day": behind.day,
            "behind_number": behind.number,
            "most": self.most or EVERYBODY,
            "now": now,
            "told_since": now - JUST_TOLD,
        }
