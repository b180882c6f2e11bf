"""The gate: may something that waits in the outbox leave now? Everything that is sent has passed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.messages import Rank


class Verdict(StrEnum):
    """What becomes of it."""

    GO = "go"
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
    frozen: bool = False  # a complaint of their household is open
    needs_window: bool = False  # WeChat: only within the time and number that the person's last action opened
    window_left: int = 0
    window_until: datetime | None = None


def decide(passage: Passage, now: datetime) -> tuple[Verdict, str]:
    """The verdict, and why when it is not GO."""
    if now >= passage.expires_at:
        return Verdict.EXPIRED, "too late"
    if not passage.to_owner:
        return Verdict.GO, ""
    if passage.rank >= Rank.MARKETING and not passage.allows_marketing:
        return Verdict.REFUSED, "no consent to marketing"
    if passage.rank >= Rank.MARKETING and passage.frozen:
        return Verdict.REFUSED, "an open complaint of the household"
    if not passage.reachable:
        return Verdict.ELSEWHERE, "cannot be reached there any more"
    if passage.needs_window and not _window_is_open(passage, now):
        return Verdict.ELSEWHERE, "window closed"
    return Verdict.GO, ""


def _window_is_open(passage: Passage, now: datetime) -> bool:
    return passage.window_left > 0 and passage.window_until is not None and now < passage.window_until
