"""Who is about to leave, and why we think so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.due import months_after
from core.policy import ChurnRules


class Level(StrEnum):
    """How urgent a churn alert is, in rising order."""

    NONE = "none"
    WATCH = "watch"
    RISK = "risk"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class ChurnFacts:
    """What is known of an owner on a day; dates are the shop's calendar days."""

    last_visit: date | None
    due_on: date | None = None
    answered_since_due: bool = False  # booked, visited or replied after the due day
    last_rating: int | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A churn level with its reasons, each a key of the text catalogue and its values."""

    level: Level
    reasons: tuple[tuple[str, int | str], ...] = ()


CARDS = (Level.RISK, Level.HIGH)  # the levels that are worth a card


def occurrence(owner_id: int, facts: ChurnFacts, alert: Alert) -> str:
    """Names this happening: the same reason about the same visit or due day is one."""
    since = facts.due_on if alert.level is Level.RISK else facts.last_visit
    return f"churn:{owner_id}:{alert.level}:{since}"


def churn_alert(facts: ChurnFacts, today: date, rules: ChurnRules) -> Alert:
    """The highest level whose rule holds, with every reason that holds."""
    reasons: list[tuple[str, int | str]] = []
    level = Level.NONE
    if facts.last_visit and months_after(facts.last_visit, rules.watch_months) <= today:
        level, away = Level.WATCH, (today - facts.last_visit).days
        reasons.append(("away_days", away))
    if _overdue(facts, today, rules):
        level = Level.RISK
        reasons.append(("overdue_since", str(facts.due_on)))
    if facts.last_rating is not None and facts.last_rating < rules.low_rating:
        level = Level.HIGH
        reasons.append(("low_rating", facts.last_rating))
    return Alert(level, tuple(reasons))


def alert_day(now: datetime, zone: ZoneInfo, rules: ChurnRules) -> date:
    """The day whose alerts are due: today once its hour has come, yesterday before."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= rules.at else local.date() - timedelta(days=1)


def _overdue(facts: ChurnFacts, today: date, rules: ChurnRules) -> bool:
    if facts.due_on is None or facts.answered_since_due:
        return False
    return facts.due_on + timedelta(days=rules.risk_overdue_days) <= today
