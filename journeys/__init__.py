"""What time makes us do. A tick looks at the shop at one moment and leaves rows; nothing here sends."""

from __future__ import annotations

from datetime import date

from journeys import churn_alert
from journeys.items import TickItem
from storage.crm import Crm

JOURNEYS = (churn_alert.run,)

__all__ = ["TickItem", "tick", "tick_on", "wake"]


def tick(crm: Crm) -> list[TickItem]:
    """Everything that is due at `crm.now`, done once: the same tick again does nothing."""
    wake(crm)
    return [item for run in JOURNEYS for item in run(crm)]


def tick_on(crm: Crm, done: date | None) -> date:
    """A tick for who ticks all day: what depends on the day is looked for once a day. Returns the day that is done."""
    day = churn_alert.alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn)
    if day == done:
        wake(crm)
    else:
        tick(crm)
    return day


def wake(crm: Crm) -> int:
    """The part of a tick that depends on minutes, not on days: snoozed tasks come back. Cheap when none is due."""
    return crm.tasks.wake()
