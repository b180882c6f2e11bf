"""What the engine does with every journey: whom it leaves out, what a changed rule brings, who changes meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from core.journeys import left_out, rolled_out
from core.policy import JourneyRules
from journeys.engine import run
from journeys.maintenance import MAINTENANCE
from storage.audiences import due_cars
from storage.crm import Crm
from storage.looks import Look, Part, Place
from tests.chat import Shop


def ruled(shop: Shop, **rules: Any) -> None:
    """The shop's rules for maintenance_due."""
    facts = shop.database.shop
    journeys = MappingProxyType({**facts.policy.journeys, "maintenance_due": JourneyRules(**rules)})
    shop.database.shop = replace(facts, policy=replace(facts.policy, journeys=journeys))


def due(shop: Shop, day: str, owners: int = 1) -> None:
    """That many owners with a car each that is due on that day."""

    def record(crm: Crm) -> None:
        for number in range(owners):
            owner = crm.owners.add(f"车主{number}", store_id=1)
            car = crm.vehicles.add(f"粤B{len(day)}{owner.key:04d}", due_on=date.fromisoformat(day))
            crm.vehicles.connect(owner.key, car.key)
            crm.identities.give_to_owner("web", f"account-{owner.key}", owner.key)

    shop.do(record)


def decided(shop: Shop) -> list[tuple[int, str, str]]:
    """(owner, step, decision) of a tick."""
    return [(item.owner, item.step, item.decision) for item in shop.tick() if item.journey == "maintenance_due"]


def test_a_share_is_held_out_always_the_same_and_told_as_such(shop: Shop) -> None:
    ruled(shop, hold_out=0.3)
    due(shop, "2026-11-30", owners=40)
    out = {owner for owner, _, decision in decided(shop) if decision == "hold_out"}
    assert out == {owner for owner in range(1, 41) if left_out("maintenance_due", owner, 0.3)}
    assert 4 < len(out) < 20
    shop.time_is("2026-11-27 09:00")
    assert {owner for owner, _, decision in decided(shop) if decision == "hold_out"} == out


def test_who_is_not_switched_on_yet_is_told_as_a_skip(shop: Shop) -> None:
    ruled(shop, roll_out=0.1)
    due(shop, "2026-11-30", owners=40)
    sent = {owner for owner, _, decision in decided(shop) if decision == "send"}
    assert sent == {owner for owner in range(1, 41) if rolled_out(owner, 0.1)}


def test_a_journey_that_is_off_decides_nothing_and_catches_up_when_it_is_on(shop: Shop) -> None:
    ruled(shop, on=False)
    due(shop, "2026-11-30")
    assert decided(shop) == []
    shop.time_is("2026-11-24 09:00")
    ruled(shop)
    assert decided(shop) == [(1, "t7", "send")]


def test_a_step_that_is_moved_in_the_policy_leaves_nobody_between_the_old_day_and_the_new(shop: Shop) -> None:
    due(shop, "2026-12-02")
    assert decided(shop) == []
    ruled(shop, days=MappingProxyType({"t7": -10}))
    assert decided(shop) == [(1, "t7", "send")]
    ruled(shop)
    assert decided(shop) == []


def test_a_car_that_arrives_with_an_old_due_day_is_looked_at_on_the_next_tick(shop: Shop) -> None:
    assert decided(shop) == []
    due(shop, "2026-11-27")
    assert decided(shop) == [(1, "t7", "send")]
    assert decided(shop) == []


def test_what_changes_at_night_is_looked_at_in_the_morning(shop: Shop) -> None:
    assert decided(shop) == []
    shop.time_is("2026-11-23 23:00")
    due(shop, "2026-11-27")
    assert decided(shop) == []
    shop.time_is("2026-11-24 09:00")
    assert decided(shop) == [(1, "t7", "skip"), (1, "t3", "send")]


def test_a_part_goes_on_behind_the_part_before_and_under_another_rule_from_the_beginning(shop: Shop) -> None:
    due(shop, "2026-11-24", owners=5)
    behind: list[Place | None] = []

    def watched(crm: Crm, look: Look) -> Part:
        behind.append(look.behind)
        return due_cars(crm, look)

    plan = replace(MAINTENANCE, audience=watched)
    _, stop = shop.do(lambda crm: run(crm, plan, 2))
    ruled(shop, days={"t7": -8})
    _, anew = shop.do(lambda crm: run(crm, plan, 2, stop))
    shop.do(lambda crm: run(crm, plan, 2, anew))
    day = date(2026, 11, 24)
    assert behind == [None, None, (day, 2), (day, 4), None]  # who is decided is passed by; then comes another step
