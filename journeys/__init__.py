"""What time makes us do. A tick looks at the shop at one moment and leaves rows; nothing here sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from core.churn import alert_day
from core.messages import Rank
from journeys import (
    after_visit,
    appointment_reminder,
    call_back,
    churn_alert,
    coupons,
    desk,
    digest,
    extra_items,
    figures,
    forecast,
    goodbyes,
    late_cards,
    no_show,
    own,
    recommendation,
    referral,
    retention,
    ticket_clock,
    unfinished_talk,
    wait_list,
)
from journeys.anniversary import ANNIVERSARY
from journeys.birthday import BIRTHDAY
from journeys.engine import Plan, Stop, look_again
from journeys.engine import run as run_plan
from journeys.festival import FESTIVAL
from journeys.inspection import INSPECTION
from journeys.insurance import INSURANCE
from journeys.items import TickItem
from journeys.maintenance import MAINTENANCE
from journeys.no_show import rebook
from journeys.nurture import NURTURE
from journeys.parts import AGAIN, PART, Do, Found, Work, at_once, here, in_parts
from journeys.step import is_quiet
from journeys.win_back import WIN_BACK
from storage.crm import Crm

# What comes first gets the owner's attention: marketing has a cap.
PLANS = (MAINTENANCE, BIRTHDAY, WIN_BACK, NURTURE, INSPECTION, FESTIVAL, INSURANCE, ANNIVERSARY)
OFTEN: tuple[Callable[[Crm], list[TickItem]], ...] = (
    appointment_reminder.run,
    coupons.run,
    referral.run,
    no_show.run,
    wait_list.run,
    unfinished_talk.run,
    after_visit.run,
    ticket_clock.run,
    goodbyes.run,
    extra_items.run,
    desk.run,
    digest.run,
    call_back.run,
    recommendation.lapse,
)
DAILY: tuple[Work, ...] = (figures.night, churn_alert.run, at_once(retention.run))

__all__ = ["Do", "TickItem", "here", "look", "rebook", "tick", "tick_in_parts", "tick_on", "wake"]


def tick(crm: Crm) -> list[TickItem]:
    """Everything that is due at `crm.now`, done once, in one transaction: the same tick again does nothing."""
    return in_parts(_WHOLE, here(crm))


def wake(crm: Crm) -> list[TickItem]:
    """The part of a tick that is cheap when nothing is due: minutes count here, and days that have just begun."""
    return in_parts(_WAKE, here(crm))


def tick_in_parts(do: Do, most: int = PART) -> list[TickItem]:
    """The same as `tick`, each part in a transaction of its own; most: owners per part."""
    return in_parts(_WHOLE, do, most)


def tick_on(do: Do, done: date | None) -> date:
    """A tick for who ticks all day: what depends on the day is looked for once a day. Returns the day that is done."""
    return look(do, done)[1]


def look(do: Do, done: date | None) -> tuple[list[TickItem], date]:
    """The same, with what was decided."""
    day = do(_day)
    return in_parts(_WAKE if day == done else _WHOLE, do), day


def _day(crm: Crm) -> date:
    return alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn)


def _snoozed(crm: Crm) -> list[TickItem]:
    crm.tasks.wake()
    return []


def _changed(crm: Crm, room: int, _stop: Any) -> Found:
    """Owners about whom something was written: their figures, and every step that has come for them meanwhile."""
    if is_quiet(crm, Rank.MARKETING) or is_quiet(crm, Rank.SERVICE):  # whatever it leads to may be sent then
        return [], None
    touched = figures.follow(crm, room)
    items = [item for plan in _plans(crm) for item in look_again(crm, plan, touched)]
    return items, AGAIN if touched and crm.touched.anybody() else None


def _planned(crm: Crm, room: int, stop: Stop | None) -> Found:
    """Every journey's steps whose day has come. What is done already is not looked for again."""
    items: list[TickItem] = []
    for plan in _plans(crm):
        found, stopped = run_plan(crm, plan, room - len(items), stop)
        items += found
        if stopped:
            return items, stopped
    return items, None


def _late(crm: Crm, room: int, _stop: Any) -> Found:
    items, more = late_cards.give(crm, _plans(crm), room)
    return items, AGAIN if more else None


def _plans(crm: Crm) -> list[Plan]:
    return [*PLANS, recommendation.plan(crm.shop.policy), *own.plans(crm)]


_WAKE: tuple[Work, ...] = (
    at_once(_snoozed),
    _changed,
    _planned,
    _late,
    *map(at_once, OFTEN),
    forecast.run,
    _changed,  # by what this tick has done itself: the same tick again decides nothing
)
_WHOLE = (*_WAKE, *DAILY)
