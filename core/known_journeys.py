"""The journeys that the product has, each with its usual steps; a shop moves the steps in its policy file."""

from __future__ import annotations

from dataclasses import replace

from core.journeys import Journey, Kind, Step
from core.policy import JourneyRules

_MAINTENANCE_DUE = (
    Step("t7", Kind.SERVICE, days=-7),
    Step("t3", Kind.SERVICE, days=-3),
    Step("t1", Kind.TASK, days=-1),
)
_WIN_BACK = (
    Step("m3", Kind.MARKETING, months=3),
    Step("m5", Kind.TASK, months=5),  # the advisor writes in person
    Step("m6", Kind.TASK, months=6),
)
_NURTURE = tuple(Step(f"d{days}", Kind.MARKETING, days=days) for days in (1, 7, 30, 90))
_INSPECTION_DUE = (Step("d30", Kind.SERVICE, days=-30), Step("d7", Kind.SERVICE, days=-7))
_WITH_STEPS = (
    Journey("maintenance_due", _MAINTENANCE_DUE, last_days=1),
    Journey("birthday", (Step("greeting", Kind.MARKETING),), last_days=0),
    Journey("win_back", _WIN_BACK),
    Journey("nurture", _NURTURE),
    Journey("anniversary", (Step("greeting", Kind.MARKETING),), last_days=0),
    Journey("festival", (Step("greeting", Kind.MARKETING),), last_days=1),  # counts from the working day before
    Journey("inspection_due", _INSPECTION_DUE, last_days=7),
    Journey("insurance_due", (Step("d30", Kind.MARKETING, days=-30),)),
    Journey("recommendation", (Step("offer", Kind.MARKETING),), last_days=0),
)
_OTHERS = (
    "after_visit",
    "appointment_reminder",
    "coupon_expiring",
    "referral",
    "no_show",
    "wait_list",
    "unfinished_talk",
    "churn_alert",
    "extra_item",
    "recall",
)
ALWAYS_ON = ("extra_item", "recall")  # what an owner must be told: work they did not agree to, a danger
KNOWN = {journey.name: journey for journey in (*_WITH_STEPS, *(Journey(name, ()) for name in _OTHERS))}


def as_ruled(journey: Journey, rules: JourneyRules) -> Journey:
    """The journey with its steps where the shop's rules put them."""
    steps = (
        replace(step, days=rules.days.get(step.name, step.days), months=rules.months.get(step.name, step.months))
        for step in journey.steps
    )
    return replace(journey, steps=tuple(steps))
