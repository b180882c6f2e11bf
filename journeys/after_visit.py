"""After a visit: how was it? Asked once per visit, while it is fresh."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.messages import Bubble, Rank, starting
from core.notices import notice
from flows.voice import voice_for
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, may_act, send
from storage.crm import Crm

JOURNEY, STEP = "after_visit", "csat"


def run(crm: Crm) -> list[TickItem]:
    """Completed visits of the last days that nobody was asked about and nobody has rated."""
    policy, zone = crm.shop.policy, crm.shop.zone
    if is_quiet(crm, Rank.SERVICE) or not may_act(crm, JOURNEY):
        return []
    since = crm.now.astimezone(zone).date() - timedelta(days=policy.care.rating_asked_days)
    items = (_ask(crm, row) for row in crm.ratings.to_ask(since, JOURNEY, STEP))
    return [item for item in items if item]


def _ask(crm: Crm, row: Any) -> TickItem | None:
    say = voice_for(crm, row.owner_id)
    choices = (starting("rate_visit", say.points(points), f"{row.visit_id}.{points}") for points in range(1, 6))
    shape = notice("rate_visit", crm.shop.zone, plate=row.plate, work=row.items, visited_on=row.visited_on)
    words = Bubble(say.how_was_it(say.visit(row.visited_on, row.plate or "", row.items)), tuple(choices), notice=shape)
    what = Happening(JOURNEY, STEP, f"visit {row.visit_id}", row.owner_id, row.vehicle_id, row.plate)
    return send(crm, what, words, Rank.SERVICE, crm.shop.policy.care.message_life, patient=True)
