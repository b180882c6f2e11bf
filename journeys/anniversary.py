"""Anniversary: a car's birthday, told to its owner with a word of thanks. Off until the shop switches it on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.calendar_audiences import anniversaries
from storage.crm import Crm


def greet(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    bought = crm.vehicles.get(row.vehicle_id).purchased_on
    years = row.anchor.year - bought.year if bought else 1
    text = voice_for(crm, row.owner_id).years_together(row.name, row.plate or "", years)
    ends = datetime.combine(crm.now.astimezone(crm.shop.zone).date() + timedelta(days=1), time(), crm.shop.zone)
    return send(crm, what, Bubble(text), Rank.MARKETING, ends - crm.now)


ANNIVERSARY = Plan(KNOWN["anniversary"], anniversaries, {"greeting": greet})
