"""Somebody wants a person, or needs one at once."""

from __future__ import annotations

import re

from core.errors import Refused
from core.say import StaffSay
from handlers.desk import replies, threads
from handlers.desk.view import CardKind, Rows, View
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import Task

_ANSWER = re.compile(r"^\s*(?:回复|/reply|reply)\s*#?\s*(?P<task>\d{1,9})(?!\d)[\s:：,，]*(?P<text>.*)$", re.I | re.S)


def _after_taking(view: View) -> Rows:
    return (*replies.draft_rows(view), ("called", "done"), ("snooze", "not_reachable"), ("give_back",))


def _lines(view: View) -> list[str]:
    """The taker also reads how to answer."""
    how = view.say.field("reply", view.say.answer_how(view.task.key)) if view.full else ""
    return [*replies.lines(view), how]


def _answer(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """ "回复 #12 文字": to the owner, in the advisor's name."""
    task = crm.tasks.find(int(found["task"]))
    return says(crm, staff, task, found["text"], say) if task else say.no_such_thread(int(found["task"]))


def says(crm: Crm, staff: Staff, task: Task, text: str, say: StaffSay) -> str:
    """What an advisor writes about a task goes to its owner: instead of the draft, or as one word of a talk."""
    try:
        if replies.is_open(crm, task):
            return replies.write(crm, staff, task, text, say)
        return threads.answer(crm, staff, task, text, say)
    except Refused as refusal:
        return str(refusal)


def answered(crm: Crm, staff: Staff, platform_id: str, text: str, say: StaffSay) -> str:
    """A reply to something the bot has told this member of staff; "" when that was not about a task."""
    told = crm.outbox.told(f"telegram:member:{staff.key}", platform_id)
    task = crm.tasks.find(told.task_id) if told else None
    if told is None or task is None or not threads.is_thread(task):
        return ""
    draft = crm.drafts.of_task(task.key)
    if draft and draft.created_at > told.created_at and replies.is_open(crm, task):
        return say.draft_dropped("moved_on")
    return says(crm, staff, task, text, say)


KINDS = {
    "hand_over": CardKind(_lines, tone="warn", while_open=replies.while_open, after_taking=_after_taking),
    "sms_reply": CardKind(tone="warn"),
    "media_received": CardKind(),
    "warning_light": CardKind(tone="alarm"),
    "bug": CardKind(_lines, tone="alarm"),
}
COMMANDS = ((_ANSWER, _answer),)
