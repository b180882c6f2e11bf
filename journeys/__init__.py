"""What time makes us do. A tick looks at the shop at one moment and leaves rows; nothing here sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
    no_show,
    recommendation,
    referral,
    retention,
    ticket_clock,
    unfinished_talk,
    wait_list,
)
from journeys.birthday import BIRTHDAY
from journeys.engine import run as run_plan
from journeys.items import TickItem
from journeys.maintenance import MAINTENANCE
from journeys.no_show import rebook
from journeys.nurture import NURTURE
from journeys.step import is_quiet
from journeys.win_back import WIN_BACK
from storage.crm import Crm

# Looked at once a day, and at every tick. Each returns what it decided; the same tick again decides nothing.
# What comes first gets the owner's attention: marketing has a cap.
PLANS = (MAINTENANCE, BIRTHDAY, WIN_BACK, NURTURE)
DAILY = (figures.night, churn_alert.run, retention.run)
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
    forecast.run,
    desk.run,
    digest.run,
    call_back.run,
    recommendation.lapse,
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
    """The part of a tick that is cheap when nothing is due: minutes count here, and days that have just begun."""
    crm.tasks.wake()
    touched = [] if is_quiet(crm, Rank.MARKETING) else figures.follow(crm)  # whatever it leads to may be sent then
    planned = [item for plan in PLANS for item in run_plan(crm, plan, touched)]
    planned += recommendation.run(crm, touched)
    return [*(item for run in OFTEN for item in run(crm)), *planned]
