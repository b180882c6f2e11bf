"""The gate: may something that waits in the outbox leave now? Everything that is sent has passed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.messages import Rank

CAP_DAYS = timedelta(days=30)
# When journeys compete for the few messages that an owner gets, the first of these wins.
FIRST_SERVED = ("birthday", "win_back", "coupon_expiring", "nurture", "recommendation", "referral", "festival")
CAMPAIGN = "campaign:"  # begins the name of each; every other name is a journey of the shop's own
NO_ACCOUNT, NO_CONSENT = "no account to write to", "no consent to marketing"
FROZEN, RECALLED = "an open complaint of the household", "an open recall of their car"
CAP, BUDGET = "cap", "budget"
CAMPAIGN_BUDGET, OFFER_BUDGET = "the campaign's budget is used up", "the offer's budget of the month is used up"
LATE, OUTLASTED = "too late", "the quiet hours outlast it"
UNREACHABLE, WINDOW_CLOSED = "cannot be reached there any more", "window closed"


class Verdict(StrEnum):
    """What becomes of it."""

    GO = "go"
    LATER = "later"  # when the quiet hours or holidays end
    EXPIRED = "expired"  # too late to be of use
    ELSEWHERE = "elsewhere"  # not this way; another channel of the same person may work
    REFUSED = "refused"  # not at all


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known about one thing to send at the moment it would leave."""

    rank: int
    expires_at: datetime
    to_owner: bool = False  # to a person, not to staff or as the answer to a tap
    reachable: bool = True  # they have neither blocked the bot nor unfollowed
    allows_marketing: bool = False
    frozen: str = ""  # FROZEN or RECALLED: why marketing to them stands still
    not_before: datetime | None = None  # the first moment that is not quiet for its rank
    room: int | None = None  # how many marketing messages the owner may still get; None: it is not counted
    needs_window: bool = False  # WeChat: only within the time and number that the person's last action opened
    window_left: int = 0
    window_until: datetime | None = None


def decide(passage: Passage, now: datetime) -> tuple[Verdict, str]:
    """The verdict, and why when it is not GO. LATER: at `not_before`."""
    if now >= passage.expires_at:
        return Verdict.EXPIRED, LATE
    if not passage.to_owner:
        return Verdict.GO, ""
    if passage.rank >= Rank.MARKETING and (no := _unwanted(passage)):
        return Verdict.REFUSED, no
    if passage.not_before is not None and passage.not_before > now:
        return _wait(passage.not_before, passage.expires_at)
    if passage.room is not None and passage.room <= 0:
        return Verdict.REFUSED, CAP
    if not passage.reachable:
        return Verdict.ELSEWHERE, UNREACHABLE
    if passage.needs_window and not window_is_open(passage.window_left, passage.window_until, now):
        return Verdict.ELSEWHERE, WINDOW_CLOSED
    return Verdict.GO, ""


def priority(journey: str) -> int:
    """Its place when journeys compete: 0 goes first, then the shop's own, campaigns last."""
    if journey in FIRST_SERVED:
        return FIRST_SERVED.index(journey)
    return len(FIRST_SERVED) + journey.startswith(CAMPAIGN)


def window_is_open(left: int, until: datetime | None, now: datetime, reserve: int = 0) -> bool:
    """Whether WeChat takes a message now, and more than `reserve` of them."""
    return left > reserve and until is not None and now < until


def _unwanted(passage: Passage) -> str:
    return passage.frozen if passage.allows_marketing else NO_CONSENT


def _wait(until: datetime, expires_at: datetime) -> tuple[Verdict, str]:
    return (Verdict.LATER, "quiet hours") if until < expires_at else (Verdict.EXPIRED, OUTLASTED)
