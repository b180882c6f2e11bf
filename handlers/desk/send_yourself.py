"""Words that no channel may carry now: an advisor sends them from their own WeCom, and says whether it was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.errors import Refused
from core.gate import CAP, NO_CONSENT
from core.messages import Bubble
from core.routes import TASK
from core.say import StaffSay
from handlers.desk.view import CardKind, Rows, View
from handlers.desk.work import noted
from storage.consents import MARKETING
from storage.crm import Crm
from storage.routes import SEND_YOURSELF
from storage.staff import Staff
from storage.tasks import TAKEN, Task

BY_HAND = "hand"  # the row's kind
NOT_SENT = "not sent by hand"


def lines(view: View) -> list[str]:
    """Who, until when, and for the taker the words to copy, unless the owner must not get them any more."""
    say, crm, row = view.say, view.crm, _row(view.crm, view.task)
    until = datetime.fromisoformat(view.task.told()["until"]) if "until" in view.task.told() else None
    stop = _why_not(crm, view.task)
    words = Bubble.unpacked(crm.outbox.payload(row)).text if row and view.full and not stop else ""
    return [
        say.field("owner", view.name(view.owner)),
        view.phone(),
        say.field("until", say.moment(until)) if until else "",
        say.do_not_send(stop) if stop else "",
        say.field("send_this", words) if words else "",
    ]


def _sent(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """It counts like every other message to them."""
    row = _row(crm, task)
    if task.owner_id:
        crm.steps.wait_for(task.owner_id)
    if stop := _why_not(crm, task):
        raise Refused(say.do_not_send(stop))
    said = noted(crm, staff, task, say, _is_theirs(staff, task) and crm.tasks.finish(task, staff.key, "sent_by_hand"))
    if row and crm.outbox.sent_by_hand(row.id):
        for step in crm.steps.of_row(row.id):
            crm.steps.left(step.id, TASK)
    return said


def _not_sent(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    row = _row(crm, task)
    said = noted(crm, staff, task, say, _is_theirs(staff, task) and crm.tasks.finish(task, staff.key, "not_sent"))
    if row:
        crm.outbox.left_lying(row.id, NOT_SENT)
    return said


def _why_not(crm: Crm, task: Task) -> str:
    """What has changed since the card was made; "" when it may be sent."""
    row, owner = _row(crm, task), task.owner_id
    if row is None or owner is None:
        return "too late"
    if row.kind == BY_HAND and crm.now >= row.expires_at:
        return "too late"
    if not any(crm.consents.stands(owner, MARKETING, one.channel) for one in crm.identities.of_owner(owner)):
        return NO_CONSENT
    if frozen := crm.freezes.why(owner):
        return frozen
    waits = crm.steps.of_row(row.id) if row.kind == BY_HAND else []
    return CAP if any(crm.steps.room(owner, step.priority, step.id) <= 0 for step in waits) else ""


def _row(crm: Crm, task: Task) -> Any:
    number = task.told().get("row")
    return crm.outbox.row(number) if number else None


def _is_theirs(staff: Staff, task: Task) -> bool:
    return task.status == TAKEN and task.taken_by == staff.key


def _after_taking(view: View) -> Rows:
    return (("sent_by_hand", "not_sent"), ("snooze", "give_back"))


KINDS = {SEND_YOURSELF: CardKind(lines, after_taking=_after_taking)}
ACTIONS = {"sent_by_hand": _sent, "not_sent": _not_sent}
