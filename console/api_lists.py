"""The lists of the API, from the store's rows to the documents. All raise BadInput for a wrong filter."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from core.errors import BadInput
from storage import listings
from storage.crm import Crm
from storage.listings import AppointmentFilter, OwnerFilter, Page
from storage.owners import Owner
from storage.profile import appointment_item, opportunity_item, shown
from storage.stores import Store
from storage.tasks import Task

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(2000, 2200)
Document = dict[str, Any]


def appointments(crm: Crm, since: str, to: str, store: str, status: str, page: Page) -> Document:
    """`to` as a day includes it."""
    wanted = AppointmentFilter(
        since=_moment(crm, "from", since, timedelta(0)),
        until=_moment(crm, "to", to, timedelta(days=1)),
        store_id=store_named(crm, store).key if store else None,
        status=status,
    )
    rows, following = listings.appointments(crm, wanted, page)
    return {"items": [appointment_item(crm, row) for row in rows], "next": following}


def slots(crm: Crm, store: str, service: str, day: str) -> Document:
    item = crm.services.by_code(service)
    if item is None:
        codes = ", ".join(one.code for one in crm.services.all())
        raise BadInput(f"service: one of {codes}")
    free = crm.appointments.slots(store_named(crm, store), item, _day("date", day))
    items = [
        {
            "starts_at": shown(crm, slot.starts_at),
            "ends_at": shown(crm, slot.ends_at),
            "capacity": slot.capacity,
            "free": slot.free,
        }
        for slot in free
    ]
    return {"items": items, "next": None}


def owners(crm: Crm, store: str, grade: str, stage: str, page: Page) -> Document:
    wanted = OwnerFilter(store_named(crm, store).key if store else None, grade, stage)
    rows, following = listings.owners(crm, wanted, page)
    codes = _codes(crm)
    return {"items": [_owner(crm, row, codes) for row in rows], "next": following}


def tasks(crm: Crm, store: str, status: str, page: Page) -> Document:
    rows, following = listings.tasks(crm, store_named(crm, store).key if store else None, status, page)
    codes = _codes(crm)
    return {"items": [_task(crm, row, codes) for row in rows], "next": following}


def opportunities(crm: Crm, store: str, stage: str, page: Page) -> Document:
    rows, following = listings.opportunities(crm, store_named(crm, store).key if store else None, stage, page)
    return {"items": [opportunity_item(crm, row) for row in rows], "next": following}


def _owner(crm: Crm, owner: Owner, codes: dict[int | None, str]) -> Document:
    return {
        "id": owner.key,
        "name": owner.name,
        "status": owner.status,
        "phone": crm.owners.phone(owner),
        "store": codes.get(owner.store_id),
        "grade": owner.grade,
        "stage": owner.stage,
        "churn_level": owner.churn_level,
    }


def _task(crm: Crm, task: Task, codes: dict[int | None, str]) -> Document:
    return {
        "id": task.key,
        "kind": task.kind,
        "status": task.status,
        "level": task.level,
        "store": codes.get(task.store_id),
        "owner_id": task.owner_id,
        "appointment_id": task.appointment_id,
        "taken_by": crm.staff.get(task.taken_by).name if task.taken_by else None,
        "outcome": task.outcome,
        "created_at": shown(crm, task.created_at),
        "changed_at": shown(crm, task.changed_at),
    }


def _codes(crm: Crm) -> dict[int | None, str]:
    return {store.key: store.code for store in crm.stores.all()}


def store_named(crm: Crm, text: str) -> Store:
    store = crm.stores.named(text) if text.isprintable() else None
    if store is None:
        codes = ", ".join(one.code for one in crm.stores.all())
        raise BadInput(f"store: a code or name; there are {codes or 'none yet'}")
    return store


def _moment(crm: Crm, name: str, text: str, from_midnight: timedelta) -> datetime | None:
    """A day is the shop's: its midnight, moved on by that much. A moment needs an offset."""
    if not text:
        return None
    if _DAY.fullmatch(text):
        return datetime.combine(_day(name, text) + from_midnight, time(), crm.shop.zone)
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that nobody escaped
    except ValueError:
        raise BadInput(f"{name}: a day (2026-11-24) or a moment (2026-11-24T09:00:00+08:00)") from None
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise BadInput(f"{name}: a moment with its offset, as in 2026-11-24T09:00:00+08:00")
    return moment


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise BadInput(f"{name}: a day looks like 2026-11-24")
    return day
