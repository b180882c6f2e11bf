"""The scoreboard: one month of one advisor in figures, and who comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median


@dataclass(slots=True)
class Score:
    """`responses`: minutes of opening time from a card to its first taker; `records` filled of `fields` wanted."""

    staff_id: int
    name: str
    store_id: int
    responses: list[float] = field(default_factory=list)
    done: int = 0
    lapsed: int = 0
    alerts: int = 0
    saved: int = 0
    filled: int = 0
    wanted: int = 0

    @property
    def response_minutes(self) -> float | None:
        """The median; None when nothing was taken."""
        return round(median(self.responses), 1) if self.responses else None

    @property
    def on_time(self) -> float | None:
        """Of the cards that were taken and are over, the share that was done and not left alone."""
        return _share(self.done, self.done + self.lapsed)

    @property
    def save_rate(self) -> float | None:
        """Of the churn alerts that were taken, the share after which the owner booked or came."""
        return _share(self.saved, self.alerts)

    @property
    def completeness(self) -> float | None:
        """Of what should be known of the own owners, the share that is."""
        return _share(self.filled, self.wanted)

    @property
    def points(self) -> int:
        """0–100: the mean of those shares that there are; who had no alert is not measured by alerts."""
        shares = [share for share in (self.on_time, self.save_rate, self.completeness) if share is not None]
        return round(fmean(shares) * 100) if shares else 0


def ranked(scores: Sequence[Score]) -> list[Score]:
    """Most points first; of equals who answers faster."""
    return sorted(scores, key=lambda one: (-one.points, one.response_minutes or 1e9, one.staff_id))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
