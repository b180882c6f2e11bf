"""The desk's clock: cards that nobody took or nobody worked on, leaves that begin, opportunities to be reminded of."""

from __future__ import annotations

from collections.abc import Callable

from core.desk import Step, step_due
from core.messages import Bubble
from core.say import StaffSay
from journeys.items import TickItem
from storage.crm import Crm
from storage.opportunities import Opportunity
from storage.tasks import Task


def run(crm: Crm) -> list[TickItem]:
    """What is due now: two statements while nothing is. Tells of new work; a card that moves on is no new work."""
    for leave in crm.roster.begun():
        crm.roster.hand_cards_over(leave)
    for task in crm.tasks.left_alone():
        _look(crm, task)
    items = [_of_opportunity(crm, one) for one in crm.opportunities.due()]
    return [item for item in items if item]


def _look(crm: Crm, task: Task) -> bool:
    """The step that is due. False: a tap or another tick was first."""
    escalated = task.escalated_at is not None
    match step_due(task.look_again_for, task.unanswered, escalated=escalated, rules=crm.shop.policy.desk):
        case Step.OFFER:
            return crm.tasks.offer_again(task)
        case Step.RETURN:
            return _takes_back(crm, task, crm.tasks.lapse)
        case Step.ESCALATE:
            return _takes_back(crm, task, crm.tasks.escalate)
        case Step.REMIND:
            return _remind(crm, task)


def _takes_back(crm: Crm, task: Task, change: Callable[[Task], bool]) -> bool:
    """Whoever had it has the talk with the owner no more: the bot answers again."""
    held = crm.threads.is_held_by(task)
    if not change(task):
        return False
    if held and task.conversation_id is not None:
        crm.threads.end(task.conversation_id, task.owner_id)
    return True


def _remind(crm: Crm, task: Task) -> bool:
    taker = task.taken_by
    if not crm.tasks.remind(task):
        return False
    if place := crm.staff.private_place(taker) if taker else "":
        say = StaffSay("zh", crm.shop.zone)
        text = say.how_did_it_end(task.key, say.title(task.kind, task.level))
        crm.outbox.queue_note(place, Bubble(text), task.key)
    return True


def _of_opportunity(crm: Crm, one: Opportunity) -> TickItem | None:
    """A card at its time, to who looks after it."""
    planned = one.remind_at
    if planned is None or not crm.opportunities.reminded(one):
        return None
    crm.tasks.open(
        "opportunity",
        store_id=one.store_id,
        owner_id=one.owner_id,
        vehicle_id=one.vehicle_id,
        facts={"opportunity": one.key},
        occurrence=f"opportunity:{one.key}:{planned:%Y%m%d%H%M}",
    )
    name = f"opportunity {one.key} / {planned:%Y-%m-%d}"
    return TickItem("desk", "opportunity", name, one.owner_id, None, "staff", "task", "")
