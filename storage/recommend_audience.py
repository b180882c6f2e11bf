"""To whom something is recommended by rule: one statement per rule, asked of the owners whose day has come.

That is: a car reached the age of a rule, a "not now" is old enough, or the last recommendation is, or what goes before
it has come; and whoever changed meanwhile. Everybody is asked once when the rules are others than before. Cost grows
with those, not with the store.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, case, false, func, literal, or_, true, union
from sqlalchemy import select as core_select

from core.due import months_before
from core.gate import CAP_DAYS
from core.policy import Policy
from core.recommend_rules import RecommendRule
from storage.audiences import as_text
from storage.calendar_audiences import births
from storage.columns import Moment
from storage.figures_statement import these
from storage.fitting import counting_from, fits_on
from storage.giving_way import GoingBefore, gives_way, going_before, made_way
from storage.grading import on
from storage.looks import Look, Part, Place
from storage.opportunities import OPPORTUNITIES
from storage.owners import OWNERS
from storage.recommendations import JOURNEY, LATER, NEVER, RECOMMENDATIONS, unsent
from storage.statements import Prepared
from storage.steps import HOLD_OUT, STEPS, of_recommendations
from storage.vehicles import TIES, VEHICLES
from storage.walks import Walk, by_number, everybody, found

if TYPE_CHECKING:
    from storage.crm import Crm

Column = ColumnElement[Any]


def fitting(crm: Crm, look: Look) -> Part:
    """The first rule, in the policy's order, that each owner may be offered something by. Rows as those of audiences,
    and `rule`, its name; `changed`: something was written about them. Anchor: the day that is looked at."""
    owners, place = _whom(crm, look)
    rows: dict[int, Any] = {}
    for rule in crm.shop.policy.recommend_rules if owners else ():
        for row in _by(crm, rule, look.until, owners, changed=look.owners is not None):
            rows.setdefault(row.owner_id, row)
    return Part([rows[number] for number in sorted(rows)], place)


def fits_now(crm: Crm, owner_id: int) -> list[Any]:
    """Every rule that a car of this owner fits today and that may be offered: rows of vehicle_id, plate and rule."""
    today, rules = crm.now.astimezone(crm.shop.zone).date(), crm.shop.policy.recommend_rules
    return [row for rule in rules for row in _by(crm, rule, today, [owner_id], changed=True, at_desk=True)]


def _whom(crm: Crm, look: Look) -> tuple[list[int], Place | None]:
    """Owners who are looked at for the look's days, so many of them; with no day before, everybody."""
    if look.owners is not None or look.after is None:
        return found(crm, look, everybody())
    policy, days = crm.shop.policy, (look.after, look.until)
    before, ages = going_before(policy), _ages(policy)
    walk = _whose_day_came(before, ages)
    aged = {f"aged_{months}_{n}": months_before(day, months) for months in ages for n, day in enumerate(days)}
    moments = {f"{name}_{n}": moment for n, day in enumerate(days) for name, moment in _moments(crm, day).items()}
    greeted = {"dates": births(look.since, look.until)}
    return found(crm, look, walk, **aged, **moments, **greeted, **before.days(*days))


def _ages(policy: Policy) -> tuple[int, ...]:
    """Of cars, in months, at which some rule begins to hold."""
    return tuple(sorted({12 * rule.min_age_years for rule in policy.recommend_rules if rule.min_age_years}))


@lru_cache(16)
def _whose_day_came(before: GoingBefore, ages: tuple[int, ...]) -> Walk:
    aged = [_within(VEHICLES.c.purchased_on, on(f"aged_{months}_0"), on(f"aged_{months}_1")) for months in ages]
    came = union(
        core_select(TIES.c.owner_id).join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id).where(or_(false(), *aged)),
        core_select(RECOMMENDATIONS.c.owner_id).where(
            RECOMMENDATIONS.c.status == LATER, _since(RECOMMENDATIONS.c.answered_at, "put_off")
        ),
        core_select(STEPS.c.owner_id).where(of_recommendations(), _since(STEPS.c.at, "rested")),
        *made_way(before),
    ).subquery("came")
    query = core_select(on("until").label("day"), came.c.owner_id.label("number"))
    return Walk(by_number(query), everybody().some)


def _by(
    crm: Crm, rule: RecommendRule, day: date, owners: Sequence[int], *, changed: bool, at_desk: bool = False
) -> list[Any]:
    before = going_before(crm.shop.policy)
    days = {**counting_from(rule, day), **before.days(day, day + CAP_DAYS), **_moments(crm, day)}
    who = _by_rule(rule, before, at_desk)
    return who.all(crm.connection, ids=json.dumps(list(owners)), today=day, changed=changed, **days)


@lru_cache(64)
def _by_rule(rule: RecommendRule, before: GoingBefore, at_desk: bool) -> Prepared:
    """Cars of the owners of `ids` that fit, each with the one who is told about it, if they may be offered it now;
    face to face nobody is held out, and nothing needs to rest."""
    told = _told()
    occurrence = as_text(OWNERS.c.id) + ":" + as_text(VEHICLES.c.id) + f":{rule.item}:" + as_text(on("today"))
    query = (
        core_select(OWNERS.c.id.label("owner_id"), VEHICLES.c.id.label("vehicle_id"), VEHICLES.c.plate, OWNERS.c.name)
        .add_columns(on("today").label("anchor"), occurrence.label("occurrence"))
        .add_columns(literal(rule.name).label("rule"), bindparam("changed", type_=Boolean()).label("changed"))
        .add_columns(false().label("told_lately"))
        .select_from(
            told.join(OWNERS, OWNERS.c.id == told.c.owner_id).join(VEHICLES, VEHICLES.c.id == told.c.vehicle_id)
        )
        .where(told.c.n == 1, OWNERS.c.status == "active", these(OWNERS.c.id))
        .where(*fits_on(rule), *_may_be_offered(rule.item))
        .where(true() if at_desk else and_(_rested(), ~_held_out(rule.item), ~gives_way(before)))
    )
    return Prepared(query.order_by(OWNERS.c.id, VEHICLES.c.id))


def _told() -> Any:
    """Of several people of a car its owner before its driver, who came first."""
    rank = case((TIES.c.role == "owner", 0), else_=1)
    first = func.row_number().over(partition_by=TIES.c.vehicle_id, order_by=[rank, TIES.c.id])
    now = (TIES.c.until.is_(None), TIES.c.role != "provisional")
    mine = TIES.alias("mine")
    cars = core_select(mine.c.vehicle_id).where(these(mine.c.owner_id), mine.c.until.is_(None))
    whose = TIES.c.vehicle_id.in_(cars)
    return core_select(TIES.c.vehicle_id, TIES.c.owner_id, first.label("n")).where(*now, whose).subquery("told")


def _may_be_offered(item: str) -> list[Column]:
    """Not refused for good, not offered for that car, unless it was put off long enough ago; and nobody sells it to
    them already."""
    r, mine = RECOMMENDATIONS.c, RECOMMENDATIONS.c.owner_id == OWNERS.c.id
    stands = and_(or_(r.status != LATER, r.answered_at >= _moment("put_off")), ~unsent())
    offered = core_select(r.id).where(
        mine, r.item == item, or_(r.status == NEVER, r.vehicle_id == VEHICLES.c.id), stands
    )
    sold = core_select(OPPORTUNITIES.c.id).where(OPPORTUNITIES.c.owner_id == OWNERS.c.id, OPPORTUNITIES.c.item == item)
    return [~offered.exists(), ~sold.exists()]


def _held_out(item: str) -> Column:
    """They were left without it before, to measure by."""
    name = as_text(OWNERS.c.id) + ":" + as_text(VEHICLES.c.id) + f":{item}:%"
    decided = (STEPS.c.journey == JOURNEY, STEPS.c.decision == HOLD_OUT, STEPS.c.occurrence.like(name))
    return core_select(STEPS.c.id).where(STEPS.c.owner_id == OWNERS.c.id, *decided).exists()


def _rested() -> Column:
    """The last decision about a recommendation to them is old enough."""
    lately = core_select(STEPS.c.id).where(
        STEPS.c.owner_id == OWNERS.c.id, STEPS.c.journey == JOURNEY, STEPS.c.at >= _moment("rested")
    )
    return ~lately.exists()


def _moments(crm: Crm, day: date) -> dict[str, datetime]:
    """Since when what was put off or decided still stands on that day."""
    begins, policy = datetime.combine(day, time(), crm.shop.zone), crm.shop.policy
    return {"put_off": begins - policy.recommended_again, "rested": begins - policy.recommended_every}


def _moment(name: str) -> Column:
    return bindparam(name, type_=Moment())


def _since(column: Any, name: str) -> Column:
    """It stood on the one day, and does not on the other."""
    return and_(column >= _moment(f"{name}_0"), column < _moment(f"{name}_1"))


def _within(column: Any, after: Column, until: Column) -> Column:
    return and_(column > after, column <= until)
