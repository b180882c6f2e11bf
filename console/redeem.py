"""The staff page on which a coupon is redeemed: type or scan its code, see what it gives and whose it is, use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.house import House
from console.looks import language_of
from console.problem import body_of
from console.sessions import back_to, comes_from_us, signed_in
from console.showing import message, say_of, shown
from core.codes import coupon_code, grouped
from core.say import StaffSay
from core.say.offers import gives, title
from handlers.coupons import MAY_REVOKE, redeem, revoke, seen, whose, why_not
from storage.coupons import CLAIMED, EXPIRED, OFFERED, Coupon, CouponRefused
from storage.crm import Crm
from storage.staff import Staff

LONGEST_FORM = 2000
Change = Callable[[Crm, Staff, str, str, StaffSay], str]  # code, reason → the sentence


def add(routes: APIRouter, house: House) -> None:
    """`/console/redeem?code=…` is what the coupon's QR code leads to."""

    @routes.get("/console/redeem")
    async def look(request: Request, code: str = "") -> Response:
        say = StaffSay(language_of(request), house.shop.zone)
        return await shown(request, house, "redeem.html", lambda crm, staff: view(crm, staff, code[:80], say))

    @routes.post("/console/redeem")
    async def use(request: Request) -> Response:
        return await _do(request, house, _use)

    @routes.post("/console/redeem/revoke")
    async def take_back(request: Request) -> Response:
        return await _do(request, house, _take_back)


def view(crm: Crm, staff: Staff, text: str, say: StaffSay) -> dict[str, Any]:
    """The field for the code, and the coupon under it once there is one."""
    values: dict[str, Any] = {"desk": say, "typed": text, "coupon": None, "trouble": ""}
    if not text.strip():
        return values
    try:
        coupon = seen(crm, staff, text)
    except CouponRefused as refusal:
        return values | {"trouble": why_not(crm, refusal, say)}
    return values | {"typed": grouped(coupon.code), "coupon": _shown(crm, staff, coupon, say)}


def _shown(crm: Crm, staff: Staff, coupon: Coupon, say: StaffSay) -> dict[str, Any]:
    offer, live = crm.coupons.offer(coupon), coupon.valid_until > crm.now
    ready = coupon.status == CLAIMED and live
    over = coupon.status in (OFFERED, CLAIMED) and not live
    refusal = CouponRefused(EXPIRED if over else coupon.status if coupon.status != OFFERED else "not_claimed", coupon)
    return {
        "code": grouped(coupon.code),
        "title": title(say, offer),
        "gives": gives(say, offer),
        "owner": whose(crm, staff, coupon),
        "last": say.day(crm.coupons.last_day(coupon)),
        "ready": ready,
        "why_not": "" if ready else why_not(crm, refusal, say),
        "may_revoke": staff.role in MAY_REVOKE and live and coupon.status in (OFFERED, CLAIMED),
    }


async def _do(request: Request, house: House, change: Change) -> Response:
    """One form, one change; what became of it is said on the page that follows."""
    page_say, say = say_of(request, house), StaffSay(language_of(request), house.shop.zone)
    if not comes_from_us(request, house):
        return message(request, page_say, 403, "cross", page_say.refused_title(), page_say.foreign_form())
    form = parse_qs((await body_of(request, LONGEST_FORM)).decode("utf-8", "replace"))
    code, why = (form.get(name, [""])[0] for name in ("code", "why"))

    def run(crm: Crm) -> str | None:
        staff = signed_in(crm, request)
        return change(crm, staff, code, why, say) if staff else None

    said = await house.database.run(run)
    if said is None:
        return message(request, page_say, 401, "key", page_say.no_session_title(), page_say.how_to_sign_in())
    return back_to(f"/console/redeem?code={quote(coupon_code(code) or code[:40])}", said)


def _use(crm: Crm, staff: Staff, code: str, why: str, say: StaffSay) -> str:
    try:
        coupon = redeem(crm, staff, code, "console")
    except CouponRefused as refusal:
        return why_not(crm, refusal, say)
    offer = crm.coupons.offer(coupon)
    return say.coupon_redeemed(title(say, offer), gives(say, offer), whose(crm, staff, coupon))


def _take_back(crm: Crm, staff: Staff, code: str, why: str, say: StaffSay) -> str:
    if not why.strip():
        return say.why_revoked()
    try:
        coupon, told = revoke(crm, staff, code, why.strip())
    except CouponRefused as refusal:
        return why_not(crm, refusal, say)
    return say.coupon_revoked(title(say, crm.coupons.offer(coupon)), whose(crm, staff, coupon), told=told)
