"""商机 粤B12345 延保 3000元 下周三 先发报价: what somebody may want, what it is worth, and what comes next."""

from __future__ import annotations

import re
from datetime import datetime

from core.opportunities import CONTACTED
from core.recommended import ITEMS, item_named
from core.understanding import understand
from core.understanding.staff_words import Order
from handlers.orders.whom import Desk, whom

_AMOUNT = re.compile(r"[¥￥]?\s*(?P<yuan>\d{2,7}(?:\.\d{1,2})?)\s*(?:元|块|yuan)?(?![\d月号日点:-])", re.I)


def keep(desk: Desk, order: Order) -> str:
    """Once per owner and item: the same again says what comes next."""
    owner, why_not = whom(desk, order) if order.kind else (None, "")
    item = item_named(order.words)
    if why_not or owner is None:
        return why_not or desk.say.opportunity_how()
    if item is None:
        return desk.say.unknown_item(desk.say.listed(desk.owner_say.item(code) for code in ITEMS))
    crm, car = desk.crm, desk.crm.vehicles.with_plate(order.target) if order.kind == "plate" else None
    one = crm.opportunities.open_one(owner.key, item) or crm.opportunities.begin(
        owner.key,
        item,
        vehicle_id=car.key if car else None,
        store_id=owner.store_id or desk.staff.store_id,
        advisor_id=desk.staff.key,
    )
    assert one is not None  # without an occurrence there is always room
    crm.opportunities.move(one, CONTACTED, desk.staff.key)
    amount = _AMOUNT.search(order.words)
    fen = round(float(amount["yuan"]) * 100) if amount else None
    crm.opportunities.plan(one, at=_when(desk, order.words), step=order.words, amount_fen=fen)
    return desk.say.opportunity_kept(desk.owner_say.item(item), one.stage, one.remind_at)


def _when(desk: Desk, words: str) -> datetime:
    """The day that they named, else the policy's."""
    crm, rules = desk.crm, desk.crm.shop.policy.desk
    local = crm.now.astimezone(crm.shop.zone)
    day = understand(words, local).slots.get("date")
    if not day:
        return crm.now + rules.opportunity_again
    named = datetime.combine(datetime.fromisoformat(str(day)).date(), rules.reminded_at, crm.shop.zone)
    return max(named, crm.now)
