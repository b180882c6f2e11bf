"""Insurance due: a month before the year is over the owner may ask the advisor. Off until the shop switches it on."""

from __future__ import annotations

from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.calendar_audiences import anniversaries
from storage.crm import Crm


def remind(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    say = voice_for(crm, row.owner_id)
    words = Bubble(
        say.insurance_soon(row.name, row.plate or "", row.anchor), (starting("human", say.ask_about_insurance()),)
    )
    return send(crm, what, words, Rank.MARKETING, crm.shop.policy.care.message_life)


INSURANCE = Plan(KNOWN["insurance_due"], anniversaries, {"d30": remind})
