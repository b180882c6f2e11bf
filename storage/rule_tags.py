"""Tags by rule: given to whom the rule's figures hold for, taken from whom they hold no more.

A tag that a person has put there is theirs: no rule takes it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, case, cast, delete, func, true
from sqlalchemy import select as core_select

from core.tag_rules import TagRule
from storage.columns import METADATA, Moment
from storage.coupons import REDEEMED
from storage.days import utc_day
from storage.figures_statement import Whose
from storage.grading import Rulebook, days_of, on, rulebook
from storage.referrals import REFERRALS, REWARDED
from storage.statements import Prepared
from storage.tags import TAGS, Tag
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

SOURCE = "rule"
WASH = "洗车"  # what a work order calls it
Column = ColumnElement[Any]


_TAKE = Prepared(
    delete(TAGS)
    .where(TAGS.c.owner_id == bindparam("owner", type_=Integer()), TAGS.c.name == bindparam("word", type_=String()))
    .where(TAGS.c.source.startswith(SOURCE))
    .returning(TAGS.c.id)
)


class RuleTags:
    """Verbs on tags that rules give."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def follow(self, whose: Whose, values: dict[str, Any], today: date) -> int:
        """Give and take what the rules say of those owners. Returns how many tags have changed."""
        rules = self.crm.shop.policy.tag_rules
        if not rules:
            return 0
        book = rulebook(self.crm.shop)
        wrong = _wrong(book, whose).all(self.crm.connection, **values, **days_of(book, today))
        for row in wrong:
            for number, rule in enumerate(rules):
                wanted, given = (bool(mask >> number & 1) for mask in (row.wanted, row.given))
                if wanted != given:
                    self._set(row.owner_id, rule.name, wanted)
        return len(wrong)

    def _set(self, owner_id: int, name: str, wanted: bool) -> None:
        if wanted:
            number = self.crm.insert_once(Tag, owner_id=owner_id, name=name, source=SOURCE, at=self.crm.now)
        else:
            number = _TAKE.value(self.crm.connection, owner=owner_id, word=name)
        if number is not None:
            verb = "tag.added" if wanted else "tag.removed"
            self.crm.record(verb, "tag", number, owner_id=owner_id, detail=name)


@lru_cache(16)
def _wrong(book: Rulebook, whose: Whose) -> Prepared:
    """Owners of `whose` with a tag too few or too many. `wanted` and `given` have a bit per rule; what a person has
    put there is wanted."""
    figures = METADATA.tables["owner_figures"]
    due = [case((and_(*_conditions(rule, figures)), 1 << number), else_=0) for number, rule in enumerate(book.tags)]
    bits = case({rule.name: 1 << number for number, rule in enumerate(book.tags)}, value=TAGS.c.name, else_=0)
    by_person = case((TAGS.c.source.startswith(SOURCE), 0), else_=bits)
    told = (
        core_select(
            figures.c.owner_id, sum(due[1:], due[0]).label("due"),
            _of_tags(figures, bits).label("given"), _of_tags(figures, by_person).label("by_person"),
        )
        .where(whose(figures.c.owner_id))
        .cte("told")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    wanted = told.c.due.op("|")(told.c.by_person)
    columns = core_select(told.c.owner_id, wanted.label("wanted"), told.c.given)
    return Prepared(columns.where(wanted != told.c.given).order_by(told.c.owner_id))


def _of_tags(figures: Any, bits: Column) -> Column:
    mine = TAGS.c.owner_id == figures.c.owner_id
    total = core_select(func.coalesce(func.sum(bits), 0)).where(mine).correlate(figures).scalar_subquery()
    return cast(total, Integer)


def _conditions(rule: TagRule, figures: Any) -> list[Column]:
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
        conditions += [f.visits_12m > 0, _redeemed(figures) >= rule.min_coupon_share * f.visits_12m]
    if rule.min_washes_12m:
        conditions += [f.visits_12m >= rule.min_washes_12m, _washes(figures) >= rule.min_washes_12m]
    return conditions or [~true()]


def _redeemed(figures: Any) -> Column:
    """On how many days of the twelve months they used a coupon."""
    coupons = METADATA.tables["coupon"]
    return (
        core_select(func.count(func.distinct(utc_day(coupons.c.redeemed_at))))
        .where(coupons.c.owner_id == figures.c.owner_id, coupons.c.status == REDEEMED)
        .where(coupons.c.redeemed_at >= bindparam("window_begins", type_=Moment()))
        .correlate(figures)
        .scalar_subquery()
    )


def _referrals(figures: Any) -> Column:
    """How many friends came and paid because of them."""
    return (
        core_select(func.count())
        .where(REFERRALS.c.referrer_id == figures.c.owner_id, REFERRALS.c.status == REWARDED)
        .correlate(figures)
        .scalar_subquery()
    )


def _washes(figures: Any) -> Column:
    return (
        core_select(func.count())
        .where(VISITS.c.owner_id == figures.c.owner_id, VISITS.c.status == COMPLETED)
        .where(VISITS.c.visited_on > on("window"), VISITS.c["items"].contains(WASH))
        .correlate(figures)
        .scalar_subquery()
    )
