"""What the buckets of a platform let pass in any minute and any hour, and how long a broken line is left alone."""

from __future__ import annotations

import asyncio

import pytest

from core.limits import LINE, limits_for
from core.messages import Rank
from storage.local import LocalRateLimits

A_DAY = 6 * 3600  # seconds that are looked at


def passes(destination: str, rank: Rank, every: float) -> list[float]:
    """The moments at which something may go to a destination that is asked for all the time."""
    now, gone = [0.0], list[float]()
    limits = LocalRateLimits(lambda: now[0])

    async def ask() -> None:
        while now[0] < A_DAY:
            for one in limits_for(destination, rank):
                if await limits.ask(one.part, one.per_second, one.burst):
                    break
            else:
                gone.append(now[0])
            now[0] += every

    asyncio.run(ask())
    return gone


def most_within(gone: list[float], seconds: float) -> int:
    first, most = 0, 0
    for last, moment in enumerate(gone):
        while gone[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("destination", ["wecom_bot:tap:1", "wecom_bot:store:1", "wecom_bot:member:3"])
def test_the_bot_says_no_more_than_thirty_a_minute_and_a_thousand_an_hour(destination: str) -> None:
    gone = passes(destination, Rank.TAP if ":tap:" in destination else Rank.STAFF, every=1.0)
    assert most_within(gone, 60) <= 30
    assert most_within(gone, 3600) <= 1000
    assert len(gone) > 4000


def test_cards_leave_room_for_the_answers_to_taps() -> None:
    cards = passes("wecom_bot:store:1", Rank.STAFF, every=1.0)
    assert (most_within(cards, 60) <= 20, most_within(cards, 3600) <= 900) == (True, True)


@pytest.mark.parametrize(
    ("failures", "pause"), [(1, 1.0), (2, 2.0), (3, 4.0), (5, 16.0), (6, 30.0), (7, 30.0), (10_000, 30.0)]
)
def test_a_line_that_breaks_again_and_again_is_left_alone_for_longer(failures: int, pause: float) -> None:
    assert LINE.pause(failures) == pause
