"""Referrals: once the friend has come and paid, the referrer gets the reward and a word of thanks."""

from __future__ import annotations

from datetime import timedelta

from core.codes import grouped
from core.messages import Bubble, Rank
from core.referrals import CHAMPION, refusal
from core.tag_rules import TagFacts, holds
from flows.referral import REFERRER_OFFER, tell_refused
from flows.voice import voice_for
from flows.wallet import page_line, told
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, send, skip
from storage.coupons import Coupon
from storage.crm import Crm
from storage.references import surviving
from storage.referrals import Referral

JOURNEY, STEP = "referral", "thanks"
LIFE = timedelta(days=14)


def run(crm: Crm) -> list[TickItem]:
    """Whatever wrote the visits down, a talk, an import or the DMS: at night it waits for the morning, and while the
    journey is off until it is on."""
    if is_quiet(crm, Rank.MARKETING) or not crm.shop.policy.journey(JOURNEY).on:
        return []
    return [item for referral, visit_id in crm.referrals.paid() if (item := settle(crm, referral, visit_id))]


def settle(crm: Crm, referral: Referral, visit_id: int) -> TickItem | None:
    """Reward it, or decline it for what was learnt since. None: nothing to do, or no budget before next month."""
    referrer = surviving(crm, referral.referrer_id)
    assert referrer is not None
    what = Happening(JOURNEY, STEP, f"referral:{referral.key}", referrer.key)
    why = refusal(crm.referrals.facts(referral.owner_id, referrer.key, invited_on=referral.invited_on))
    if why:
        if not crm.referrals.decline(referral, why):
            return None
        tell_refused(crm, referrer.key, why)
        return skip(crm, what, why)
    name = f"referral:{referral.key}"
    coupon = crm.coupons.issue(referrer.key, REFERRER_OFFER, name, claimed=True) or crm.coupons.of_occurrence(name)
    if coupon is None or not crm.referrals.reward(referral, visit_id):
        return None
    champion = crm.shop.policy.tag_rule(CHAMPION)
    if champion and holds(champion, TagFacts(referrals=crm.referrals.rewarded(referrer.key))):
        crm.tags.add(referrer.key, CHAMPION, "rule:referral")
    return send(crm, what, lambda: _thanks(crm, referrer.key, referrer.name, coupon), Rank.SERVICE, LIFE)


def _thanks(crm: Crm, owner_id: int, name: str, coupon: Coupon) -> Bubble:
    say = voice_for(crm, owner_id)
    text = say.referral_thanks(name, *told(crm, say, coupon), grouped(coupon.code))
    return Bubble(text + page_line(crm, say, coupon))
