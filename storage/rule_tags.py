"""Tags by rule: given to whom the rule's figures hold for, taken from whom they hold no more.

A tag that a person has put there is theirs: no rule takes it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, and_, cast, delete, func, or_, true
from sqlalchemy import select as core_select

from core.due import months_before
from core.grades import WINDOW
from core.tag_rules import TagRule
from storage.columns import METADATA
from storage.coupons import REDEEMED
from storage.days import day, utc_day
from storage.figures_statement import Whose
from storage.grading import Rulebook, rulebook
from storage.referrals import REFERRALS, REWARDED
from storage.statements import Prepared
from storage.tags import TAGS, Tag
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

SOURCE = "rule"
WASH = "洗车"  # what a work order calls it
Column = ColumnElement[Any]


class RuleTags:
    """Verbs on tags that rules give."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def follow(self, whose: Whose, values: dict[str, Any], today: date) -> int:
        """Give and take what the rules say of those owners. Returns how many tags have changed."""
        rules = self.crm.shop.policy.tag_rules
        if not rules:
            return 0
        wrong = _wrong(rulebook(self.crm.shop), whose, today).all(self.crm.connection, **values)
        for row in wrong:
            for rule, (wanted, given) in zip(rules, _pairs(row), strict=True):
                if wanted != given:
                    self._set(row.owner_id, rule.name, wanted)
        return len(wrong)

    def _set(self, owner_id: int, name: str, wanted: bool) -> None:
        if wanted:
            number = self.crm.insert_once(Tag, owner_id=owner_id, name=name, source=SOURCE, at=self.crm.now)
        else:
            mine = delete(TAGS).where(TAGS.c.owner_id == owner_id, TAGS.c.name == name)
            by_rule = mine.where(TAGS.c.source.startswith(SOURCE)).returning(TAGS.c.id)
            number = self.crm.connection.execute(by_rule).scalar()
        if number is not None:
            verb = "tag.added" if wanted else "tag.removed"
            self.crm.record(verb, "tag", number, owner_id=owner_id, detail=name)


@lru_cache(16)
def _wrong(book: Rulebook, whose: Whose, today: date) -> Prepared:
    """Owners of `whose` for whom some tag is missing or too many: per rule, whether wanted and whether there."""
    asked, figures = whose().cte("asked"), METADATA.tables["owner_figures"]
    begins = datetime.combine(months_before(today, WINDOW) + timedelta(days=1), time(), book.zone)
    each = [column for rule in book.tags for column in _rule(rule, figures, begins)]
    told = (
        core_select(figures.c.owner_id, *(column.label(f"rule_{n}") for n, column in enumerate(each)))
        .select_from(asked.join(figures, figures.c.owner_id == asked.c.id))
        .cte("told")
        .prefix_with("MATERIALIZED")
    )
    columns = list(told.c)[1:]
    differs = [wanted != given for wanted, given in zip(columns[::2], columns[1::2], strict=True)]
    return Prepared(core_select(told).where(or_(*differs)).order_by(told.c.owner_id))


def _rule(rule: TagRule, figures: Any, begins: datetime) -> tuple[Column, Column]:
    """Whether the owner should have the tag, and whether they have it; 1 or 0. One that a person gave stays."""
    whose = and_(TAGS.c.owner_id == figures.c.owner_id, TAGS.c.name == rule.name)
    given = core_select(TAGS.c.id).where(whose).correlate(figures).exists()
    by_person = core_select(TAGS.c.id).where(whose, ~TAGS.c.source.startswith(SOURCE)).correlate(figures).exists()
    wanted = or_(and_(*_conditions(rule, figures, begins)), by_person)
    return cast(wanted, Integer), cast(given, Integer)


def _conditions(rule: TagRule, figures: Any, begins: datetime) -> list[Column]:
    """The cheap ones first; a rule that names nothing never holds."""
    f = figures.c
    conditions: list[Column] = []
    if rule.min_visits_12m:
        conditions.append(f.visits_12m >= rule.min_visits_12m)
    if rule.min_spend_12m_fen:
        conditions.append(f.spend_12m_fen >= rule.min_spend_12m_fen)
    if rule.min_referrals:
        conditions.append(_referrals(figures) >= rule.min_referrals)
    if rule.min_coupon_share:
        conditions += [f.visits_12m > 0, _redeemed(figures, begins) >= rule.min_coupon_share * f.visits_12m]
    if rule.min_washes_12m:
        conditions += [f.visits_12m >= rule.min_washes_12m, _washes(figures, begins.date()) >= rule.min_washes_12m]
    return conditions or [~true()]


def _redeemed(figures: Any, begins: datetime) -> Column:
    """On how many days of the twelve months they used a coupon."""
    coupons = METADATA.tables["coupon"]
    return (
        core_select(func.count(func.distinct(utc_day(coupons.c.redeemed_at))))
        .where(coupons.c.owner_id == figures.c.owner_id, coupons.c.status == REDEEMED)
        .where(coupons.c.redeemed_at >= begins)
        .correlate(figures)
        .scalar_subquery()
    )


def _pairs(row: Any) -> list[tuple[bool, bool]]:
    values = [bool(value) for value in row[1:]]
    return list(zip(values[::2], values[1::2], strict=True))


def _referrals(figures: Any) -> Column:
    """How many friends came and paid because of them."""
    return (
        core_select(func.count())
        .where(REFERRALS.c.referrer_id == figures.c.owner_id, REFERRALS.c.status == REWARDED)
        .correlate(figures)
        .scalar_subquery()
    )


def _washes(figures: Any, begins: date) -> Column:
    return (
        core_select(func.count())
        .where(VISITS.c.owner_id == figures.c.owner_id, VISITS.c.status == COMPLETED)
        .where(VISITS.c.visited_on >= day(begins), VISITS.c["items"].contains(WASH))
        .correlate(figures)
        .scalar_subquery()
    )
