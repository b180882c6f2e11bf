"""To whom something is recommended by rule: one statement per rule, asked of the owners whose day has come.

That is: a car reached the age of a rule, a "not now" is old enough, or the last recommendation is, or what goes before
it has come; and whoever changed meanwhile. Everybody is asked once when the rules are others than before. Cost grows
with those, not with the store.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Select, String, and_, case, cast, false, func, literal, or_, true, union
from sqlalchemy import select as core_select

from core.due import months_before
from core.recommend_rules import RecommendRule
from storage.audiences import Look
from storage.figures_statement import these
from storage.fitting import fits_on
from storage.giving_way import gives_way, made_way
from storage.opportunities import OPPORTUNITIES
from storage.owners import OWNERS
from storage.recommendations import JOURNEY, LATER, NEVER, RECOMMENDATIONS, unsent
from storage.steps import HOLD_OUT, STEPS, of_recommendations
from storage.vehicles import TIES, VEHICLES

if TYPE_CHECKING:
    from storage.crm import Crm

Column = ColumnElement[Any]


def fitting(crm: Crm, look: Look) -> list[Any]:
    """The first rule, in the policy's order, that each owner may be offered something by. Rows as those of audiences,
    and `rule`, its name; `changed`: something was written about them. Anchor: the day that is looked at."""
    owners = look.owners if look.owners is not None else _whose_day_came(crm, look)
    if owners is not None and not owners:
        return []
    found: dict[int, Any] = {}
    for rule in crm.shop.policy.recommend_rules:
        query = _by_rule(crm, look, rule, everybody=owners is None)
        for row in crm.connection.execute(query, {"ids": json.dumps(owners)} if owners else {}):
            found.setdefault(row.owner_id, row)
    return [found[number] for number in sorted(found)][: look.most]


def fits_now(crm: Crm, owner_id: int) -> list[Any]:
    """Every rule that a car of this owner fits today and that may be offered: rows of vehicle_id, plate and rule."""
    look = Look(JOURNEY, "", None, crm.now.astimezone(crm.shop.zone).date(), [owner_id])
    ids, rules = {"ids": json.dumps([owner_id])}, crm.shop.policy.recommend_rules
    queries = (_by_rule(crm, look, rule, everybody=False, at_desk=True) for rule in rules)
    return [row for query in queries for row in crm.connection.execute(query, ids)]


def _whose_day_came(crm: Crm, look: Look) -> list[int] | None:
    """Owners who are looked at for the days after `after` up to `until`; None: everybody."""
    if look.after is None:
        return None
    policy, days = crm.shop.policy, (look.after, look.until)
    ages = {12 * rule.min_age_years for rule in policy.recommend_rules if rule.min_age_years}
    aged = [_within(VEHICLES.c.purchased_on, [months_before(day, months) for day in days]) for months in ages]
    begins = [_begins(crm, day) for day in days]
    put_off = [moment - policy.recommended_again for moment in begins]
    rested = [moment - policy.recommended_every for moment in begins]
    query = union(
        core_select(TIES.c.owner_id).join(VEHICLES, VEHICLES.c.id == TIES.c.vehicle_id).where(or_(false(), *aged)),
        core_select(RECOMMENDATIONS.c.owner_id).where(
            RECOMMENDATIONS.c.status == LATER, _since(RECOMMENDATIONS.c.answered_at, put_off)
        ),
        core_select(STEPS.c.owner_id).where(of_recommendations(), _since(STEPS.c.at, rested)),
        *made_way(crm, *days),
    )
    return sorted(crm.connection.execute(query).scalars())


def _by_rule(crm: Crm, look: Look, rule: RecommendRule, *, everybody: bool, at_desk: bool = False) -> Select[Any]:
    """Cars that fit, each with the one who is told about it, if they may be offered it now; face to face nobody is
    held out, and nothing needs to rest. Without `everybody` the owners are bound as `ids`."""
    told, day = _told(everybody=everybody), look.until
    occurrence = _text(OWNERS.c.id) + ":" + _text(VEHICLES.c.id) + f":{rule.item}:{day}"
    return (
        core_select(OWNERS.c.id.label("owner_id"), VEHICLES.c.id.label("vehicle_id"), VEHICLES.c.plate, OWNERS.c.name)
        .add_columns(literal(day, Date).label("anchor"), occurrence.label("occurrence"))
        .add_columns(literal(rule.name).label("rule"), literal(look.owners is not None).label("changed"))
        .add_columns(false().label("told_lately"))
        .select_from(
            told.join(OWNERS, OWNERS.c.id == told.c.owner_id).join(VEHICLES, VEHICLES.c.id == told.c.vehicle_id)
        )
        .where(told.c.n == 1, OWNERS.c.status == "active", true() if everybody else these(OWNERS.c.id))
        .where(*fits_on(rule, day), *_may_be_offered(crm, rule.item, day))
        .where(true() if at_desk else and_(_rested(crm, day), ~_held_out(rule.item), ~gives_way(crm, day)))
        .order_by(OWNERS.c.id, VEHICLES.c.id)
    )


def _told(*, everybody: bool) -> Any:
    """Of several people of a car its owner before its driver, who came first."""
    rank = case((TIES.c.role == "owner", 0), else_=1)
    first = func.row_number().over(partition_by=TIES.c.vehicle_id, order_by=[rank, TIES.c.id])
    now = (TIES.c.until.is_(None), TIES.c.role != "provisional")
    mine = TIES.alias("mine")
    cars = core_select(mine.c.vehicle_id).where(these(mine.c.owner_id), mine.c.until.is_(None))
    whose = true() if everybody else TIES.c.vehicle_id.in_(cars)
    return core_select(TIES.c.vehicle_id, TIES.c.owner_id, first.label("n")).where(*now, whose).subquery("told")


def _may_be_offered(crm: Crm, item: str, day: date) -> list[Column]:
    """Not refused for good, not offered for that car, unless it was put off long enough ago; and nobody sells it to
    them already."""
    put_off = _begins(crm, day) - crm.shop.policy.recommended_again
    r, mine = RECOMMENDATIONS.c, RECOMMENDATIONS.c.owner_id == OWNERS.c.id
    stands = and_(or_(r.status != LATER, r.answered_at >= put_off), ~unsent())
    offered = core_select(r.id).where(
        mine, r.item == item, or_(r.status == NEVER, r.vehicle_id == VEHICLES.c.id), stands
    )
    sold = core_select(OPPORTUNITIES.c.id).where(OPPORTUNITIES.c.owner_id == OWNERS.c.id, OPPORTUNITIES.c.item == item)
    return [~offered.exists(), ~sold.exists()]


def _held_out(item: str) -> Column:
    """They were left without it before, to measure by."""
    name = _text(OWNERS.c.id) + ":" + _text(VEHICLES.c.id) + f":{item}:%"
    decided = (STEPS.c.journey == JOURNEY, STEPS.c.decision == HOLD_OUT, STEPS.c.occurrence.like(name))
    return core_select(STEPS.c.id).where(STEPS.c.owner_id == OWNERS.c.id, *decided).exists()


def _rested(crm: Crm, day: date) -> Column:
    """The last decision about a recommendation to them is old enough."""
    since = _begins(crm, day) - crm.shop.policy.recommended_every
    lately = core_select(STEPS.c.id).where(
        STEPS.c.owner_id == OWNERS.c.id, STEPS.c.journey == JOURNEY, STEPS.c.at >= since
    )
    return ~lately.exists()


def _begins(crm: Crm, day: date) -> datetime:
    return datetime.combine(day, time(), crm.shop.zone)


def _within(column: Any, days: list[date]) -> Column:
    after, until = days
    return and_(column > after, column <= until)


def _since(column: Any, moments: list[datetime]) -> Column:
    since, before = moments
    return and_(column >= since, column < before)


def _text(column: Any) -> Any:
    return cast(column, String)
