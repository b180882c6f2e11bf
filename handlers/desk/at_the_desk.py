"""The owner is here: what may be recommended to them, and one tap for what they make of it."""

from __future__ import annotations

from typing import Any

from core.errors import Refused
from core.say import OwnerSay, StaffSay
from flows.recommendation import opportunity_of
from handlers.desk.view import CardKind, Rows, View, person_lines
from handlers.desk.work import NumberedAction, noted
from journeys.recommendation import AT_THE_DESK
from storage.crm import Crm
from storage.recommendations import INTERESTED, LATER, NEVER, OFFERED, Recommendation
from storage.staff import Staff
from storage.tasks import OPEN, Task

ANSWERS = (INTERESTED, LATER, NEVER)


def lines(view: View) -> list[str]:
    """Each item with why; and what they made of it."""
    return [*person_lines(view), *(_line(view, one) for one in view.task.told().get("items", ()))]


def _line(view: View, told: dict[str, Any]) -> str:
    item = OwnerSay("en" if view.say.english else "zh", view.crm.shop.zone).item(told["item"])
    one = _row(view.crm, view.task, told)
    answer = view.say.outcome(f"recommend_{one.status}") if one and one.status in ANSWERS else ""
    why = view.say.pick(*told["why"]) if view.full or answer == "" else ""
    return view.say.field("recommend", " · ".join(filter(None, (item, answer, why))))


def rows(view: View) -> Rows:
    """A row for each item that they have not answered."""
    waiting = [told["item"] for told in _unanswered(view.crm, view.task)]
    return (*(tuple(f"recommend_{answer}.{item}" for answer in ANSWERS) for item in waiting), ("done",))


def _answers(status: str) -> NumberedAction:
    def answer(crm: Crm, staff: Staff, task: Task, say: StaffSay, item: str) -> str:
        """Whoever talks with them has the card; it is over with the last item."""
        told = next((one for one in task.told().get("items", ()) if one["item"] == item), None)
        if task.kind != AT_THE_DESK or told is None or task.owner_id is None:
            raise Refused(say.unknown_button())
        if task.status == OPEN:
            crm.tasks.take(task, staff.key)
        said = noted(crm, staff, task, say, crm.tasks.note(task, staff.key, f"recommend_{status}"))
        _write(crm, staff, _to_answer(crm, task, told, say), status)
        if not _unanswered(crm, task):
            crm.tasks.finish(task, staff.key, f"recommend_{status}")
        return said

    return answer


def _write(crm: Crm, staff: Staff, one: Recommendation, status: str) -> None:
    crm.recommendations.answer(one, status)
    if status == INTERESTED:
        opportunity_of(crm, one, staff.key)
    elif status == NEVER:
        crm.recommendations.refuse(one.owner_id, one.item)


def _to_answer(crm: Crm, task: Task, told: dict[str, Any], say: StaffSay) -> Recommendation:
    """The one that was pushed, or a new one: told face to face is offered too."""
    one = _row(crm, task, told)
    if one is not None and one.status == OFFERED:
        return one
    facts = {"why": told["why"][0]}
    made = crm.recommendations.offer(
        task.owner_id or 0, told["item"], occurrence=f"task{task.key}", vehicle_id=told["vehicle"], reason=facts
    )
    if made is None:
        raise Refused(say.already_over())
    return made


def _unanswered(crm: Crm, task: Task) -> list[dict[str, Any]]:
    rows = ((told, _row(crm, task, told)) for told in task.told().get("items", ()))
    return [told for told, one in rows if one is None or one.status == OFFERED]


def _row(crm: Crm, task: Task, told: dict[str, Any]) -> Recommendation | None:
    """The newest that is open, or was answered since the card was made."""
    found = crm.recommendations.of_owner(task.owner_id or 0)
    same = (one for one in found if (one.item, one.vehicle_id) == (told["item"], told["vehicle"]))
    return next((one for one in same if one.answered_at is None or one.answered_at >= task.created_at), None)


KINDS = {AT_THE_DESK: CardKind(lines, while_open=lambda view: (*rows(view)[:-1], ("take",)), after_taking=rows)}
NUMBERED = {f"recommend_{status}": _answers(status) for status in ANSWERS}
