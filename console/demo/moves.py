"""The shop's clock: on to the next morning, or to the next thing that is due."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import Any

import journeys
from bot.house import House
from console.plates import parted
from console.rehearsed import reasons
from core.say.demo import DemoSay
from journeys import TickItem
from journeys.engine import TOO_LATE
from storage.crm import Crm

MORNING = time(9)
LOOK_AHEAD_DAYS = 30
QUIET_DAY = timedelta(days=1)
NEARBY = timedelta(seconds=30)


def next_morning(house: House) -> datetime:
    """Nine o'clock on the next day of the shop's calendar."""
    tomorrow = house.clock.now().astimezone(house.shop.zone).date() + QUIET_DAY
    return datetime.combine(tomorrow, MORNING, house.shop.zone)


def next_event(house: House) -> datetime:
    """When something is due next: a snoozed card, a hold that runs out, a visit, or a day with fresh cards."""
    soonest = house.database.read(_soonest)
    for days in range(LOOK_AHEAD_DAYS):
        morning = next_morning(house) + days * QUIET_DAY
        if soonest and soonest <= morning:
            return soonest
        if _brings_cards(house, morning):
            return morning
    return soonest or next_morning(house)


async def move(house: House, moment: datetime, language: str) -> str:
    """Set the clock there, let the journeys do what is due, and say what happened."""
    house.clock.advance_to(moment)
    said: str = await house.database.run(lambda crm: _arrive(crm, house, language))
    return said


def _arrive(crm: Crm, house: House, language: str) -> str:
    crm.moments.mark(house.clock.offset, datetime.now(UTC))
    woken = sum(1 for task in crm.tasks.unfinished() if task.snoozed_until and task.snoozed_until <= crm.now)
    items = journeys.tick(crm)
    cards = sum(item.decision == "task" for item in items)
    here = crm.appointments.starting(crm.now - NEARBY, crm.now + NEARBY)
    holds = crm.appointments.ran_out(crm.now - NEARBY, crm.now + NEARBY)
    told = sum(item.decision == "send" for item in items)
    watched = sum(item.journey == "churn_alert" and item.decision != "task" for item in items)
    happened = {
        "plates": [parted(one.plate) for one in here],
        "holds": holds,
        "woken": woken,
        "cards": cards,
        "told": told,
        "quiet": watched,
        "journeys": _by_journey(items),
    }
    crm.record("clock.moved", "shop_clock", 1, detail=json.dumps(happened, ensure_ascii=False))
    return DemoSay(language, crm.shop.zone).arrived(crm.now, happened)


def _by_journey(items: list[TickItem]) -> list[dict[str, Any]]:
    """`{"journey","decided","skipped"}` per journey: how often each decision was taken, and skips by their reason.

    What was over long ago is no news.
    """
    found: dict[str, list[TickItem]] = defaultdict(list)
    for item in (one for one in items if one.reason != TOO_LATE):
        found[item.journey].append(item)
    return [
        {"journey": name, "decided": Counter(item.decision for item in mine), "skipped": reasons(mine)}
        for name, mine in found.items()
    ]


def _soonest(crm: Crm) -> datetime | None:
    snoozed = [task.snoozed_until for task in crm.tasks.unfinished() if task.snoozed_until]
    moments = [moment for moment in (crm.appointments.next_moment(), *snoozed) if moment and moment > crm.now]
    return min(moments, default=None)


def _brings_cards(house: House, morning: datetime) -> bool:
    def try_it(crm: Crm) -> bool:
        crm.now = morning.astimezone(UTC)
        return any(item.decision == "task" for item in journeys.tick(crm))

    return house.database.rehearse(try_it)
