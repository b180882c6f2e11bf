"""Something is recommended to an owner: by the shop's rules in an hour that is off-peak, or by an advisor's word.

Either way it is marketing and passes the same gate. What was offered is a row; what they make of it is a tap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from core.own_journeys import worded
from core.policy import Policy
from core.recommend_rules import RecommendRule
from flows.voice import voice_for
from journeys.engine import Plan
from journeys.engine import run as run_plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.crm import Crm
from storage.recommend_audience import fitting
from storage.recommendations import JOURNEY, named
from storage.steps import TASK

RULED, ADVISED = "offer", "advised"  # steps: by a rule, by an advisor
BY_HAND, OPEN = "by_hand", "open"
LIFE = timedelta(days=7)  # of an advisor's recommendation


def run(crm: Crm, touched: Sequence[int]) -> list[TickItem]:
    """What is due by the rules, one for each owner."""
    return run_plan(crm, _plan(crm.shop.policy), touched)


def recommend(crm: Crm, owner_id: int, item: str, vehicle_id: int | None = None) -> str:
    """An advisor's word, as soon as the hour is decent. "" when it is on its way, BY_HAND when an advisor must send it;
    else why not: a reason of the gate, or what the owner said before."""
    crm.recommendations.one_at_a_time(owner_id)
    if why_not := crm.recommendations.why_not(owner_id, item, vehicle_id):
        return why_not
    plate = crm.vehicles.get(vehicle_id).plate if vehicle_id else None
    asked = f"m{crm.message_id}" if crm.message_id else f"{crm.now:%Y-%m-%dT%H:%M:%S}"
    what = Happening(JOURNEY, ADVISED, named(owner_id, vehicle_id, item, asked), owner_id, vehicle_id, plate)
    made = send(crm, what, lambda: _offered(crm, what, item, asked), Rank.MARKETING, LIFE)
    return (BY_HAND if made.decision == TASK else made.reason) if made else OPEN


def _plan(policy: Policy) -> Plan:
    """Other rules are another step: everybody is looked at again."""
    digest = sha256(repr(policy.recommend_rules).encode()).hexdigest()[:8]
    journey = KNOWN[JOURNEY]
    steps = tuple(replace(step, by=digest) for step in journey.steps)
    return Plan(replace(journey, steps=steps), fitting, {RULED: _by_rule})


def _by_rule(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """None when somebody has offered it to them at this very moment."""
    rule = next(one for one in crm.shop.policy.recommend_rules if one.name == row.rule)
    crm.recommendations.one_at_a_time(row.owner_id)
    if crm.recommendations.why_not(row.owner_id, rule.item, row.vehicle_id):
        return None
    day, life = row.anchor.isoformat(), crm.shop.policy.care.message_life
    words = lambda: _offered(crm, what, rule.item, day, rule, row.name)  # noqa: E731 — made only when it leaves
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
