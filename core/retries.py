"""What follows when a platform did not take a message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import DeliveryFailed
from core.messages import Rank

TRIES = 8
PAUSES = (1.0, 3.0, 10.0, 30.0, 120.0, 600.0, 1800.0)  # seconds before the 2nd … 8th try
JITTER = 0.2  # of the pause, so that many who failed together do not come back together
DOUBT = "unknown: "  # begins the reason of a try that may have arrived


class Next(StrEnum):
    """What the sender does."""

    AGAIN = "again"
    FAILED = "failed"
    UNKNOWN = "unknown"  # it may have arrived, and is not repeated
    ELSEWHERE = "elsewhere"  # not this way; another channel of the same person may work
    MOVED = "moved"  # the group has a new id: again, there


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do; again after `pause` seconds. `counts`: this was one of the tries."""

    next: Next
    reason: str
    pause: float = 0.0
    counts: bool = True


def after_failure(
    failure: DeliveryFailed, *, rank: int, tries: int, last_reason: str = "", chance: float = 0.5
) -> Step:
    """`tries` counts this one; `last_reason` is what the try before left; `chance` is between 0 and 1."""
    if failure.moved_to:
        return Step(Next.MOVED, failure.reason, counts=False)
    if failure.reroute:
        return Step(Next.ELSEWHERE, failure.reason)
    if failure.retry_after is not None:
        return Step(Next.AGAIN, failure.reason, failure.retry_after + chance * JITTER, counts=False)
    if failure.permanent:
        return Step(Next.FAILED, failure.reason)
    if failure.unknown and (rank >= Rank.MARKETING or last_reason.startswith(DOUBT)):
        return Step(Next.UNKNOWN, failure.reason)
    if tries >= TRIES:
        return Step(Next.FAILED, f"{tries} tries: {failure.reason}")
    pause = PAUSES[min(tries, len(PAUSES)) - 1] * (1 - JITTER + 2 * JITTER * chance)
    return Step(Next.AGAIN, (DOUBT if failure.unknown else "") + failure.reason, pause)
