"""The coupon page: what it gives and until when, a code to read out and a QR code to scan, or what became of it."""

from __future__ import annotations

import segno
from markupsafe import Markup

from console.h5.call import Call, Done, Elsewhere, NoLink, Shown
from core.codes import grouped
from core.say.offers import gives, title
from flows.birthday_coupon import claimed
from flows.wallet import told
from storage.coupons import CLAIMED, EXPIRED, OFFERED, REDEEMED, Coupon, CouponRefused

QUIET_ZONE = 4  # modules, as scanners want them


def show(call: Call) -> Shown:
    coupon = _coupon(call)
    offer, state = call.crm.coupons.offer(coupon), _state(call, coupon)
    values = {
        "state": state,
        "name": call.owner_name(),
        "said": call.say.notice(call.asked.get("said", ""), None),
        "gives": gives(call.say, offer),
        "last": call.crm.coupons.last_day(coupon),
        "code": grouped(coupon.code) if state == CLAIMED else "",
        "qr": qr(coupon.code) if state == CLAIMED else "",
        "used": _used(call, coupon),
    }
    return Shown("h5_coupon.html", title(call.say, offer), values)


def act(call: Call) -> Done | Elsewhere:
    if call.asked.get("do") == "book":
        return call.to_booking()
    return _claim(call) if call.asked.get("do") == "claim" else {}


def qr(text: str) -> Markup:
    """Black on white whatever the theme; as SVG, so that it is sharp at any size."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    svg: str = code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
    return Markup(svg)  # made by us, of letters and digits


def _claim(call: Call) -> Done:
    """Theirs now; a second tap only shows it."""
    coupon = _coupon(call)
    try:
        coupon = claimed(call.crm, call.link.owner_id, coupon.key)
    except CouponRefused:
        return {}
    call.crm.links.used(call.link, "claimed")
    call.tell_in_chat(call.say.coupon_claimed(*told(call.crm, call.say, coupon), grouped(coupon.code)))
    return {"said": "claimed"}


def _coupon(call: Call) -> Coupon:
    coupon = call.crm.coupons.find(call.link.subject or 0)
    if coupon is None or coupon.owner_id != call.link.owner_id:
        raise NoLink(410)
    return coupon


def _state(call: Call, coupon: Coupon) -> str:
    """Its status; one whose last day is over has run out, whether or not somebody has written that down."""
    ran_out = coupon.status in (OFFERED, CLAIMED) and coupon.valid_until <= call.crm.now
    return EXPIRED if ran_out else coupon.status


def _used(call: Call, coupon: Coupon) -> str:
    if coupon.status != REDEEMED or coupon.redeemed_at is None:
        return ""
    store = call.crm.stores.get(coupon.redeemed_store_id).name if coupon.redeemed_store_id else ""
    return call.say.used_at(coupon.redeemed_at, store)
