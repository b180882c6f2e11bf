"""请假 下周一到下周三 代班赵工; 销假."""

from __future__ import annotations

from core.understanding.leave_words import leave_wanted
from core.understanding.staff_words import Order
from handlers.orders.whom import Desk
from storage.roster import NO_BACKUP, OVERLAPS, TOO_LONG, LeaveRefused


def ask(desk: Desk, order: Order) -> str:
    crm, say = desk.crm, desk.say
    wanted = leave_wanted(order.words, crm.now.astimezone(crm.shop.zone))
    if wanted.from_on is None or wanted.to_on is None:
        return say.leave_which_days()
    backup = crm.staff.named(wanted.backup, desk.staff.store_id)
    if wanted.backup and backup is None:
        return say.nobody_named(wanted.backup)
    try:
        leave = crm.roster.go_on_leave(desk.staff.key, wanted.from_on, wanted.to_on, backup.key if backup else None)
    except LeaveRefused as refusal:
        return why_not(desk, refusal, wanted.backup)
    return say.on_leave(leave.from_on, leave.to_on, backup.name if backup else "")


def come_back(desk: Desk, order: Order) -> str:
    return desk.say.back_at_work(desk.crm.roster.come_back(desk.staff.key))


def why_not(desk: Desk, refusal: LeaveRefused, backup: str) -> str:
    if refusal.why == OVERLAPS and refusal.other:
        return desk.say.leave_overlaps(refusal.other.from_on, refusal.other.to_on)
    if refusal.why == NO_BACKUP:
        return desk.say.leave_no_backup(backup)
    return desk.say.leave_too_long() if refusal.why == TOO_LONG else desk.say.leave_turned()
