"""Nurture: a new car's first three months: welcome, tips, a free first check, a care package."""

from __future__ import annotations

from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Choice, Rank, starting
from flows.voice import voice_for
from journeys.engine import Act, Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.audiences import new_cars
from storage.crm import Crm

CHECK = "inspection"


def welcome(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """Who looks after them, and that they may just write."""
    say, owner = voice_for(crm, row.owner_id), crm.owners.get(row.owner_id)
    stores = crm.stores.all()
    store = next((one.name for one in stores if one.key == owner.store_id), stores[0].name if stores else "")
    advisor = crm.staff.get(owner.advisor_id).name if owner.advisor_id else ""
    return _send(crm, what, say.new_car(row.name, crm.vehicles.get(row.vehicle_id).model, store, advisor))


def tips(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    return _send(crm, what, voice_for(crm, row.owner_id).three_tips(row.name))


def first_check(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    say = voice_for(crm, row.owner_id)
    return _send(
        crm, what, say.first_check(row.name), starting("booking", say.book_check(), f"{row.vehicle_id}.{CHECK}")
    )


def package(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    say = voice_for(crm, row.owner_id)
    return _send(crm, what, say.care_package(row.name), starting("human", say.tell_me_more()))


def _send(crm: Crm, what: Happening, text: str, *choices: Choice) -> TickItem | None:
    return send(crm, what, Bubble(text, choices), Rank.MARKETING, crm.shop.policy.care.message_life)


_ACTS: dict[str, Act] = {"d1": welcome, "d7": tips, "d30": first_check, "d90": package}
NURTURE = Plan(KNOWN["nurture"], new_cars, _ACTS)
