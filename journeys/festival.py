"""Festivals: one greeting on the last working day before, the same words for all. Off until the shop switches it on.

On the day itself nobody would be at work to answer, and a shop that does not write on holidays could not send it.
"""

from __future__ import annotations

from typing import Any

from core.holidays import shipped
from core.known_journeys import KNOWN
from core.messages import Bubble, Rank
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.calendar_audiences import festivals
from storage.crm import Crm


def greet(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    calendar = crm.shop.policy.gate.calendar or shipped()
    names = next(names for eve, names in calendar.greeted(None, row.anchor) if eve == row.anchor)
    words = Bubble(voice_for(crm, row.owner_id).happy_festival(names), shared=True)
    return send(crm, what, words, Rank.MARKETING, crm.shop.policy.care.message_life)


FESTIVAL = Plan(KNOWN["festival"], festivals, {"greeting": greet})
