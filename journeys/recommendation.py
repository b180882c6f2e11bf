"""Something is recommended to an owner: by the shop's rules in an hour that is off-peak, or by an advisor's word.

Either way it is marketing and passes the same gate. What was offered is a row; what they make of it is a tap.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from core.own_journeys import worded
from core.policy import Policy
from core.recommend_rules import RecommendRule
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.crm import Crm
from storage.recommend_audience import fits_now, fitting
from storage.recommendations import JOURNEY, OFFERED, named
from storage.steps import TASK

RULED, ADVISED = "offer", "advised"  # steps: by a rule, by an advisor
AT_THE_DESK, MOST_AT_ONCE = "recommend", 2  # the kind of the card, and how many things it has
BY_HAND, OPEN = "by_hand", "open"
LIFE = timedelta(days=7)  # of an advisor's recommendation


def plan(policy: Policy) -> Plan:
    """One thing for each owner, by the rules; other rules are another step: everybody is looked at again."""
    digest = sha256(repr(policy.recommend_rules).encode()).hexdigest()[:8]
    journey = KNOWN[JOURNEY]
    steps = tuple(replace(step, mark=digest) for step in journey.steps)
    return Plan(replace(journey, steps=steps), fitting, {RULED: _by_rule})


def recommend(crm: Crm, owner_id: int, item: str, vehicle_id: int | None = None) -> str:
    """An advisor's word, as soon as the hour is decent. "" when it is on its way, BY_HAND when an advisor must send it;
    else why not: a reason of the gate, or what the owner said before."""
    crm.recommendations.one_at_a_time(owner_id)
    if why_not := crm.recommendations.why_not(owner_id, item, vehicle_id):
        return why_not
    plate = crm.vehicles.get(vehicle_id).plate if vehicle_id else None
    asked = f"m{crm.message_id}" if crm.message_id else f"{crm.now:%Y-%m-%dT%H:%M:%S}"
    what = Happening(JOURNEY, ADVISED, named(owner_id, vehicle_id, item, asked), owner_id, vehicle_id, plate)
    made = send(crm, what, partial(_offered, crm, what, item, asked), Rank.MARKETING, LIFE)
    return (BY_HAND if made.decision == TASK else made.reason) if made else OPEN


def at_the_desk(crm: Crm, owner_id: int, store_id: int | None) -> int | None:
    """The owner is here: a card with what to tell them about, once a day; its number. None when there is nothing."""
    items = worth_telling(crm, owner_id)
    if not items:
        return None
    return crm.tasks.open(
        AT_THE_DESK,
        store_id=store_id,
        owner_id=owner_id,
        vehicle_id=items[0]["vehicle"],
        facts={"items": items[:MOST_AT_ONCE]},
        occurrence=f"{AT_THE_DESK}:{owner_id}:{crm.now.astimezone(crm.shop.zone):%Y-%m-%d}",
    )


def worth_telling(crm: Crm, owner_id: int) -> list[dict[str, Any]]:
    """What waits for their answer, then what the rules say now: item, vehicle, and why in two languages. Nothing while
    marketing to them is frozen."""
    if crm.freezes.why(owner_id):
        return []
    cars = {None, *(car.key for car in crm.vehicles.of_owner(owner_id))}
    offered = [
        one for one in crm.recommendations.of_owner(owner_id) if one.status == OFFERED and one.vehicle_id in cars
    ]
    found = [_telling(one.item, one.vehicle_id, [one.told().get("why", "")] * 2) for one in offered]
    if crm.shop.policy.journey(JOURNEY).on:
        found += [_told(crm, row) for row in fits_now(crm, owner_id)]
    once: dict[str, dict[str, Any]] = {}
    for one in found:
        once.setdefault(one["item"], one)
    return list(once.values())


def lapse(crm: Crm) -> list[TickItem]:
    """Who was here yesterday is not at the desk any more."""
    midnight = datetime.combine(crm.now.astimezone(crm.shop.zone).date(), time(), crm.shop.zone)
    for task in crm.tasks.older_than(AT_THE_DESK, midnight):
        crm.tasks.close(task, "recommend_lapsed")
    return []


def _told(crm: Crm, row: Any) -> dict[str, Any]:
    rule = _rule(crm, row.rule)
    return _telling(
        rule.item, row.vehicle_id, [worded(text, name=row.name, plate=row.plate or "") for text in rule.text]
    )


def _telling(item: str, vehicle_id: int | None, why: list[str]) -> dict[str, Any]:
    return {"item": item, "vehicle": vehicle_id, "why": why}


def _rule(crm: Crm, name: str) -> RecommendRule:
    return next(one for one in crm.shop.policy.recommend_rules if one.name == name)


def _by_rule(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """None when somebody has offered it to them at this very moment."""
    rule = _rule(crm, row.rule)
    crm.recommendations.one_at_a_time(row.owner_id)
    if crm.recommendations.why_not(row.owner_id, rule.item, row.vehicle_id):
        return None
    day, life = row.anchor.isoformat(), crm.shop.policy.care.message_life
    words = partial(_offered, crm, what, rule.item, day, rule, row.name)
    return send(crm, what, words, Rank.MARKETING, life, due_at=_off_peak(crm, changed=row.changed))


def _off_peak(crm: Crm, *, changed: bool) -> datetime:
    """The journey's hour, today's if it is still to come. Who changed a moment ago may be in the shop: not now."""
    local, at = crm.now.astimezone(crm.shop.zone), crm.shop.policy.journey(JOURNEY).at
    today = datetime.combine(local.date(), at, crm.shop.zone)
    if today >= local:
        return today
    return today + timedelta(days=1) if changed else crm.now


def _offered(
    crm: Crm, what: Happening, item: str, happening: str, rule: RecommendRule | None = None, name: str = ""
) -> Bubble:
    """The words, and the row that their buttons are about."""
    say = voice_for(crm, what.owner_id)
    why = worded(say.pick(*rule.text), name=name, plate=what.plate or "") if rule else ""
    facts = {"why": why, "rule": rule.name} if rule else {}
    one = crm.recommendations.offer(what.owner_id, item, occurrence=happening, vehicle_id=what.vehicle_id, reason=facts)
    assert one is not None, "asked before, one at a time"
    choices = (
        starting("interested", say.interested(), one.key),
        starting("recommend_later", say.not_now(), one.key),
        starting("never_recommend", say.never_recommend(), one.key),
    )
    return Bubble(say.recommend(say.item(item), what.plate or "", why), choices)
