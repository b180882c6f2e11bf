"""Coupons in time: over after their last day; one reminder before, with a button to book."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Bubble, Rank, starting
from flows.voice import voice_for
from flows.wallet import told
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, may_act, send
from storage.coupons import Coupon
from storage.crm import Crm

JOURNEY = "coupon_expiring"
JUST_CLAIMED = timedelta(days=1)  # nobody is reminded of what they took a moment ago


def run(crm: Crm) -> list[TickItem]:
    """End what is over, and remind of what soon will be."""
    crm.coupons.expire()
    if is_quiet(crm, Rank.MARKETING) or not may_act(crm, JOURNEY):
        return []
    days = timedelta(days=crm.shop.policy.coupons.remind_days)
    ending = crm.coupons.ending(crm.now + days, claimed_before=crm.now - JUST_CLAIMED, unless_decided=JOURNEY)
    return [item for coupon in ending if (item := remind(crm, coupon))]


def remind(crm: Crm, coupon: Coupon) -> TickItem | None:
    say, owner = voice_for(crm, coupon.owner_id), crm.owners.get(coupon.owner_id)
    book = starting("booking", say.use_it_now())
    bubble = Bubble(say.coupon_expiring(owner.name, *told(crm, say, coupon)), (book,))
    what = Happening(JOURNEY, f"d{crm.shop.policy.coupons.remind_days}", f"coupon:{coupon.key}", coupon.owner_id)
    return send(crm, what, bubble, Rank.MARKETING, coupon.valid_until - crm.now)
