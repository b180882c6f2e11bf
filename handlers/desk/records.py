"""An owner puts their record right, wants a copy of it, or is interested in something; and recommending it."""

from __future__ import annotations

import re

from core.errors import Refused
from core.masking import masked_name, masked_plate
from core.messages import Bubble, Rank
from core.recommended import ITEMS, item_named
from core.say import OwnerSay, StaffSay
from core.understanding import normalise_plate
from flows.voice import voice_for
from handlers.desk.opportunities import after_taking, stage_lines
from handlers.desk.view import WORK, CardKind, Rows, View, person_lines
from handlers.desk.work import noted
from journeys.recommendation import recommend
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import OPEN, Task

_RECOMMEND = re.compile(r"^\s*(?:推荐|recommend)\s+(?P<plate>\S{5,12})\s+(?P<item>.{1,20}?)\s*$", re.I)


def correction_lines(view: View) -> list[str]:
    told, field = view.task.told(), view.task.told().get("field", "")
    mask = masked_name if field == "name" else masked_plate
    old, new = (str(told.get(side, "")) for side in ("old", "new"))
    shown = (old, new) if view.full else (mask(old) if old else "", mask(new) if new else "")
    fact = OwnerSay("en" if view.say.english else "zh", view.crm.shop.zone).fact(field)
    return [view.say.field("owner", view.name(view.owner)), view.say.change_line(fact, *shown), view.phone()]


def export_lines(view: View) -> list[str]:
    return [*person_lines(view), view.say.field("say", view.say.how_to_export(view.task.owner_id or 0))]


def interest_lines(view: View) -> list[str]:
    told = view.task.told()
    item = OwnerSay("en" if view.say.english else "zh", view.crm.shop.zone).item(told.get("item", ""))
    why = str(told.get("reason", {}).get("why", ""))
    pitch = view.say.field("say", view.say.tell_about(item, why))
    return [*person_lines(view), view.say.field("service", item), *stage_lines(view), pitch]


def interest_rows(view: View) -> Rows:
    """An interest with an opportunity behind it goes through the stages of one."""
    return after_taking(view) if "opportunity" in view.task.told() else WORK


def correction_yes(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """It is as the owner says: written, and the owner is told."""
    _decide(crm, staff, task, say, "correction_yes")
    owner, told = crm.owners.get(task.owner_id or 0), task.told()
    field, new = told.get("field"), str(told.get("new", ""))
    if field == "name":
        owner.name = new
        crm.session.flush()
    elif field == "plate" and task.vehicle_id:
        crm.vehicles.correct(crm.vehicles.get(task.vehicle_id), "plate", new)
    crm.record("owner.corrected", "owner", owner.key, owner_id=owner.key, detail=str(field))
    text = voice_for(crm, owner.key).changed(str(field), new)
    crm.outbox.tell_owner(owner.key, Bubble(text), Rank.SERVICE, crm.shop.policy.notice_life)
    return say.noted()


def correction_no(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """It stays; the advisor has told the owner why, or will."""
    _decide(crm, staff, task, say, "correction_no")
    return say.noted()


def _decide(crm: Crm, staff: Staff, task: Task, say: StaffSay, outcome: str) -> None:
    if task.kind != "correction":
        raise Refused(say.unknown_button())
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
    noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))


def recommend_now(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """推荐 粤B12345 延保."""
    plate, item = normalise_plate(found["plate"]), item_named(found["item"])
    names = OwnerSay("en" if say.english else "zh", crm.shop.zone)
    if item is None:
        return say.unknown_item(say.listed(names.item(code) for code in ITEMS))
    car = crm.vehicles.with_plate(plate) if plate else None
    owners = [owner for owner in crm.owners.of_vehicle(car.key) if staff.sees_store(owner.store_id)] if car else []
    if car is None or not owners:
        return say.nobody_with_plate()
    why_not = recommend(crm, owners[0].key, item, car.key)
    return say.why_not_recommended(why_not) if why_not else say.recommended(names.item(item))


KINDS = {
    "correction": CardKind(
        correction_lines,
        while_open=lambda view: (("correction_yes", "correction_no"), ("take",)),
        after_taking=lambda view: (("correction_yes", "correction_no"), ("give_back",)),
    ),
    "export_wanted": CardKind(export_lines),
    "interest": CardKind(interest_lines, after_taking=interest_rows),
}
ACTIONS = {"correction_yes": correction_yes, "correction_no": correction_no}
COMMANDS = ((_RECOMMEND, recommend_now),)
