"""How much each platform takes, as a table. Platforms change these without notice: change the row.

A bucket lets `burst + seconds * per_second` pass: a platform's "20 a minute" is 5 at once, 15 a minute.
Answers wait for no bucket: for them the platform itself says when it is too much.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Rank

EVERYBODY = "*"
MODEL_SECONDS = 2.5  # how long an owner's message waits for a language model at most …
MODEL_LEAVES = 1.3  # … and what must be left of the platform's patience for the store and the way back


@dataclass(frozen=True, slots=True)
class Limit:
    """One bucket: for each address of a kind, or for the whole channel (`each` false), from a rank on.

    `part` tells apart the buckets of one channel.
    """

    channel: str
    kind: str  # the second part of a destination: identity, store, member; "*" for all
    each: bool
    from_rank: Rank
    per_second: float
    burst: int
    part: str = ""


LIMITS = (
    Limit("telegram", "store", True, Rank.STAFF, 15 / 60, 5),  # 20 a minute in one group
    Limit("telegram", "identity", True, Rank.SERVICE, 1.0, 3),  # 1 a second to one person, short bursts pass
    Limit("telegram", EVERYBODY, False, Rank.SERVICE, 20.0, 5),  # 30 a second in all, room left for answers
    Limit("wecom", "store", True, Rank.TAP, 15 / 60, 5),  # 20 a minute per robot
    # 30 a minute and 1000 an hour, answers and pushes together; in all, since it is told both ways whether per chat.
    # The narrowest is asked first: what it refuses has cost the others nothing. A tap has five seconds: room for it.
    Limit("wecom_bot", EVERYBODY, False, Rank.STAFF, 14 / 60, 4, "cards"),
    Limit("wecom_bot", EVERYBODY, False, Rank.TAP, 24 / 60, 6),
    Limit("wecom_bot", EVERYBODY, False, Rank.TAP, 900 / 3600, 100, "hour"),
    Limit("sms", "identity", True, Rank.SERVICE, 1 / 30, 1),  # one in 30 seconds to one phone
    Limit("wechat", EVERYBODY, False, Rank.SERVICE, 10.0, 10),  # 45011 comes from some thousand a minute on
)


@dataclass(frozen=True, slots=True)
class LineRules:
    """The long connection to WeCom's AI bot, in seconds."""

    ping_every: float = 30.0
    answers_within: float = 10.0  # a connection on which an answer stays away longer is dead
    tap_lasts: float = 5.0  # a card changes as the answer to a tap for so long …
    reassures_after: float = 3.5  # … and with nothing to show by then, the tapper is told that it is under way
    words_last: float = 300.0  # words are answered in place for so long, later by a new message
    first_pause: float = 1.0  # before it connects again; twice as long after each failure …
    longest_pause: float = 30.0
    kicked_pause: float = 60.0  # another connection took its place, and may be in the right
    looks_every: float = 5.0  # whether this process still leads

    def pause(self, failures: int) -> float:
        """How long to wait after so many failures in a row (from 1)."""
        return min(self.first_pause * 2.0 ** (min(failures, 20) - 1), self.longest_pause)


LINE = LineRules()


def limits_for(destination: str, rank: int) -> tuple[Limit, ...]:
    """The buckets that this must ask: "telegram:store:2" of rank STAFF → one."""
    channel, kind, _ = destination.split(":", 2)
    return tuple(
        limit
        for limit in LIMITS
        if limit.channel == channel and limit.kind in (kind, EVERYBODY) and rank >= limit.from_rank
    )
