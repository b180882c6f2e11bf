"""我的任务: what somebody has taken, and what is offered to them."""

from __future__ import annotations

from core.understanding.staff_words import Order
from handlers.orders.whom import Desk
from storage.tasks import Task


def mine(desk: Desk, order: Order) -> str:
    taken = desk.crm.tasks.taken_by(desk.staff.key)
    offered = desk.crm.tasks.offered_to(desk.staff.key)
    return desk.say.my_tasks([_line(desk, task) for task in taken], [_line(desk, task) for task in offered])


def _line(desk: Desk, task: Task) -> str:
    crm, say = desk.crm, desk.say
    owner = crm.owners.get(task.owner_id) if task.owner_id else None
    until = task.snoozed_until or task.look_again_at
    when = say.until(until) if until else ""
    return " ".join(
        filter(None, [f"#{task.key}", say.title(task.kind, task.level), desk.name(owner) if owner else "", when])
    )
