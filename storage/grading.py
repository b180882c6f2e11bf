"""The rules of grades, stages and levels as expressions of a statement; tests hold them against those in `core`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, String, and_, bindparam, case, literal, or_

from core.churn import Level
from core.due import months_before
from core.grades import WINDOW, Grade, GradeRules
from core.policy import ChurnRules
from core.shop import Shop
from core.stages import Stage, StageRules
from core.tag_rules import TagRule
from storage.columns import Moment
from storage.days import days_after, utc_day

Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules that a statement is made of. Days are bound (see `days_of`), so it is made once per rulebook."""

    zone: ZoneInfo
    grades: GradeRules
    stages: StageRules
    churn: ChurnRules
    tags: tuple[TagRule, ...]


def rulebook(shop: Shop) -> Rulebook:
    policy = shop.policy
    return Rulebook(shop.zone, policy.grades, policy.stages, policy.churn, policy.tag_rules)


def days_of(book: Rulebook, today: date) -> dict[str, date | datetime]:
    """Every day that the statements count from, by the name under which it is bound."""
    counted = {*book.grades.turns(), book.grades.lost_days, book.grades.dormant_days}
    counted |= {book.stages.new_days - 1, book.churn.risk_overdue_days}
    window, newest = months_before(today, WINDOW), today - timedelta(days=book.stages.new_days - 1)
    return {
        **{f"ago_{days}": today - timedelta(days=days) for days in counted},
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "window": window,
        "window_begins": datetime.combine(window + timedelta(days=1), time(), book.zone),
        "watched": months_before(today, book.churn.watch_months),
        "new_begins": datetime.combine(newest, time(), book.zone),
    }


def on(name: str) -> Column:
    """A day of `days_of`."""
    return bindparam(name, type_=Date())


def ago(days: int) -> Column:
    return on(f"ago_{days}")


def grade_on(rules: GradeRules, last: Column, visits: Column, spend: Column) -> Column:
    """The grade by the last visit and by the visits and spend of twelve months."""
    earned = [
        (and_(last > ago(rule.days), visits >= rule.visits, spend >= rule.spend_fen), _word(name))
        for name, rule in rules.earned()
    ]
    return case(
        (last.is_(None), _word(Grade.NORMAL)),
        (last < ago(rules.lost_days), _word(Grade.LOST)),
        (last < ago(rules.dormant_days), _word(Grade.DORMANT)),
        *earned,
        else_=_word(Grade.NORMAL),
    )


def turns_on(rules: GradeRules, last: Column, visits: Column, spend: Column, now: Column) -> Column:
    """The first later day on which another grade holds, as long as no visit leaves the twelve months; or NULL."""
    later = [
        (and_(last > ago(turn), _after(turn, rules, visits, spend) != now), days_after(last, turn))
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


def new_on(rules: StageRules, first: Column, created: Column) -> Column:
    """Whether their first days are not over, from the first visit or, without one, from the record's own day."""
    recorded = created >= bindparam("new_begins", type_=Moment())
    return case((first.is_not(None), first >= ago(rules.new_days - 1)), else_=recorded)


def old_on(rules: StageRules, first: Column, created: Column, is_new: Column) -> Column:
    """The day on which they may be new no more, or NULL; for who never came it is looked at a day or two early,
    since the shop's day of a moment is not known to the statement."""
    early = days_after(utc_day(created), rules.new_days - 1)
    waits = case((early > on("tomorrow"), early), else_=on("tomorrow"))
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


def _word(word: str) -> Column:
    return literal(str(word), String())
