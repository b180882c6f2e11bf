"""Win-back, step m3: who has not come for three months is asked why, with a welcome-back gift for the answer.

An owner with an appointment still to come is left alone; one whose household has a complaint open is told as a skip.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.journeys import Step
from core.known_journeys import KNOWN, as_ruled
from core.messages import Bubble, Rank, starting
from core.reasons import REASONS
from flows.voice import voice_for
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, send, skip
from storage.away import away_since
from storage.crm import Crm

JOURNEY, STEP = "win_back", "m3"


def run(crm: Crm) -> list[TickItem]:
    """Everybody whose three months are over today, or were while nobody looked; five months after it is too late."""
    m3, m5, _ = _steps(crm)
    if is_quiet(crm, Rank.MARKETING):
        return []
    today, items = crm.now.astimezone(crm.shop.zone).date(), []
    for row in away_since(crm, today, m3.months, JOURNEY, STEP):
        late = m5.day(row.last_visit) <= today
        items.append(_decide(crm, row, late=late))
    return [item for item in items if item]


def _steps(crm: Crm) -> tuple[Step, ...]:
    return as_ruled(KNOWN[JOURNEY], crm.shop.policy.journey(JOURNEY)).steps


def _decide(crm: Crm, row: Any, *, late: bool) -> TickItem | None:
    what = Happening(JOURNEY, STEP, row.occurrence, row.owner_id, row.vehicle_id, row.plate)
    if late:
        return skip(crm, what, "too late: the next step is due")
    life = crm.shop.policy.care.message_life
    return send(crm, what, _invitation(crm, row), Rank.MARKETING, life)


def _invitation(crm: Crm, row: Any) -> Callable[[], Bubble]:
    """One tap is the answer."""

    def words() -> Bubble:
        say, months = voice_for(crm, row.owner_id), _steps(crm)[0].months
        name = f"{JOURNEY}:{row.occurrence}"
        survey = crm.surveys.invite(row.owner_id, name, vehicle_id=row.vehicle_id, last_visit=row.last_visit)
        choices = (
            starting("win_back_survey", say.reason_to_stay_away(reason), f"{survey.key}.{reason}") for reason in REASONS
        )
        return Bubble(say.long_not_seen(row.name, months), tuple(choices))

    return words
