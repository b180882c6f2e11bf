"""What the staff and other programs do with a coupon: look at it, redeem it once, take it back; the owner is told."""

from __future__ import annotations

from datetime import timedelta

from core.codes import coupon_code
from core.masking import masked_name
from core.messages import Bubble, Rank
from core.say import StaffSay
from core.say.offers import gives, title
from flows.voice import voice_for
from storage.coupons import (
    EXPIRED,
    NOT_ALLOWED,
    NOT_CLAIMED,
    OTHER_STORE,
    REDEEMED,
    REVOKED,
    UNKNOWN,
    Coupon,
    CouponRefused,
)
from storage.crm import Crm
from storage.staff import Staff

MAY_REDEEM = ("advisor", "manager", "operator", "boss")
MAY_REVOKE = ("manager", "operator", "boss")
TOLD_FOR = timedelta(days=1)


def seen(crm: Crm, staff: Staff, text: str) -> Coupon:
    """The coupon whose code is in the words, if it is theirs to see. Raises CouponRefused."""
    if staff.role not in MAY_REDEEM:
        raise CouponRefused(NOT_ALLOWED)
    coupon = with_code(crm, text)
    if not staff.sees_store(crm.owners.get(coupon.owner_id).store_id):
        raise CouponRefused(OTHER_STORE)
    return coupon


def with_code(crm: Crm, text: str) -> Coupon:
    """Raises CouponRefused when there is none."""
    code = coupon_code(text)
    coupon = crm.coupons.with_code(code) if code else None
    if coupon is None:
        raise CouponRefused(UNKNOWN)
    return coupon


def redeem(crm: Crm, staff: Staff, text: str, via: str) -> Coupon:
    """Used now, in the store of the member of staff. Raises CouponRefused."""
    coupon = crm.coupons.redeem(seen(crm, staff, text), staff_id=staff.key, store_id=staff.store_id, via=via)
    _tell_used(crm, coupon)
    return coupon


def redeem_by_program(crm: Crm, name: str, text: str, store_id: int | None) -> Coupon:
    """Used now, as a till or a DMS says that has a token. Raises CouponRefused."""
    crm.actor, crm.channel = f"api:{name}"[:32], "api"
    coupon = crm.coupons.redeem(with_code(crm, text), staff_id=None, store_id=store_id, via=crm.actor)
    _tell_used(crm, coupon)
    return coupon


def revoke(crm: Crm, staff: Staff, text: str, why: str) -> tuple[Coupon, bool]:
    """Taken back; whether the owner, who had claimed it, was told. Raises CouponRefused."""
    if staff.role not in MAY_REVOKE:
        raise CouponRefused(NOT_ALLOWED)
    coupon = seen(crm, staff, text)
    if not crm.coupons.revoke(coupon, why):
        raise crm.coupons.refusal(coupon)
    had_it = coupon.claimed_at is not None
    if had_it:
        say = voice_for(crm, coupon.owner_id)
        text = say.coupon_taken_back(title(say, crm.coupons.offer(coupon)), coupon.revoked_why)
        crm.outbox.tell_owner(coupon.owner_id, Bubble(text), Rank.SERVICE, TOLD_FOR)
    return coupon, had_it


# — in words —


def in_words(crm: Crm, staff: Staff, coupon: Coupon, say: StaffSay) -> str:
    """What it gives, whose it is, until when, and where it stands."""
    offer = crm.coupons.offer(coupon)
    over = coupon.status in ("offered", "claimed") and coupon.valid_until <= crm.now
    status = EXPIRED if over else coupon.status
    last = crm.coupons.last_day(coupon)
    return say.coupon_shown(title(say, offer), gives(say, offer), last, whose(crm, staff, coupon), status)


def whose(crm: Crm, staff: Staff, coupon: Coupon) -> str:
    """The owner's name, masked for an advisor who does not look after them."""
    owner = crm.owners.get(coupon.owner_id)
    theirs = staff.role != "advisor" or owner.advisor_id == staff.key
    return (owner.name if theirs else masked_name(owner.name)) or f"#{owner.key}"


def why_not(crm: Crm, refusal: CouponRefused, say: StaffSay) -> str:
    """The sentence for who wanted to use a coupon and may not."""
    coupon = refusal.coupon
    if coupon and refusal.why == REDEEMED and coupon.redeemed_at:
        return say.coupon_used_before(coupon.redeemed_at, *used_by(crm, coupon))
    if coupon and refusal.why == EXPIRED:
        return say.coupon_over(crm.coupons.last_day(coupon))
    if coupon and refusal.why == REVOKED:
        return say.coupon_taken_back(coupon.revoked_why)
    plain = {
        NOT_CLAIMED: say.coupon_not_claimed,
        OTHER_STORE: say.coupon_of_another_store,
        NOT_ALLOWED: say.coupon_not_allowed,
    }
    return plain.get(refusal.why, say.coupon_unknown)()


def used_by(crm: Crm, coupon: Coupon) -> tuple[str, str]:
    """Where, and by whom: a member of staff or a program."""
    where = crm.stores.get(coupon.redeemed_store_id).name if coupon.redeemed_store_id else ""
    if coupon.redeemed_by:
        return where, crm.staff.get(coupon.redeemed_by).name
    return where, coupon.redeemed_via.removeprefix("api:")


def _tell_used(crm: Crm, coupon: Coupon) -> None:
    say = voice_for(crm, coupon.owner_id)
    text = say.coupon_used(title(say, crm.coupons.offer(coupon)), used_by(crm, coupon)[0])
    crm.outbox.tell_owner(coupon.owner_id, Bubble(text), Rank.SERVICE, TOLD_FOR)
