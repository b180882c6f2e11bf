"""An owner's coupons: what each gives, until when, its code and its page."""

from __future__ import annotations

from datetime import date

from core.codes import grouped
from core.say import OwnerSay
from core.say.offers import gives, title
from flows.turn import Turn
from storage.coupons import EXPIRED, OFFERED, REDEEMED, REVOKED, Coupon
from storage.crm import Crm

OVER_SHOWN = 3  # used, expired and revoked ones, the newest


def wallet(turn: Turn) -> None:
    """What can be used, what can be claimed, and what became of the newest others."""
    crm, say, me = turn.crm, turn.say, turn.owner.key
    mine, offered = crm.coupons.usable(me), crm.coupons.usable(me, OFFERED)
    over = [c for c in crm.coupons.of_owner(me) if c.status in (REDEEMED, EXPIRED, REVOKED)][:OVER_SHOWN]
    lines = [say.wallet_line(*told(crm, say, c), grouped(c.code)) + page_line(crm, say, c) for c in mine]
    lines += [say.wallet_offered(*told(crm, say, c)) for c in offered]
    lines += [say.wallet_over(title(say, crm.coupons.offer(c)), c.status) for c in over]
    parts = [] if mine or offered else [say.wallet_empty()]
    text = "\n".join([*parts, *([say.wallet(lines)] if lines else [])])
    claims = [(f"claim_coupon.{c.key}", say.claim_it(title(say, crm.coupons.offer(c)))) for c in offered]
    turn.ask("go", text, [*claims, ("booking", say.use_it_now())])


def told(crm: Crm, say: OwnerSay, coupon: Coupon) -> tuple[str, str, date]:
    """Its title, what it gives, and its last day."""
    offer = crm.coupons.offer(coupon)
    return title(say, offer), gives(say, offer), crm.coupons.last_day(coupon)


def page_line(crm: Crm, say: OwnerSay, coupon: Coupon) -> str:
    """The address of its page with the QR code, on a line of its own; nothing while the shop has no address."""
    if not crm.shop.public_url:
        return ""
    token = crm.links.make("coupon", coupon.owner_id, coupon.valid_until - crm.now, subject=coupon.key)
    return "\n" + say.coupon_page(crm.links.address(token))
