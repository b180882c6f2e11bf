"""记 粤B12345 怕胎噪，下周三给他回电话: a remark, a reminder on that day, an opportunity where one is named."""

from __future__ import annotations

from datetime import datetime

from core.recommended import wanted_in
from core.understanding.staff_words import Order
from core.understanding.todos import Todo, todos
from handlers.orders.whom import Desk, whom
from storage.owners import Owner

LONGEST = 200  # characters of one remark


def note(desk: Desk, order: Order) -> str:
    owner, why_not = whom(desk, order)
    if owner is None:
        return why_not
    if not order.words:
        return desk.say.what_to_note()
    crm = desk.crm
    crm.owners.remark(owner, order.words[:LONGEST])
    planned = [_remind(desk, owner, one) for one in todos(order.words, crm.now.astimezone(crm.shop.zone))]
    planned += _opportunity(desk, owner, order.words)
    return desk.say.noted_about(desk.name(owner), order.words[:LONGEST] if desk.full else "", planned)


def _opportunity(desk: Desk, owner: Owner, words: str) -> list[str]:
    """What they may want, by the note; once while it is not over."""
    crm, item = desk.crm, wanted_in(words)
    if item is None or crm.opportunities.open_one(owner.key, item):
        return []
    store = owner.store_id or desk.staff.store_id
    one = crm.opportunities.begin(owner.key, item, store_id=store, advisor_id=desk.staff.key)
    if one is None:
        return []
    crm.opportunities.plan(one, at=crm.now + crm.shop.policy.desk.opportunity_again, step=words)
    return [desk.say.opportunity_kept(desk.owner_say.item(item), one.stage, one.remind_at)]


def _remind(desk: Desk, owner: Owner, todo: Todo) -> str:
    """Their own card at that time; when the moment is gone today, at once."""
    crm = desk.crm
    at = datetime.combine(todo.day, todo.at or crm.shop.policy.desk.reminded_at, crm.shop.zone)
    crm.tasks.open_for(
        desk.staff.key,
        max(at, crm.now),
        "reminder",
        store_id=owner.store_id or desk.staff.store_id,
        owner_id=owner.key,
        facts={"note": todo.words[:LONGEST]},
    )
    return desk.say.will_remind(at, todo.words if desk.full else "")
