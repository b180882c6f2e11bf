"""Extra work that the owner did not answer by closing time is not done; card and owner are told so."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Bubble, Rank
from flows.voice import voice_for
from journeys.items import TickItem
from storage.crm import Crm

JOURNEY, STEP = "extra_item", "closing_time"
LIFE = timedelta(hours=2)


def run(crm: Crm) -> list[TickItem]:
    """One indexed statement when nothing is due."""
    items = []
    for item in crm.extra_items.expire():
        say = voice_for(crm, item.owner_id)
        row = crm.outbox.tell_owner(item.owner_id, Bubble(say.extra_over(item.name, item.status)), Rank.SERVICE, LIFE)
        channel, decision = (row.destination.partition(":")[0], "send") if row else ("", "skip")
        reason = "no answer by closing time"
        items.append(TickItem(JOURNEY, STEP, f"item {item.key}", item.owner_id, item.plate, channel, decision, reason))
    return items
