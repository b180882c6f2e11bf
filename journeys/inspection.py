"""Inspection due (年检): a notice a month and a week before the mark ends, with a button that books a check."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from core.inspections import goes_to_station, years_at
from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from core.notices import notice
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.calendar_audiences import inspections
from storage.crm import Crm

NAME, WORK = "inspection_due", "inspection"


def remind(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """Whether the car must go to a station this time, and until when."""
    say, bought = voice_for(crm, row.owner_id), crm.vehicles.get(row.vehicle_id).purchased_on
    at_station = bought is not None and goes_to_station(years_at(bought, row.anchor))
    text = say.inspection_soon(row.name, row.plate or "", row.anchor, at_station=at_station)
    shape = notice(NAME, crm.shop.zone, name=row.name, plate=row.plate, due_on=row.anchor)
    words = Bubble(text, (starting("booking", say.book_inspection(), f"{row.vehicle_id}.{WORK}"),), notice=shape)
    over = datetime.combine(row.anchor + timedelta(days=1), time(), crm.shop.zone)
    return send(crm, what, words, Rank.SERVICE, min(over - crm.now, crm.shop.policy.notice_life))


INSPECTION = Plan(KNOWN[NAME], inspections, {"d30": remind, "d7": remind})
