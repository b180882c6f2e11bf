"""Win-back: who has not come for three months is asked why, with a gift for the answer; after five the advisor writes
in person, after six the manager calls.

An owner with an appointment still to come is left alone; one whose household has a complaint open is told as a skip.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.known_journeys import KNOWN, as_ruled
from core.messages import Bubble, Rank, starting
from core.reasons import REASONS
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, assign, assign_marketing, send
from storage.audiences import away
from storage.crm import Crm

NAME = "win_back"


def ask_why(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    return send(crm, what, _invitation(crm, row), Rank.MARKETING, crm.shop.policy.care.message_life)


def advisor_writes(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """The offer is in the card; it goes from the advisor's own hand, to who allowed marketing."""
    return assign_marketing(crm, what, "win_back_call", last_visit=row.anchor.isoformat(), offer=NAME)


def manager_calls(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    return assign(crm, what, "win_back_call", to_manager=True, last_visit=row.anchor.isoformat(), offer=NAME)


def _invitation(crm: Crm, row: Any) -> Callable[[], Bubble]:
    """One tap is the answer."""

    def words() -> Bubble:
        say, months = voice_for(crm, row.owner_id), _months(crm)
        name = f"{NAME}:{row.occurrence}"
        survey = crm.surveys.invite(row.owner_id, name, vehicle_id=row.vehicle_id, last_visit=row.anchor)
        choices = (
            starting("win_back_survey", say.reason_to_stay_away(reason), f"{survey.key}.{reason}") for reason in REASONS
        )
        return Bubble(say.long_not_seen(row.name, months), tuple(choices))

    return words


def _months(crm: Crm) -> int:
    return as_ruled(KNOWN[NAME], crm.shop.policy.journey(NAME)).steps[0].months


WIN_BACK = Plan(KNOWN[NAME], away, {"m3": ask_why, "m5": advisor_writes, "m6": manager_calls})
