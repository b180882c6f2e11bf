"""Opportunities at the desk: how far one is, by buttons; what was not ended comes back."""

from __future__ import annotations

from core.errors import Refused
from core.opportunities import CONTACTED, LOST, QUOTED, WON
from core.say import OwnerSay, StaffSay
from handlers.desk.view import CardKind, Rows, View, person_lines
from handlers.desk.work import Action, noted
from storage.crm import Crm
from storage.opportunities import Opportunity
from storage.staff import Staff
from storage.tasks import TAKEN, Task

_ENDS = (WON, LOST)


def lines(view: View) -> list[str]:
    one, say = _of(view.crm, view.task), view.say
    if one is None:
        return person_lines(view)
    item = OwnerSay("en" if say.english else "zh", view.crm.shop.zone).item(one.item)
    return [*person_lines(view), say.field("item", item), *stage_lines(view)]


def stage_lines(view: View) -> list[str]:
    """How far it is, what it may be worth, what comes next; nothing where there is no opportunity behind the card."""
    one, say = _of(view.crm, view.task), view.say
    if one is None:
        return []
    return [
        say.field("stage", say.opportunity_stage(one.stage)),
        say.field("amount", say.money(one.amount_fen)) if one.amount_fen else "",
        say.field("next", one.next_step) if one.next_step and view.full else "",
    ]


def after_taking(view: View) -> Rows:
    stages = ("opportunity_contacted", "opportunity_quoted"), ("opportunity_won", "opportunity_lost")
    return (*stages, ("snooze", "not_reachable"), ("give_back",))


def _moves(stage: str) -> Action:
    def move(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
        one = _of(crm, task)
        if one is None:
            raise Refused(say.unknown_button())
        if task.status != TAKEN or task.taken_by != staff.key:
            return noted(crm, staff, task, say, False)
        crm.opportunities.move(one, stage, staff.key)
        outcome = f"opportunity_{stage}"
        if stage in _ENDS:
            return noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))
        crm.opportunities.plan(one, at=crm.now + crm.shop.policy.desk.opportunity_again)
        return noted(crm, staff, task, say, crm.tasks.note(task, staff.key, outcome))

    return move


def _of(crm: Crm, task: Task) -> Opportunity | None:
    number = task.told().get("opportunity")
    return crm.opportunities.find(number) if number else None


KINDS = {"opportunity": CardKind(lines, after_taking=after_taking)}
ACTIONS = {f"opportunity_{stage}": _moves(stage) for stage in (CONTACTED, QUOTED, WON, LOST)}
