"""How much each platform takes, as a table. Platforms change these without notice: change the row.

A bucket lets `burst + seconds * per_second` pass: a platform's "20 a minute" is 5 at once, 15 a minute.
Answers wait for no bucket: for them the platform itself says when it is too much.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Rank

EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Limit:
    """One bucket: for each address of a kind, or for the whole channel (`each` false), from a rank on."""

    channel: str
    kind: str  # the second part of a destination: identity, store, member; "*" for all
    each: bool
    from_rank: Rank
    per_second: float
    burst: int


LIMITS = (
    Limit("telegram", "store", True, Rank.STAFF, 15 / 60, 5),  # 20 a minute in one group
    Limit("telegram", "identity", True, Rank.SERVICE, 1.0, 3),  # 1 a second to one person, short bursts pass
    Limit("telegram", EVERYBODY, False, Rank.SERVICE, 20.0, 5),  # 30 a second in all, room left for answers
    Limit("wecom", "store", True, Rank.TAP, 15 / 60, 5),  # 20 a minute per robot
    Limit("sms", "identity", True, Rank.SERVICE, 1 / 30, 1),  # one in 30 seconds to one phone
    Limit("wechat", EVERYBODY, False, Rank.SERVICE, 10.0, 10),  # 45011 comes from some thousand a minute on
)


def limits_for(destination: str, rank: int) -> tuple[Limit, ...]:
    """The buckets that this must ask: "telegram:store:2" of rank STAFF → one."""
    channel, kind, _ = destination.split(":", 2)
    return tuple(
        limit
        for limit in LIMITS
        if limit.channel == channel and limit.kind in (kind, EVERYBODY) and rank >= limit.from_rank
    )
