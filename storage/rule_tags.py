"""Tags by rule: given to whom the rule's figures hold for, taken from whom they hold no more.

A tag that a person has put there is theirs: no rule takes it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

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
    counts = _Counts(_given(book, whose), _referrals(whose), _redeemed(whose))
    due = [
        case((and_(*_conditions(rule, figures, counts)), 1 << number), else_=0) for number, rule in enumerate(book.tags)
    ]
    joined: Any = figures
    for count in counts:
        joined = joined.outerjoin(count, count.c.owner_id == figures.c.owner_id)
    told = (
        core_select(
            figures.c.owner_id, sum(due[1:], due[0]).label("due"),
            _or_none(counts.tags.c.given).label("given"), _or_none(counts.tags.c.by_person).label("by_person"),
        )
        .select_from(joined)
        .where(whose(figures.c.owner_id))
        .cte("told")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    wanted = told.c.due.op("|")(told.c.by_person)
    columns = core_select(told.c.owner_id, wanted.label("wanted"), told.c.given)
    return Prepared(columns.where(wanted != told.c.given).order_by(told.c.owner_id))


class _Counts(NamedTuple):
    """What is counted once for all owners of a statement; who has none is missing."""

    tags: Any
    referrals: Any
    coupons: Any


def _given(book: Rulebook, whose: Whose) -> Any:
    bits = case({rule.name: 1 << number for number, rule in enumerate(book.tags)}, value=TAGS.c.name, else_=0)
    by_person = case((TAGS.c.source.startswith(SOURCE), 0), else_=bits)
    sums = (cast(func.sum(bits), Integer).label("given"), cast(func.sum(by_person), Integer).label("by_person"))
    return core_select(TAGS.c.owner_id, *sums).where(whose(TAGS.c.owner_id)).group_by(TAGS.c.owner_id).subquery("tags")


def _referrals(whose: Whose) -> Any:
    """How many friends came and paid because of them."""
    who = REFERRALS.c.referrer_id
    query = core_select(who.label("owner_id"), func.count().label("n"))
    return query.where(whose(who), REFERRALS.c.status == REWARDED).group_by(who).subquery("referrals")


def _redeemed(whose: Whose) -> Any:
    """On how many days of the twelve months they used a coupon."""
    c = METADATA.tables["coupon"].c
    return (
        core_select(c.owner_id, func.count(func.distinct(utc_day(c.redeemed_at))).label("n"))
        .where(whose(c.owner_id), c.status == REDEEMED)
        .where(c.redeemed_at >= bindparam("window_begins", type_=Moment()))
        .group_by(c.owner_id)
        .subquery("coupons")
    )


def _or_none(count: Column) -> Column:
    return func.coalesce(count, 0)


def _conditions(rule: TagRule, figures: Any, counts: _Counts) -> list[Column]:
    """The cheap ones first; a rule that names nothing never holds."""
    f = figures.c
    conditions: list[Column] = []
    if rule.min_visits_12m:
        conditions.append(f.visits_12m >= rule.min_visits_12m)
    if rule.min_spend_12m_fen:
        conditions.append(f.spend_12m_fen >= rule.min_spend_12m_fen)
    if rule.min_referrals:
        conditions.append(_or_none(counts.referrals.c.n) >= rule.min_referrals)
    if rule.min_coupon_share:
        conditions += [f.visits_12m > 0, _or_none(counts.coupons.c.n) >= rule.min_coupon_share * f.visits_12m]
    if rule.min_washes_12m:
        conditions += [f.visits_12m >= rule.min_washes_12m, _washes(figures) >= rule.min_washes_12m]
    return conditions or [~true()]


def _washes(figures: Any) -> Column:
    return (
        core_select(func.count())
        .where(VISITS.c.owner_id == figures.c.owner_id, VISITS.c.status == COMPLETED)
        .where(VISITS.c.visited_on > on("window"), VISITS.c["items"].contains(WASH))
        .correlate(figures)
        .scalar_subquery()
    )
