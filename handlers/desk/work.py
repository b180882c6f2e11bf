"""What can be done with any task: take it, say how far it is, give it back, end it.

Each action does it and returns the sentence for the one who tapped, or raises Refused with the sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from core.errors import Refused
from core.say import StaffSay
from handlers.desk import threads
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import OPEN, TAKEN, UNFINISHED, Task

Action = Callable[[Crm, Staff, Task, StaffSay], str]

# Of a button that says what it is about beside its task, as in "send.34": the argument is "34".
NumberedAction = Callable[[Crm, Staff, Task, StaffSay, str], str]


def _take(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    if threads.is_thread(task):
        threads.check_free(crm, staff, task, say)
    mine = task.status == TAKEN and task.taken_by == staff.key
    if not mine and not crm.tasks.take(task, staff.key, anyway=staff.role != "advisor"):
        raise Refused(_who_has_it(crm, task, say))
    if not mine:
        if threads.is_thread(task):
            threads.begin(crm, staff, task)
        reveal(crm, staff, task)
    can_be_told = staff.started_bot or not crm.shop.telegram or crm.staff.private_channel(staff.key) == "wecom_bot"
    return say.you_took_it() if can_be_told else say.you_took_it_start_bot()


def reveal(crm: Crm, staff: Staff, task: Task) -> None:
    """The full card goes to the taker's private chat, and the store remembers who was shown whom."""
    crm.record("owner.revealed", "task", task.key, owner_id=task.owner_id, detail=staff.name)
    if channel := crm.staff.private_channel(staff.key):
        crm.outbox.queue_private_card(channel, staff.key, task)


def _called(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return noted(crm, staff, task, say, crm.tasks.note(task, staff.key, "called"))


def _booked(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _finished(crm, staff, task, say, "booked")


def _done(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _finished(crm, staff, task, say, "done")


def _finished(crm: Crm, staff: Staff, task: Task, say: StaffSay, outcome: str) -> str:
    said = noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))
    if threads.is_thread(task):
        threads.end(crm, task, done=True)
    return said


def _snooze(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _later(crm, staff, task, say, crm.shop.policy.snooze, "snoozed")


def _not_reachable(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    return _later(crm, staff, task, say, crm.shop.policy.not_reachable_again, "not_reachable")


def _give_back(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    said = noted(crm, staff, task, say, crm.tasks.give_back(task, staff.key))
    if threads.is_thread(task):
        threads.end(crm, task, done=False)
    return said


def _later(crm: Crm, staff: Staff, task: Task, say: StaffSay, wait: timedelta, outcome: str) -> str:
    return noted(crm, staff, task, say, crm.tasks.snooze(task, staff.key, crm.now + wait, outcome))


def noted(crm: Crm, staff: Staff, task: Task, say: StaffSay, changed: bool) -> str:
    if changed:
        return say.noted()
    if task.status == OPEN:
        raise Refused(say.take_it_first())
    raise Refused(_who_has_it(crm, task, say, mine_is_over=task.taken_by == staff.key))


def _who_has_it(crm: Crm, task: Task, say: StaffSay, *, mine_is_over: bool = False) -> str:
    if task.status == OPEN and task.offered_to and task.reserved_until:
        return say.reserved_for(crm.staff.get(task.offered_to).name, task.reserved_until)
    if mine_is_over or task.status not in UNFINISHED or not task.taken_by:
        return say.already_over()
    return say.somebody_took_it(crm.staff.get(task.taken_by).name)


ACTIONS: dict[str, Action] = {
    "take": _take,
    "called": _called,
    "booked": _booked,
    "snooze": _snooze,
    "not_reachable": _not_reachable,
    "done": _done,
    "give_back": _give_back,
}
