"""Cards: a task as the staff see it. Masked where the group reads, full only for the one who took it."""

from __future__ import annotations

from core.messages import Button, Card
from core.say import StaffSay
from handlers.desk import KINDS
from handlers.desk.view import CardKind, View
from storage.crm import Crm
from storage.tasks import CLOSED, DONE, OPEN, SNOOZED, TAKEN, UNFINISHED, Task

_PLAIN = CardKind()  # of a kind that has no file of its own


def card(crm: Crm, task: Task, *, full_for: int | None = None, language: str = "zh") -> Card:
    """The task's card. `full_for`: the member of staff who may see everything; nobody else may."""
    view = View(crm, task, StaffSay(language, crm.shop.zone), full=full_for is not None and full_for == task.taken_by)
    kind = KINDS.get(task.kind, _PLAIN)
    lines = tuple(line for line in _told(view, kind) if line)
    tone = "done" if task.status in (DONE, CLOSED) else "alarm" if task.level == "high" else kind.tone
    return Card(task.key, view.say.title(task.kind, task.level), lines, _buttons(view, kind), tone, _footer(view))


def _told(view: View, kind: CardKind) -> tuple[str, ...]:
    if view.is_forgotten:
        return ()
    return (*kind.lines(view), view.worth(), view.pictures(), *_whose_turn(view))


def change_note(crm: Crm, task: Task, language: str = "zh") -> str:
    """What changed, in one line, for channels that cannot edit a card."""
    view = View(crm, task, StaffSay(language, crm.shop.zone), full=False)
    return f"{view.say.title(task.kind, task.level)} #{task.key} · {_footer(view)}"


def _whose_turn(view: View) -> list[str]:
    """Whom it is offered to, and whether it has waited too long: while it waits, and never whose fault that is."""
    task, say = view.task, view.say
    offered = task.offered_to if task.status == OPEN else None
    name = say.mention(view.crm.staff.get(offered).name) if offered else ""
    waited = task.escalated_at is not None and task.status in UNFINISHED
    return [say.field("offered", name) if name else "", say.escalated() if waited else ""]


def _buttons(view: View, kind: CardKind) -> tuple[tuple[Button, ...], ...]:
    if view.task.status == OPEN:
        rows = kind.while_open(view)
    elif view.task.status in (TAKEN, SNOOZED):
        rows = kind.after_taking(view)
    else:
        return ()
    rows = (*rows, ("feedback",))
    return tuple(tuple(Button(action, view.say.button(action)) for action in row) for row in rows)


def _footer(view: View) -> str:
    task, say = view.task, view.say
    name = view.crm.staff.get(task.taken_by).name if task.taken_by else ""
    if task.status == OPEN:
        return say.waiting(task.changed_at, task.look_again_at)
    if task.status == SNOOZED and task.snoozed_until:
        return say.snoozed(name, task.snoozed_until)
    if task.status == CLOSED:
        return say.over(task.outcome)
    if task.outcome:
        return say.progress(name, task.outcome, task.changed_at)
    return say.taken(name, task.taken_at or task.changed_at)
