"""申请 8折 粤B12345 老客户: within one's level it is given and kept, above it the manager decides on a card."""

from __future__ import annotations

from core.approvals import Wish, decider, may_give
from core.understanding.staff_words import Order
from core.understanding.wishes import wish_in
from handlers.orders.whom import Desk, whom
from storage.approvals import Approval
from storage.owners import Owner

LONGEST_WHY, LONGEST_GIFT = 200, 64


def ask(desk: Desk, order: Order) -> str:
    wish, why = wish_in(order.words)
    owner, why_not = whom(desk, order) if order.kind else (None, "")
    if why_not:
        return why_not
    if owner is None or wish == Wish():
        return desk.say.approval_how()
    limits = desk.crm.shop.policy.roles
    new = _approval(desk, owner, order, wish, why)
    told = desk.say.wish(wish.percent_off, wish.amount_fen, wish.gift)
    if may_give(desk.staff.role, wish, limits):
        desk.crm.approvals.give(new)
        return desk.say.approval_within(told)
    desk.crm.approvals.ask(new, to_boss=decider(wish, limits=limits) != "manager")
    return desk.say.approval_asked(told)


def _approval(desk: Desk, owner: Owner, order: Order, wish: Wish, why: str) -> Approval:
    car = desk.crm.vehicles.with_plate(order.target) if order.kind == "plate" else None
    return Approval(
        staff_id=desk.staff.key,
        owner_id=owner.key,
        vehicle_id=car.key if car else None,
        store_id=owner.store_id or desk.staff.store_id,
        percent_off=wish.percent_off,
        amount_fen=wish.amount_fen,
        gift=wish.gift[:LONGEST_GIFT],
        why=why[:LONGEST_WHY],
        created_at=desk.crm.now,
    )
