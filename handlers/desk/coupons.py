"""Coupons at the desk: what one gives, redeeming it, taking it back, in words; and a budget that is used up."""

from __future__ import annotations

import re

from core.codes import grouped, without_code
from core.gate import CAMPAIGN
from core.say import StaffSay
from core.say.offers import gives, title
from handlers.coupons import in_words, redeem, revoke, seen, whose, why_not
from handlers.desk.view import CardKind, View
from storage.coupons import CLAIMED, CouponRefused
from storage.crm import Crm
from storage.staff import Staff

_WORD = r"(?:券码|券|coupon|code)?"
_REDEEM = re.compile(rf"^\s*(?:核\s*销|/?redeem)\s*{_WORD}(.*)$", re.I | re.S)
_REVOKE = re.compile(rf"^\s*(?:作\s*废|/?revoke)\s*{_WORD}(.*)$", re.I | re.S)
_LOOK = re.compile(r"^\s*(?:查券|券码|check coupon)(.*?)(核\s*销|redeem)?\s*$", re.I | re.S)


def lines(view: View) -> list[str]:
    told = view.task.told()
    if "campaign" in told:
        return [view.say.campaign_used_up(told["campaign"].removeprefix(CAMPAIGN))]
    return [view.say.budget_used_up(view.say.pick(*told["offer"]), told["month"])]


def use(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """核销 ABCDE FGHJK."""
    try:
        coupon = redeem(crm, staff, found[1], "chat")
    except CouponRefused as refusal:
        return why_not(crm, refusal, say)
    offer = crm.coupons.offer(coupon)
    return say.coupon_redeemed(title(say, offer), gives(say, offer), whose(crm, staff, coupon))


def take_back(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """作废 ABCDE FGHJK 发错了."""
    why = without_code(found[1])
    try:
        seen(crm, staff, found[1])
        if not why:
            return say.why_revoked()
        coupon, told = revoke(crm, staff, found[1], why)
    except CouponRefused as refusal:
        return why_not(crm, refusal, say)
    return say.coupon_revoked(title(say, crm.coupons.offer(coupon)), whose(crm, staff, coupon), told=told)


def look(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """券码 ABCDE FGHJK; with 核销 behind it, it is used."""
    if found[2]:
        return use(crm, staff, found, say)
    try:
        coupon = seen(crm, staff, found[1])
    except CouponRefused as refusal:
        return why_not(crm, refusal, say)
    ready = [say.say_to_redeem(grouped(coupon.code))] if coupon.status == CLAIMED else []
    return "\n".join([in_words(crm, staff, coupon, say), *ready])


KINDS = {"budget_used_up": CardKind(lines, tone="warn", after_taking=lambda view: (("done", "give_back"),))}
COMMANDS = ((_REDEEM, use), (_REVOKE, take_back), (_LOOK, look))
