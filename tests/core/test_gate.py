"""The gate as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.gate import FROZEN, RECALLED, Passage, Verdict, decide, priority
from core.messages import Rank

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
STAFF = Passage(Rank.STAFF, LATER)
REPLY = Passage(Rank.REPLY, LATER, to_owner=True)
MARKETING = replace(REPLY, rank=Rank.MARKETING)
ALLOWED = replace(MARKETING, allows_marketing=True)
QUIET_ENDS = NOW + timedelta(minutes=30)
WECHAT = replace(REPLY, needs_window=True, window_left=1, window_until=LATER)


@pytest.mark.parametrize(
    ("passage", "verdict"),
    [
        (STAFF, Verdict.GO),
        (replace(STAFF, expires_at=NOW), Verdict.EXPIRED),
        (REPLY, Verdict.GO),
        (replace(REPLY, expires_at=NOW), Verdict.EXPIRED),
        (replace(REPLY, reachable=False), Verdict.ELSEWHERE),
        (MARKETING, Verdict.REFUSED),
        (replace(MARKETING, allows_marketing=True), Verdict.GO),
        (replace(MARKETING, reachable=False), Verdict.REFUSED),
        (replace(MARKETING, allows_marketing=True, frozen=FROZEN), Verdict.REFUSED),
        (replace(ALLOWED, frozen=RECALLED), Verdict.REFUSED),
        (replace(REPLY, frozen=FROZEN), Verdict.GO),
        (replace(REPLY, frozen=RECALLED), Verdict.GO),
        (replace(REPLY, rank=Rank.SERVICE, frozen=FROZEN), Verdict.GO),
        (replace(MARKETING, allows_marketing=True, reachable=False), Verdict.ELSEWHERE),
        (replace(REPLY, rank=Rank.SERVICE), Verdict.GO),
        (replace(ALLOWED, room=1), Verdict.GO),
        (replace(ALLOWED, room=0), Verdict.REFUSED),
        (replace(ALLOWED, room=-1), Verdict.REFUSED),
        (replace(ALLOWED, not_before=NOW), Verdict.GO),
        (replace(ALLOWED, not_before=QUIET_ENDS), Verdict.LATER),
        (replace(ALLOWED, not_before=QUIET_ENDS, room=0), Verdict.LATER),
        (replace(ALLOWED, not_before=LATER), Verdict.EXPIRED),
        (replace(ALLOWED, not_before=QUIET_ENDS, frozen=FROZEN), Verdict.REFUSED),
        (replace(MARKETING, not_before=QUIET_ENDS), Verdict.REFUSED),
        (replace(REPLY, rank=Rank.SERVICE, not_before=QUIET_ENDS), Verdict.LATER),
        (replace(STAFF, not_before=QUIET_ENDS), Verdict.GO),
        (WECHAT, Verdict.GO),
        (replace(WECHAT, window_left=0), Verdict.ELSEWHERE),
        (replace(WECHAT, window_until=NOW), Verdict.ELSEWHERE),
        (replace(WECHAT, window_until=None), Verdict.ELSEWHERE),
        (replace(WECHAT, window_left=0, needs_window=False), Verdict.GO),
    ],
)
def test_the_gate(passage: Passage, verdict: Verdict) -> None:
    decided, reason = decide(passage, NOW)
    assert decided is verdict
    assert bool(reason) == (verdict is not Verdict.GO)


def test_who_goes_first_when_journeys_compete() -> None:
    order = ["birthday", "win_back", "coupon_expiring", "nurture", "recommendation", "referral", "festival"]
    assert sorted(["campaign:spring", "our_own", *reversed(order)], key=priority) == [
        *order,
        "our_own",
        "campaign:spring",
    ]
