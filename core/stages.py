"""Where an owner stands with the shop: new, growing, mature, at risk, lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.grades import Grade

Reasons = tuple[tuple[str, int | str], ...]  # each a key of the text catalogue and its value


class Stage(StrEnum):
    """In the order in which owners go through them."""

    NEW = "new"
    GROWING = "growing"
    MATURE = "mature"
    AT_RISK = "at_risk"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class StageRules:
    """`new` for so many days, `mature` from so many visits or one of those grades, `at_risk` by those churn levels."""

    new_days: int = 90
    mature_visits: int = 4
    mature_grades: tuple[str, ...] = (Grade.DIAMOND, Grade.GOLD)
    risk_levels: tuple[str, ...] = ("risk", "high")


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is known on a day. `since`: the first visit, or the day of the record of who never came."""

    since: date
    visits_total: int
    grade: str
    churn_level: str


def stage(facts: StageFacts, today: date, rules: StageRules) -> tuple[Stage, Reasons]:
    """The furthest stage whose rule holds, and why."""
    if facts.grade == Grade.LOST:
        return Stage.LOST, (("grade", facts.grade),)
    if facts.churn_level in rules.risk_levels:
        return Stage.AT_RISK, (("churn_level", facts.churn_level),)
    if facts.grade == Grade.DORMANT:
        return Stage.AT_RISK, (("grade", facts.grade),)
    if facts.grade in rules.mature_grades:
        return Stage.MATURE, (("grade", facts.grade),)
    if facts.visits_total >= rules.mature_visits:
        return Stage.MATURE, (("visits_total", facts.visits_total),)
    known = ("known_days", (today - facts.since).days)
    return Stage.NEW if today < new_until(facts.since, rules) else Stage.GROWING, (known,)


def new_until(since: date, rules: StageRules) -> date:
    """The day on which they are new no more."""
    return since + timedelta(days=rules.new_days)
