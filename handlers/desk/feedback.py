"""A suggestion from any card: kept for the boss."""

from __future__ import annotations

from core.errors import Refused
from core.say import StaffSay
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import Task


def suggest(crm: Crm, staff: Staff, task: Task, say: StaffSay, words: str) -> str:
    """With words from the staff page; a tap in the chat is told how. Raises Refused, so that it is read."""
    if not words.strip():
        raise Refused(say.feedback_how(task.key))
    crm.feedback.add(staff.key, words, task.key)
    return say.feedback_kept()


WORDED = {"feedback": suggest}
