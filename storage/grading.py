"""The rules of grades, stages and levels as expressions of a statement; tests hold them against those in `core`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, case, literal, or_

from core.churn import Level
from core.grades import Grade, GradeRules
from core.policy import ChurnRules
from core.shop import Shop
from core.stages import Stage, StageRules
from core.tag_rules import TagRule
from storage.days import day, days_after, utc_day

Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules that a statement is made of; statements are made once per rulebook and day."""

    zone: ZoneInfo
    grades: GradeRules
    stages: StageRules
    churn: ChurnRules
    tags: tuple[TagRule, ...]


def rulebook(shop: Shop) -> Rulebook:
    policy = shop.policy
    return Rulebook(shop.zone, policy.grades, policy.stages, policy.churn, policy.tag_rules)


def grade_on(today: date, rules: GradeRules, last: Column, visits: Column, spend: Column) -> Column:
    """The grade by the last visit and by the visits and spend of twelve months."""
    earned = [
        (and_(last > _back(today, rule.days), visits >= rule.visits, spend >= rule.spend_fen), _word(name))
        for name, rule in rules.earned()
    ]
    return case(
        (last.is_(None), _word(Grade.NORMAL)),
        (last < _back(today, rules.lost_days), _word(Grade.LOST)),
        (last < _back(today, rules.dormant_days), _word(Grade.DORMANT)),
        *earned,
        else_=_word(Grade.NORMAL),
    )


def turns_on(today: date, rules: GradeRules, last: Column, visits: Column, spend: Column, now: Column) -> Column:
    """The first later day on which another grade holds, as long as no visit leaves the twelve months; or NULL."""
    later = [
        (and_(last > _back(today, turn), _after(turn, rules, visits, spend) != now), days_after(last, turn))
        for turn in rules.turns()
    ]
    return case(*later)


def stage_on(rules: StageRules, grade: Column, level: Column, visits: Column, is_new: Column) -> Column:
    """The furthest stage that holds."""
    return case(
        (grade == Grade.LOST, _word(Stage.LOST)),
        (or_(*(level == risk for risk in rules.risk_levels), grade == Grade.DORMANT), _word(Stage.AT_RISK)),
        (or_(*(grade == good for good in rules.mature_grades), visits >= rules.mature_visits), _word(Stage.MATURE)),
        (is_new, _word(Stage.NEW)),
        else_=_word(Stage.GROWING),
    )


def new_on(today: date, rules: StageRules, zone: ZoneInfo, first: Column, created: Column) -> Column:
    """Whether their first days are not over, from the first visit or, without one, from the record's own day."""
    begins = today - timedelta(days=rules.new_days - 1)
    midnight = datetime.combine(begins, time(), zone)
    return case((first.is_not(None), first >= day(begins)), else_=created >= midnight)


def old_on(today: date, rules: StageRules, first: Column, created: Column, is_new: Column) -> Column:
    """The day on which they may be new no more, or NULL; for who never came it is looked at a day or two early,
    since the shop's day of a moment is not known to the statement."""
    tomorrow, early = day(today + timedelta(days=1)), days_after(utc_day(created), rules.new_days - 1)
    waits = case((early > tomorrow, early), else_=tomorrow)
    return case(
        (and_(is_new, first.is_not(None)), days_after(first, rules.new_days)),
        (is_new, waits),
    )


def level_by(rules: ChurnRules, rating: Column, overdue: Column, away: Column) -> Column:
    """The churn level, as `core.churn` says."""
    return case(
        (rating < rules.low_rating, _word(Level.HIGH)),
        (overdue.is_not(None), _word(Level.RISK)),
        (away, _word(Level.WATCH)),
        else_=_word(Level.NONE),
    )


def _after(turn: int, rules: GradeRules, visits: Column, spend: Column) -> Column:
    """The grade so many days after the last visit."""
    if turn > rules.dormant_days:
        return _word(Grade.LOST if turn > rules.lost_days else Grade.DORMANT)
    earned = [
        (and_(visits >= rule.visits, spend >= rule.spend_fen), _word(name))
        for name, rule in rules.earned()
        if turn < rule.days
    ]
    normal = _word(Grade.NORMAL)
    return case(*earned, else_=normal) if earned else normal


def _back(today: date, days: int) -> Column:
    return day(today - timedelta(days=days))


def _word(word: str) -> Column:
    return literal(str(word), String())
