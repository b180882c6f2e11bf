"""Maintenance due: a reminder a week before, a text three days before, a call by the advisor on the last day.

It stops the moment the car is booked or here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from core.money import yuan
from core.notices import notice
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, assign, send
from storage.audiences import due_cars
from storage.crm import Crm
from storage.service_items import ServiceItem

SERVICE = "maintenance"
SEARCHED_DAYS = 7  # for a time to propose


def remind(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """What is due, about when, what it costs, and a button that books it."""
    say, item = voice_for(crm, row.owner_id), _work(crm)
    service = item.named(say.pick("zh", "en"))
    text = say.maintenance_soon(row.name, row.plate or "", row.anchor, service, item.price_fen, item.minutes)
    return send(crm, what, _notice(crm, row, text), Rank.SERVICE, _until(crm, row.anchor - timedelta(days=3)))


def remind_by_text(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """By text message, which is also read without the app; where there is none, the next best way."""
    text = voice_for(crm, row.owner_id).maintenance_still_due(row.plate or "", row.anchor)
    life = _until(crm, row.anchor - timedelta(days=1))
    return send(crm, what, _notice(crm, row, text), Rank.SERVICE, life, first=("sms",))


def call(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """The advisor calls, with a time to propose."""
    proposed = _free_time(crm, row.owner_id)
    time = proposed.isoformat() if proposed else None
    return assign(crm, what, "maintenance_call", due=row.anchor.isoformat(), proposed=time)


def _notice(crm: Crm, row: Any, text: str) -> Bubble:
    say, item = voice_for(crm, row.owner_id), _work(crm)
    shape = notice(
        "maintenance_due",
        crm.shop.zone,
        name=row.name,
        plate=row.plate,
        service=item.named(say.pick("zh", "en")),
        price=yuan(item.price_fen),
        due_on=row.anchor,
    )
    return Bubble(text, (starting("booking", say.book_maintenance(), f"{row.vehicle_id}.{SERVICE}"),), notice=shape)


def _until(crm: Crm, day: date) -> timedelta:
    """From now to the beginning of that day."""
    return datetime.combine(day, datetime.min.time(), crm.shop.zone) - crm.now


def _work(crm: Crm) -> ServiceItem:
    item = crm.services.by_code(SERVICE) or crm.services.known(SERVICE)
    assert item is not None, "every shop has the work maintenance"
    return item


def _free_time(crm: Crm, owner_id: int) -> datetime | None:
    """The first free time of the coming days at the owner's store."""
    stores = crm.stores.all()
    home = crm.owners.get(owner_id).store_id
    store = next((one for one in stores if one.key == home), stores[0] if stores else None)
    today = crm.now.astimezone(crm.shop.zone).date()
    days = (today + timedelta(days=n) for n in range(SEARCHED_DAYS)) if store else ()
    found = (moment for day in days if store for moment in crm.appointments.free_starts(store, _work(crm), day))
    return next(found, None)


MAINTENANCE = Plan(KNOWN["maintenance_due"], due_cars, {"t7": remind, "t3": remind_by_text, "t1": call})
