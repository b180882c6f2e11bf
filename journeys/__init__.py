"""What time makes us do. A tick looks at the shop at one moment and leaves rows; nothing here sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.churn import alert_day
from journeys import (
    after_visit,
    birthday,
    churn_alert,
    coupons,
    extra_items,
    figures,
    goodbyes,
    no_show,
    referral,
    retention,
    ticket_clock,
    unfinished_talk,
    wait_list,
    win_back,
)
from journeys.items import TickItem
from journeys.no_show import rebook
from storage.crm import Crm

# Looked at once a day, and at every tick. Each returns what it decided; the same tick again decides nothing.
DAILY = (figures.night, churn_alert.run, win_back.run, retention.run)
OFTEN: tuple[Callable[[Crm], list[TickItem]], ...] = (
    birthday.run,
    coupons.run,
    referral.run,
    no_show.run,
    wait_list.run,
    unfinished_talk.run,
    after_visit.run,
    ticket_clock.run,
    goodbyes.run,
    extra_items.run,
)

__all__ = ["TickItem", "rebook", "tick", "tick_on", "wake"]


def tick(crm: Crm) -> list[TickItem]:
    """Everything that is due at `crm.now`, done once: the same tick again does nothing."""
    return [*wake(crm), *(item for run in DAILY for item in run(crm))]


def tick_on(crm: Crm, done: date | None) -> date:
    """A tick for who ticks all day: what depends on the day is looked for once a day. Returns the day that is done."""
    day = alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn)
    if day == done:
        wake(crm)
    else:
        tick(crm)
    return day


def wake(crm: Crm) -> list[TickItem]:
    """The part of a tick that depends on minutes, not on days: snoozed tasks come back. Cheap when none is due."""
    crm.tasks.wake()
    figures.follow(crm)
    return [item for run in OFTEN for item in run(crm)]
