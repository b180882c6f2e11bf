"""Extra work (增项): an advisor proposes it in the private chat, the owner decides, the card shows what was said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from core.messages import Rank
from core.money import yuan
from core.notices import notice
from core.say import StaffSay
from core.understanding import normalise_plate
from flows.extra_item import WORDING, question
from flows.voice import voice_for
from handlers.desk.view import CardKind, View
from storage.crm import Crm
from storage.extra_items import CARD, ExtraItem
from storage.owners import Owner
from storage.staff import Staff
from storage.vehicles import Vehicle
from storage.visits import Visit

PROPOSERS = ("advisor", "manager")  # nobody else names amounts
_COMMAND = re.compile(
    r"^\s*(?:增项|/extra|extra)\s+(?P<plate>\S+)\s+(?P<name>.+?)\s+[¥￥]?(?P<yuan>\d{1,6}(?:\.\d{1,2})?)\s*(?:元|块|yuan)?"
    r"(?:\s+(?P<long>\d+(?:\.\d)?)\s*(?P<unit>小时|分钟|h|hours?|min|minutes?))?\s*$",
    re.I,
)
_STARTS = re.compile(r"^\s*(?:增项|/extra)(?:\s|$)", re.I)


def lines(view: View) -> list[str]:
    say, item = view.say, view.crm.extra_items.of_task(view.task.key)
    if item is None:
        return []
    return [
        say.field("owner", view.name(view.owner)),
        view.phone(),
        say.field("car", view.plate(item.plate)),
        say.field("work", f"{item.name} {say.money(item.amount_fen)}"),
        say.field("answer", say.extra_status(item.status)),
        say.field("advisor_now", view.crm.staff.get(item.proposed_by).name),
    ]


def propose(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """Put a piece of work to the owner of the car. Answers what became of it, or what is missing."""
    if staff.role not in PROPOSERS:
        return say.amounts_are_not_yours()
    vehicle = crm.vehicles.with_plate(normalise_plate(found["plate"]) or "")
    owner = _owner_of(crm, vehicle) if vehicle else None
    if vehicle is None or owner is None or not staff.sees_store(owner.store_id):
        return say.no_owner_of_that_plate()
    until = closing(crm, owner.store_id or staff.store_id)
    if until is None:
        return say.closed_for_today()
    item = crm.extra_items.propose(_item(crm, staff, found, vehicle, owner, until))
    crm.tasks.take(crm.tasks.get(item.task_id or 0), staff.key)
    price = yuan(item.amount_fen)
    shape = notice("extra_item", crm.shop.zone, plate=item.plate, work=item.name, price=price, until=until)
    bubble = replace(question(voice_for(crm, owner.key), item, _total(crm, item)), notice=shape)
    told = crm.outbox.tell_owner(owner.key, bubble, Rank.SERVICE, until - crm.now)
    return say.extra_asked(item.name, item.amount_fen) if told else say.extra_cannot_be_asked()


def usage(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    return say.extra_usage()


def closing(crm: Crm, store_id: int | None) -> datetime | None:
    """When the store closes today; None when it has. A shop without a store closes at midnight."""
    today = crm.now.astimezone(crm.shop.zone).date()
    if store_id is None:
        return datetime.combine(today + timedelta(days=1), time(), crm.shop.zone)
    spans = crm.stores.open_spans(crm.stores.get(store_id), today)
    return spans[-1][1] if spans and spans[-1][1] > crm.now else None


def _item(crm: Crm, staff: Staff, found: re.Match[str], vehicle: Vehicle, owner: Owner, until: datetime) -> ExtraItem:
    visit = _open_visit(crm, vehicle.key)
    return ExtraItem(
        owner_id=owner.key,
        vehicle_id=vehicle.key,
        plate=vehicle.plate or "",
        store_id=owner.store_id or staff.store_id,
        visit_id=visit.key if visit else None,
        proposed_by=staff.key,
        name=found["name"].strip()[:64],
        amount_fen=round(float(found["yuan"]) * 100),
        minutes=_minutes(found),
        wording=WORDING,
        asked_at=crm.now,
        expires_at=until,
    )


def _minutes(found: re.Match[str]) -> int | None:
    if not found["long"]:
        return None
    return round(float(found["long"]) * (60 if found["unit"][0] in "小hH" else 1))


def _owner_of(crm: Crm, vehicle: Vehicle) -> Owner | None:
    """Who decides about the car: of several owners the one whose chat we have."""
    owners = crm.owners.of_vehicle(vehicle.key)
    reached = [owner for owner in owners if crm.conversations.best_of_owner(owner.key)]
    return next(iter(reached or owners), None)


def _open_visit(crm: Crm, vehicle_id: int) -> Visit | None:
    return next((visit for visit in crm.visits.of_vehicle(vehicle_id) if visit.status == "open"), None)


def _total(crm: Crm, item: ExtraItem) -> int:
    """The visit's amount so far with everything agreed and this, in fen; 0 when there is no work order to add to."""
    visit = _open_visit(crm, item.vehicle_id)
    if visit is None:
        return 0
    return visit.amount_fen + crm.extra_items.agreed_fen(item.vehicle_id, visit.created_at) + item.amount_fen


KINDS = {CARD: CardKind(lines, after_taking=lambda view: (("called", "give_back"),))}
COMMANDS = ((_COMMAND, propose), (_STARTS, usage))
