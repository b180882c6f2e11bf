"""What an owner is worth to the shop: when they came last (R), how often and for how much in twelve months (F, M)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.due import months_after

WINDOW = 12  # calendar months that visits and spend are counted in
Reasons = tuple[tuple[str, int], ...]  # each a key of the text catalogue and its value


class Grade(StrEnum):
    """How good a customer an owner is, the best first."""

    DIAMOND = "diamond"
    GOLD = "gold"
    SILVER = "silver"
    NORMAL = "normal"
    DORMANT = "dormant"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What a grade takes: the last visit less than `days` ago, so many visits and so much money in twelve months."""

    days: int
    visits: int
    spend_fen: int


@dataclass(frozen=True, slots=True)
class GradeRules:
    """From when an owner has which grade; dormant and lost are more than so many days without a visit."""

    diamond: GradeRule
    gold: GradeRule
    silver: GradeRule
    dormant_days: int
    lost_days: int

    def earned(self) -> tuple[tuple[Grade, GradeRule], ...]:
        """The grades that have to be earned, the best first."""
        return ((Grade.DIAMOND, self.diamond), (Grade.GOLD, self.gold), (Grade.SILVER, self.silver))

    def turns(self) -> tuple[int, ...]:
        """Days since the last visit at which a grade may end or begin, in rising order."""
        return tuple(sorted({*(rule.days for _, rule in self.earned()), self.dormant_days + 1, self.lost_days + 1}))


GRADES_NEV = GradeRules(
    diamond=GradeRule(180, 3, 1_500_000),
    gold=GradeRule(270, 2, 800_000),
    silver=GradeRule(365, 1, 400_000),
    dormant_days=365,
    lost_days=540,
)
GRADES_GENERAL = GradeRules(
    diamond=GradeRule(60, 4, 1_500_000),
    gold=GradeRule(90, 3, 800_000),
    silver=GradeRule(120, 2, 400_000),
    dormant_days=180,
    lost_days=360,
)


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """What is known of an owner on a day. `oldest_on`: the first of the visits that count in the twelve months."""

    last_visit_on: date | None
    visits_12m: int = 0
    spend_12m_fen: int = 0
    oldest_on: date | None = None


def grade(facts: GradeFacts, today: date, rules: GradeRules) -> tuple[Grade, Reasons]:
    """The grade on that day and the figures that it follows from; who never came is normal."""
    if facts.last_visit_on is None:
        return Grade.NORMAL, (("never_came", 0),)
    away = (today - facts.last_visit_on).days
    since = ("days_since", away)
    if away > rules.dormant_days:
        return Grade.LOST if away > rules.lost_days else Grade.DORMANT, (since,)
    counted = (since, ("visits_12m", facts.visits_12m), ("spend_12m_fen", facts.spend_12m_fen))
    return next((name for name, rule in rules.earned() if _earns(facts, away, rule)), Grade.NORMAL), counted


def next_change(facts: GradeFacts, today: date, rules: GradeRules) -> date | None:
    """The first later day on which, without a new visit, the grade or the twelve months' figures are others."""
    leaves = months_after(facts.oldest_on, WINDOW) if facts.oldest_on else None
    now, _ = grade(facts, today, rules)
    for day in _turning_days(facts, today, rules):
        if leaves is not None and day >= leaves:
            break
        if grade(facts, day, rules)[0] != now:
            return day
    return leaves


def _earns(facts: GradeFacts, away: int, rule: GradeRule) -> bool:
    return away < rule.days and facts.visits_12m >= rule.visits and facts.spend_12m_fen >= rule.spend_fen


def _turning_days(facts: GradeFacts, today: date, rules: GradeRules) -> Iterator[date]:
    if facts.last_visit_on is not None:
        days = (facts.last_visit_on + timedelta(days=turn) for turn in rules.turns())
        yield from (day for day in days if day > today)
