"""A discount above somebody's level: the manager says yes or no, once, and who asked is told."""

from __future__ import annotations

from core.approvals import DECIDERS, may_approve
from core.errors import Refused
from core.messages import Bubble
from core.say import StaffSay
from handlers.desk.view import CardKind, View, person_lines
from handlers.desk.work import noted
from storage.approvals import APPROVED, CARD, REFUSED, Approval
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import OPEN, Task


def lines(view: View) -> list[str]:
    one, say = view.crm.approvals.of_task(view.task.key), view.say
    if one is None:
        return person_lines(view)
    return [
        say.field("asked_by", view.crm.staff.get(one.staff_id).name),
        say.field("wish", say.wish(one.percent_off, one.amount_fen, one.gift)),
        say.field("why", one.why) if one.why else "",
        *person_lines(view),
    ]


def approve(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _decide(crm, staff, task, say, APPROVED)


def refuse(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _decide(crm, staff, task, say, REFUSED)


def _decide(crm: Crm, staff: Staff, task: Task, say: StaffSay, status: str) -> str:
    one = crm.approvals.of_task(task.key)
    if task.kind != CARD or one is None:
        raise Refused(say.unknown_button())
    if staff.role not in DECIDERS or staff.key == one.staff_id:
        raise Refused(say.for_the_manager())
    if status == APPROVED and not may_approve(staff.role, one.wish, crm.shop.policy.roles):
        raise Refused(say.above_your_level())
    if not crm.approvals.decide(one, staff.key, status):
        raise Refused(say.already_over())
    if task.status == OPEN:
        crm.tasks.take(task, staff.key, anyway=True)
    outcome = f"approval_{status}"
    finished = crm.tasks.finish(task, staff.key, outcome) or crm.tasks.close(task, outcome)
    _tell(crm, one, staff)
    return noted(crm, staff, task, say, finished)


def _tell(crm: Crm, one: Approval, by: Staff) -> None:
    """In private where that is possible; else where their group reads it, without the plate."""
    say = StaffSay("zh", crm.shop.zone)
    wish = say.wish(one.percent_off, one.amount_fen, one.gift)
    approved = one.status == APPROVED
    plate = (crm.vehicles.get(one.vehicle_id).plate or "") if one.vehicle_id else ""
    if place := crm.staff.private_place(one.staff_id):
        text = say.approval_result(wish, plate, by.name, approved=approved)
        crm.outbox.queue_note(place, Bubble(text), one.task_id)
        return
    asker = say.mention(crm.staff.get(one.staff_id).name)
    for place in crm.places(one.store_id):
        text = say.approval_result(wish, asker, by.name, approved=approved)
        crm.outbox.queue_note(place, Bubble(text), one.task_id)


_ROWS = (("approval_yes", "approval_no"),)
KINDS = {
    CARD: CardKind(lines, tone="warn", while_open=lambda view: _ROWS, after_taking=lambda view: _ROWS),
}
ACTIONS = {"approval_yes": approve, "approval_no": refuse}
