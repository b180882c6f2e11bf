"""Whether bringing a friend counts: the shop gives nothing for bringing oneself."""

from __future__ import annotations

from dataclasses import dataclass

SELF, SAME_PHONE, SAME_CAR, SAME_DEVICE = "self", "same_phone", "same_car", "same_device"
KNOWN, CIRCULAR, SECOND = "known", "circular", "second"
CHAMPION = "转介绍达人"


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """What the store knows of a friend and of the one who brought them."""

    same_owner: bool = False
    same_phone: bool = False
    same_car: bool = False  # ever, by plate or by car
    same_device: bool = False  # one chat account was seen under both
    visited_before: bool = False  # the friend was a customer before the invitation
    brought_by_friend: bool = False  # the friend, or somebody they brought, had brought the referrer
    has_referrer: bool = False  # somebody else brought them already


def refusal(facts: ReferralFacts) -> str | None:
    """Why it does not count, the plainest reason first; None when it does."""
    reasons = (
        (facts.same_owner, SELF),
        (facts.same_phone, SAME_PHONE),
        (facts.same_device, SAME_DEVICE),
        (facts.same_car, SAME_CAR),
        (facts.visited_before, KNOWN),
        (facts.brought_by_friend, CIRCULAR),
        (facts.has_referrer, SECOND),
    )
    return next((why for holds, why in reasons if holds), None)
