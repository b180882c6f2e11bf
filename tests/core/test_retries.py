"""What follows a refusal, as a table."""

from __future__ import annotations

import pytest

from core.errors import DeliveryFailed
from core.limits import LIMITS, limits_for
from core.messages import Rank
from core.retries import DOUBT, PAUSES, TRIES, Next, after_failure

BUSY = DeliveryFailed("502")
GONE = DeliveryFailed("403 blocked", permanent=True, reroute=True)
WRONG = DeliveryFailed("400", permanent=True)
UNMENDED = DeliveryFailed("401", permanent=True, retry_after=300)
LATER = DeliveryFailed("429", retry_after=5)
MAYBE = DeliveryFailed("no answer", unknown=True)
MOVED = DeliveryFailed("moved", moved_to="-100123")


@pytest.mark.parametrize(
    ("failure", "rank", "tries", "last_reason", "expected"),
    [
        (BUSY, Rank.REPLY, 1, "", Next.AGAIN),
        (BUSY, Rank.MARKETING, 1, "", Next.AGAIN),
        (BUSY, Rank.REPLY, TRIES, "", Next.FAILED),
        (GONE, Rank.REPLY, 1, "", Next.ELSEWHERE),
        (WRONG, Rank.REPLY, 1, "", Next.FAILED),
        (LATER, Rank.REPLY, TRIES + 5, "", Next.AGAIN),
        (UNMENDED, Rank.REPLY, 1, "", Next.AGAIN),
        (MAYBE, Rank.REPLY, 1, "", Next.AGAIN),
        (MAYBE, Rank.STAFF, 3, "502", Next.AGAIN),
        (MAYBE, Rank.REPLY, 2, f"{DOUBT}no answer", Next.UNKNOWN),
        (MAYBE, Rank.MARKETING, 1, "", Next.UNKNOWN),
        (MOVED, Rank.STAFF, 1, "", Next.MOVED),
    ],
)
def test_what_follows(failure: DeliveryFailed, rank: Rank, tries: int, last_reason: str, expected: Next) -> None:
    assert after_failure(failure, rank=rank, tries=tries, last_reason=last_reason).next is expected


def test_pauses_grow_and_differ() -> None:
    pauses = [after_failure(BUSY, rank=Rank.REPLY, tries=n, chance=0.5).pause for n in range(1, TRIES)]
    assert pauses == list(PAUSES)
    early = after_failure(BUSY, rank=Rank.REPLY, tries=1, chance=0.0).pause
    late = after_failure(BUSY, rank=Rank.REPLY, tries=1, chance=1.0).pause
    assert early < PAUSES[0] < late


def test_the_platform_is_never_asked_before_it_said() -> None:
    assert after_failure(LATER, rank=Rank.REPLY, tries=1, chance=0.0).pause >= 5


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("destination", "rank", "buckets"),
    [
        ("telegram:identity:1", Rank.REPLY, 0),
        ("telegram:tap:1", Rank.TAP, 0),
        ("telegram:identity:1", Rank.SERVICE, 2),
        ("telegram:store:1", Rank.STAFF, 1),
        ("telegram:member:1", Rank.STAFF, 0),
        ("wecom:store:1", Rank.STAFF, 1),
        ("wechat:identity:1", Rank.REPLY, 0),
        ("wechat:identity:1", Rank.MARKETING, 1),
    ],
)
def test_who_asks_which_bucket(destination: str, rank: Rank, buckets: int) -> None:
    assert len(limits_for(destination, rank)) == buckets


def test_no_group_ever_gets_more_than_twenty_a_minute() -> None:
    for limit in LIMITS:
        if limit.kind == "store":
            assert limit.burst + 60 * limit.per_second <= 20


def test_telegram_gets_fewer_than_thirty_a_second() -> None:
    for limit in LIMITS:
        if limit.channel == "telegram" and not limit.each:
            assert limit.burst + limit.per_second <= 30
