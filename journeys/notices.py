"""What an owner is told at once: the car is ready, the maker calls it back. Each once, at a decent hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.messages import Bubble, Rank, starting
from core.money import yuan
from core.notices import notice
from flows.voice import voice_for
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, send, skip
from storage.appointments import Appointment
from storage.crm import Crm
from storage.owners import Owner
from storage.steps import TASK
from storage.vehicles import Vehicle
from storage.visits import Visit

AFTER_VISIT, RECALL = "after_visit", "recall"
DAYS_LOOKED_AT = 14  # for the next day on which a store is open


def car_ready(crm: Crm, visit: Visit, booked: Sequence[Appointment], occurred_at: datetime) -> TickItem | None:
    """Once per work order, to who booked it, else to whose car it is."""
    if not crm.shop.policy.journey(AFTER_VISIT).on:
        return None
    owner = _who_fetches(crm, visit, booked)
    if owner is None:
        return None
    plate = crm.vehicles.get(visit.vehicle_id).plate if visit.vehicle_id else None
    what = Happening(AFTER_VISIT, "ready", visit.number, owner.key, visit.vehicle_id, plate)
    if crm.now - occurred_at > crm.shop.policy.ready_within:
        return skip(crm, what, "it was ready too long ago")
    closes = pick_up_until(crm, visit.store_id)
    amount = _amount(owner, visit)
    text = voice_for(crm, owner.key).car_ready(plate or "", closes, crm.now, amount)
    store = crm.stores.get(visit.store_id).name if visit.store_id else ""
    shape = notice(
        "car_ready", crm.shop.zone, plate=plate, store=store, closes_at=closes, amount=yuan(amount) if amount else ""
    )
    waits_there = closes and _is_open(crm, visit.store_id) and is_quiet(crm, Rank.SERVICE)
    rank = Rank.REPLY if waits_there else Rank.SERVICE  # who waits while the store is open wants to know at any hour
    return send(crm, what, Bubble(text, notice=shape), rank, crm.shop.policy.notice_life)


def recall(crm: Crm, campaign: str, text: str, car: Vehicle) -> list[TickItem]:
    """The maker calls the car back: a message to each of its owners, a call for the advisor where there is no account.

    Once per campaign, car and owner.
    """
    items = [_recall_owner(crm, campaign, text, car, owner) for owner in crm.owners.of_vehicle(car.key)]
    return [item for item in items if item is not None]


def pick_up_until(crm: Crm, store_id: int | None) -> datetime | None:
    """The closing time until which a car can be fetched: today's, else that of the next day that is open."""
    store = crm.stores.get(store_id) if store_id else next(iter(crm.stores.all()), None)
    today = crm.now.astimezone(crm.shop.zone).date()
    for days in range(DAYS_LOOKED_AT) if store else ():
        spans = crm.stores.open_spans(store, today + timedelta(days=days)) if store else []
        if spans and spans[-1][1] > crm.now:
            return spans[-1][1]
    return None


def _recall_owner(crm: Crm, campaign: str, text: str, car: Vehicle, owner: Owner) -> TickItem | None:
    what = Happening(RECALL, "notice", f"{campaign}:{car.key}:{owner.key}", owner.key, car.key, car.plate)
    say = voice_for(crm, owner.key)
    button = starting("booking", say.book_now(), car.key)
    shape = notice(RECALL, crm.shop.zone, plate=car.plate, campaign=campaign, words=text)
    bubble = Bubble(say.recall(car.plate or car.model, campaign, text), (button,), notice=shape)
    if not crm.routes.plan(owner.key, crm.routes.wish(Rank.SERVICE, bubble), RECALL).routes:
        return _call(crm, what, campaign, text, owner)
    return send(crm, what, bubble, Rank.SERVICE, crm.shop.policy.notice_life)


def _call(crm: Crm, what: Happening, campaign: str, text: str, owner: Owner) -> TickItem | None:
    """Nobody may stay untold about a recall."""
    number = crm.steps.claim(
        what.journey, what.step, what.occurrence, owner.key, vehicle_id=what.vehicle_id, decision=TASK
    )
    if number is None:
        return None
    task = crm.tasks.open(
        "recall_call",
        store_id=owner.store_id,
        owner_id=owner.key,
        vehicle_id=what.vehicle_id,
        facts={"campaign": campaign, "text": text},
        occurrence=f"recall:{what.occurrence}",
    )
    crm.steps.led_to(number, task_id=task)
    return TickItem(what.journey, what.step, what.occurrence, owner.key, what.plate, "", TASK, "no account to write to")


def _who_fetches(crm: Crm, visit: Visit, booked: Sequence[Appointment]) -> Owner | None:
    """Who booked it; else whose visit it is; else the one whose car it is."""
    numbers = [*(one.owner_id for one in booked), visit.owner_id]
    people = [crm.owners.get(number) for number in numbers if number]
    people += crm.owners.of_vehicle(visit.vehicle_id) if visit.vehicle_id and not visit.owner_id else []
    reached = (one for one in people if crm.conversations.best_of_owner(one.key))
    return next(reached, people[0] if people else None)


def _amount(owner: Owner, visit: Visit) -> int:
    """Whom we only take to be somebody on record is not told what was paid."""
    return visit.amount_fen if owner.status == "active" else 0


def _is_open(crm: Crm, store_id: int | None) -> bool:
    store = crm.stores.get(store_id) if store_id else next(iter(crm.stores.all()), None)
    spans = crm.stores.open_spans(store, crm.now.astimezone(crm.shop.zone).date()) if store else []
    return any(opens <= crm.now < closes for opens, closes in spans)
