"""What the shop's rules recommend, pushed in an hour that is off-peak; once, later, or never again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from core.journeys import left_out
from core.recommend_rules import RecommendRule
from journeys import recommendation
from journeys.engine import run
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.storage.conftest import postgres_copy
from tests.storage.two import together


def li_ming(shop: Shop, bought: str = "2024-11-23", *, consent: bool = True, **facts: Any) -> Person:
    """Li Ming, who has never had a visit: nothing but the rules concerns him. He is not held out."""

    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        assert not left_out("recommendation", owner.key, 0.1)
        car = crm.vehicles.add("粤B12345", purchased_on=date.fromisoformat(bought), **facts)
        crm.vehicles.connect(owner.key, car.key)
        crm.identities.give_to_owner("web", "li", owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "web", True)

    shop.do(record)
    return shop.stranger("li")


def decided(shop: Shop, at: str = "") -> list[tuple[str, str, str]]:
    """(item, decision, reason) of what a tick recommends."""
    if at:
        shop.time_is(at)
    found = [item for item in shop.tick() if item.journey == "recommendation"]
    return [(item.occurrence.split(":")[2], item.decision, item.reason) for item in found]


def ruled(shop: Shop, **changes: Any) -> None:
    policy = shop.database.shop.policy
    rules = replace(policy.journey("recommendation"), **changes)
    journeys = MappingProxyType({**policy.journeys, "recommendation": rules})
    shop.database.shop = replace(shop.database.shop, policy=replace(policy, journeys=journeys))


def comes_for(shop: Shop, day: str, items: str) -> None:
    shop.do(lambda crm: crm.visits.add(day, owner_id=1, vehicle_id=1, visited_on=date.fromisoformat(day), items=items))


def test_a_car_of_two_years_is_offered_the_warranty_on_that_day_at_the_journeys_hour(shop: Shop) -> None:
    li = li_ming(shop, "2024-11-25")
    assert decided(shop, "2026-11-24 15:00") == []
    assert decided(shop, "2026-11-25 13:59") == []
    assert decided(shop, "2026-11-25 14:00") == [("warranty", "send", "")]
    assert decided(shop) == []
    assert li.was_told() == "给您的粤B12345推荐延保。您的爱车已满两年，原厂质保外的部件可以延保。"
    assert li.choices == ["感兴趣", "暂时不要", "不再推荐这类"]


def test_who_changed_in_the_morning_is_written_to_in_the_afternoon(shop: Shop) -> None:
    li_ming(shop, "2024-11-22")
    assert decided(shop) == [("warranty", "send", "")]
    due = shop.ask(lambda crm: crm.outbox.get(crm.steps.of_owner(1)[0].outbox_id or 0).due_at)
    assert due == shop.moment("2026-11-23 14:00")


def test_who_was_in_the_shop_at_that_hour_is_written_to_the_next_day(shop: Shop) -> None:
    li_ming(shop, "2025-11-01")
    assert decided(shop, "2026-11-23 14:00") == []
    shop.time_is("2026-11-23 16:00")
    shop.do(lambda crm: crm.owners.remark(crm.owners.get(1), "问过车漆划痕"))
    assert decided(shop) == [("coating", "send", "")]
    due = shop.ask(lambda crm: crm.outbox.get(crm.steps.of_owner(1)[0].outbox_id or 0).due_at)
    assert due == shop.moment("2026-11-24 14:00")


def test_one_thing_at_a_time_the_next_a_month_later(shop: Shop) -> None:
    li_ming(shop, mileage_km=60_000)
    assert decided(shop, "2026-11-23 14:00") == [("warranty", "send", "")]
    comes_for(shop, "2026-11-24", "保养")
    assert decided(shop, "2026-12-22 14:00") == []
    assert decided(shop, "2026-12-24 14:00") == [("tyres", "send", "")]
    assert decided(shop, "2027-06-01 14:00") == []


def test_washing_in_summer_counts_as_soon_as_the_work_is_named(shop: Shop) -> None:
    li_ming(shop, "2026-05-01")
    for day in ("2026-06-01", "2026-07-01", "2026-08-01"):
        comes_for(shop, day, "")
    assert decided(shop, "2026-11-23 14:00") == []

    def named(crm: Crm) -> None:
        for visit in crm.visits.of_owner(1):
            visit.items = "精致洗车"
        crm.session.flush()

    shop.do(named)
    assert decided(shop, "2026-11-24 10:00") == [("wash_package", "send", "")]


def test_never_is_never_and_not_now_is_asked_again_after_ninety_days(shop: Shop) -> None:
    li = li_ming(shop, mileage_km=60_000)
    decided(shop, "2026-11-23 14:00")
    li.was_told()
    li.taps("暂时不要")
    decided(shop, "2026-12-24 14:00")
    li.was_told()
    li.taps("不再推荐这类")
    assert decided(shop, "2027-02-21 14:00") == []
    assert decided(shop, "2027-02-22 14:00") == [("warranty", "send", "")]
    assert decided(shop, "2028-06-01 14:00") == []


def test_who_does_not_answer_is_not_asked_again(shop: Shop) -> None:
    li_ming(shop)
    decided(shop, "2026-11-23 14:00")
    assert [decided(shop, day) for day in ("2026-12-24 14:00", "2027-03-01 14:00", "2027-12-01 14:00")] == [[], [], []]


def test_without_consent_it_is_told_as_a_skip_and_tried_again_a_month_later(shop: Shop) -> None:
    li_ming(shop, consent=False)
    assert decided(shop, "2026-11-23 14:00") == [("warranty", "skip", "no consent to marketing")]
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "web", True))
    assert decided(shop, "2026-11-30 14:00") == []
    assert decided(shop, "2026-12-24 14:00") == [("warranty", "send", "")]


def test_what_did_not_leave_was_not_offered(shop: Shop) -> None:
    li_ming(shop, "2024-11-22")
    assert decided(shop) == [("warranty", "send", "")]

    def expired(crm: Crm) -> None:
        crm.outbox.give_up(crm.steps.of_owner(1)[0].outbox_id or 0, "expired", "too late")

    shop.do(expired)
    assert decided(shop, "2026-12-24 14:00") == [("warranty", "send", "")]


def test_what_an_advisor_sells_already_is_not_recommended(shop: Shop) -> None:
    li_ming(shop)
    shop.do(lambda crm: crm.opportunities.begin(1, "warranty", occurrence=None) and None)
    assert decided(shop, "2026-11-23 14:00") == []


def test_a_share_is_held_out_of_everything_once(shop: Shop) -> None:
    li_ming(shop)
    ruled(shop, hold_out=1.0)
    assert decided(shop, "2026-11-23 14:00") == [("warranty", "hold_out", "held out to measure by")]
    assert decided(shop, "2027-01-30 14:00") == []


def test_another_rule_in_the_policy_looks_at_everybody(shop: Shop) -> None:
    li = li_ming(shop, "2026-01-01", powertrain="bev")
    assert decided(shop, "2026-11-23 14:00") == []
    rule = RecommendRule("battery", "battery", ("{name}的{plate}，电池该查了。", "A check?"), powertrain=("bev",))
    policy = shop.database.shop.policy
    rules = (*policy.recommend_rules, rule)
    shop.database.shop = replace(shop.database.shop, policy=replace(policy, recommend_rules=rules))
    assert decided(shop) == [("battery", "send", "")]
    assert shop.ask(lambda crm: crm.steps.of_owner(1)[0].occurrence) == "1:1:battery:2026-11-23"
    assert "李明的粤B12345，电池该查了。" in li.was_told()


def test_a_car_that_was_sold_is_its_new_owners(shop: Shop) -> None:
    li_ming(shop)
    shop.owner("王芳", account="wang")

    def sold(crm: Crm) -> None:
        crm.vehicles.part(1, 1)
        crm.vehicles.connect(2, 1)
        crm.consents.write(2, MARKETING, "web", True)

    shop.do(sold)
    shop.time_is("2026-11-23 14:00")
    assert [item.owner for item in shop.tick() if item.journey == "recommendation"] == [2]


def test_two_workers_at_once_recommend_it_once() -> None:
    with Shop(postgres_copy(), stores=()) as shop:
        li_ming(shop)
        shop.time_is("2026-11-23 14:00")
        ticks = together(
            shop, [lambda crm: [one.decision for one in run(crm, recommendation.plan(crm.shop.policy), 500)[0]]] * 4
        )
        assert sorted(map(str, ticks)) == ["['send']", "[]", "[]", "[]"]
        assert len(shop.ask(lambda crm: crm.recommendations.of_owner(1))) == 1
