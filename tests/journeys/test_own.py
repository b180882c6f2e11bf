"""A shop's own journeys and campaigns: an owner gets the shop's own words, taps, and books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.policy_file import read_policy
from journeys import own
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop

WINTER = """
gate.cap_per_30_days = 0
[journeys.winter_check]
anchor = "last_visit"
goal = "booking"
audience = { powertrain = ["bev"] }
steps = [
  { name = "d90", days = 90, text = "{name}，天冷了，{plate} 来做一次冬季检测吧。", text_en = "{name}, time for a winter check of {plate}." },
  { name = "d97", days = 97, kind = "task", text = "给 {name} 打电话，{day}之后没来过。" },
]
"""  # noqa: E501 - as a shop writes it
CHRISTMAS = """
gate.cap_per_30_days = 0
hold_out.share = 0
[offers.wash]
title = "洗车券"
amount = 40
cost = 30
[campaigns.christmas]
on_day = 2026-12-24
text = "圣诞快乐，本周到店洗车免费。"
"""


def ruled(shop: Shop, text: str) -> None:
    """From now on that is the shop's policy file."""
    shop.database.shop = replace(shop.database.shop, policy=read_policy(text))


def drives(
    shop: Shop, name: str, plate: str = "粤B12345", *, last_visit: str = "2026-08-25", powertrain: str = "bev"
) -> Person:
    """Somebody on record who allowed marketing."""
    owner = shop.owner(name, plate=plate, last_visit=last_visit, account=f"account-of-{name}")

    def allow(crm: Crm) -> None:
        car = crm.vehicles.with_plate(plate)
        identity = crm.identities.find("web", owner.account)
        assert car is not None
        assert identity is not None
        crm.vehicles.correct(car, "powertrain", powertrain)
        crm.consents.write(identity.owner_id or 0, MARKETING, "web", True)

    shop.do(allow)
    return owner


def decided(shop: Shop, journey: str = "winter_check") -> list[tuple[str, str, str]]:
    """(step, plate, decision) of a tick."""
    return [(item.step, item.plate or "", item.decision) for item in shop.tick() if item.journey == journey]


def test_an_owner_gets_the_shops_winter_check_taps_and_books(shop: Shop) -> None:
    ruled(shop, WINTER)
    li = drives(shop, "李明")
    assert decided(shop) == [("d90", "粤B12345", "send")]
    assert li.was_told() == "李明，天冷了，粤B12345 来做一次冬季检测吧。回复“退订”不再收到。"
    li.taps("预约到店")
    li.taps("保养")
    li.says("12月5日下午三点")
    assert "粤B12345 保养" in li.says("跳过")
    li.says("确认")
    shop.time_is("2026-11-30 10:00")
    assert decided(shop) == []


def test_who_did_not_answer_is_the_advisors_to_call(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明")
    wang = shop.advisor("王工")
    shop.tick()
    shop.time_is("2026-11-30 10:00")
    assert decided(shop) == [("d97", "粤B12345", "task")]
    (card,) = shop.cards("own_call")
    assert "李明" not in card.text
    wang.taps("take", on=card)
    assert "可以这样说：给 李明 打电话，8 月 25 日（周二）之后没来过。" in wang.sees(card)


def test_a_car_that_does_not_fit_is_not_meant(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明", powertrain="ice")
    assert decided(shop) == []


def test_the_step_waits_for_its_day_and_a_visit_begins_it_anew(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明", last_visit="2026-08-26")
    assert decided(shop) == []
    shop.do(lambda crm: crm.visits.add("W99", owner_id=1, vehicle_id=1, visited_on=date(2026, 11, 23)))
    shop.time_is("2026-11-24 10:00")
    assert decided(shop) == []
    shop.time_is("2027-02-21 10:00")
    assert decided(shop) == [("d90", "粤B12345", "send")]


def test_without_consent_it_is_told_as_a_skip(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明")
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "web", False))
    assert decided(shop) == [("d90", "粤B12345", "skip")]
    assert decided(shop) == []


def test_during_a_complaint_nobody_calls_with_the_shops_words(shop: Shop) -> None:
    ruled(shop, WINTER)
    li = drives(shop, "李明", last_visit="2026-08-18")
    li.says("我要投诉，你们态度太差")
    li.says("师傅不理人")
    li.says("确认")
    assert shop.ask(lambda crm: crm.tickets.freezes(1))
    assert decided(shop) == [("d97", "粤B12345", "skip")]


def test_an_audience_that_is_widened_is_looked_at_again(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明", powertrain="phev")
    assert decided(shop) == []
    ruled(shop, WINTER.replace('"bev"', '"bev", "phev"'))
    assert decided(shop) == [("d90", "粤B12345", "send")]


def test_a_journey_that_is_taken_out_of_the_file_decides_nothing(shop: Shop) -> None:
    ruled(shop, WINTER)
    drives(shop, "李明")
    ruled(shop, "")
    assert decided(shop) == []


def test_its_own_rules_hold(shop: Shop) -> None:
    drives(shop, "李明")
    for rule, expected in (("on = false", []), ('at = "11:00"', []), ("hold_out = 1.0", ["hold_out"])):
        ruled(shop, WINTER.replace("[journeys.winter_check]", f"[journeys.winter_check]\n{rule}"))
        assert [decision for _, _, decision in decided(shop)] == expected, rule


def test_a_campaign_goes_to_all_with_the_same_words(shop: Shop) -> None:
    ruled(shop, CHRISTMAS)
    people = [drives(shop, name, plate) for name, plate in (("李明", "粤B12345"), ("张伟", "粤B23456"))]
    assert decided(shop, "campaign:christmas") == []
    shop.time_is("2026-12-24 10:00")
    assert decided(shop, "campaign:christmas") == [("send", "粤B12345", "send"), ("send", "粤B23456", "send")]
    assert {li.was_told() for li in people} == {"圣诞快乐，本周到店洗车免费。回复“退订”不再收到。"}
    assert all(li.bubbles[-1].shared for li in people)
    assert decided(shop, "campaign:christmas") == []


@pytest.mark.parametrize(("joins", "expected"), [("2026-12-31 10:00", ["send"]), ("2027-01-01 10:00", [])])
def test_who_joins_within_a_week_still_gets_the_campaign(shop: Shop, joins: str, expected: list[str]) -> None:
    ruled(shop, CHRISTMAS)
    shop.time_is("2026-12-24 10:00")
    shop.tick()
    shop.time_is(joins)
    drives(shop, "李明")
    assert [one[2] for one in decided(shop, "campaign:christmas")] == expected


def test_a_campaign_that_nobody_looked_at_is_told_once_as_too_late(shop: Shop) -> None:
    ruled(shop, CHRISTMAS)
    drives(shop, "李明")
    shop.tick()
    shop.time_is("2027-01-02 10:00")
    (item,) = [one for one in shop.tick() if one.journey == "campaign:christmas"]
    assert (item.decision, item.reason) == ("skip", "too late for this step")
    assert decided(shop, "campaign:christmas") == []


def test_a_campaign_that_is_over_for_a_month_costs_nothing_any_more(shop: Shop) -> None:
    ruled(shop, CHRISTMAS)
    shop.time_is("2027-01-31 10:00")
    assert len(shop.ask(own.plans)) == 1
    shop.time_is("2027-02-01 10:00")
    assert shop.ask(own.plans) == []


@pytest.mark.parametrize(
    ("goal", "text", "shared", "buttons"),
    [
        ("visit", "本周洗车免费，退订回复T", True, ["预约到店"]),
        ("booking", "{name}，本周洗车免费，退订回复T", False, ["预约到店"]),
        ("answer", "{plate} 该换胎了，退订回复T", False, []),
    ],
)
def test_the_button_leads_to_the_goal_and_words_that_name_nobody_are_shared(
    shop: Shop, goal: str, text: str, shared: bool, buttons: list[str]
) -> None:
    ruled(shop, CHRISTMAS.replace("圣诞快乐，本周到店洗车免费。", text) + f'goal = "{goal}"')
    li = drives(shop, "李明")
    shop.time_is("2026-12-24 10:00")
    shop.tick()
    assert li.was_told() == text.format(name="李明", plate="粤B12345")
    assert (li.bubbles[-1].shared, li.choices) == (shared, buttons)


def test_a_notice_needs_no_consent_and_has_the_shape_of_its_template(shop: Shop) -> None:
    ruled(shop, WINTER.replace("days = 90, text", 'days = 90, kind = "service", text'))
    li = drives(shop, "李明")
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "web", False))
    assert decided(shop) == [("d90", "粤B12345", "send")]
    assert li.was_told() == "李明，天冷了，粤B12345 来做一次冬季检测吧。"
    notice = li.bubbles[-1].notice
    assert notice is not None
    assert (notice.name, dict(notice.fields)["plate"]) == ("winter_check", "粤B12345")


def test_followers_outside_their_window_share_one_mass_send(shop: Shop) -> None:
    ruled(shop, CHRISTMAS)

    def follow(crm: Crm) -> None:
        for number in range(3):
            owner = crm.owners.add(f"车主{number}", store_id=1)
            crm.identities.give_to_owner("wechat", f"openid-{number}", owner.key)
            crm.consents.write(owner.key, MARKETING, "wechat", True)

    shop.do(follow)
    shop.time_is("2026-12-24 10:00")
    shop.tick()
    rows = shop.ask(lambda crm: {step.outbox_id for owner in (1, 2, 3) for step in crm.steps.of_owner(owner)})
    assert len(rows) == 1
    assert shop.ask(lambda crm: len(crm.mass_members.of_row(rows.pop() or 0))) == 3


def test_a_coupon_is_claimed_by_its_button(shop: Shop) -> None:
    ruled(shop, CHRISTMAS + 'offer = "wash"\ngoal = "coupon"')
    shop.time_is("2026-12-24 09:00")
    li = drives(shop, "李明")
    shop.tick()
    assert "洗车券：立减 40 元，有效期到 1 月 23 日（周六）。" in li.was_told()
    assert li.choices == ["领取洗车券"]
    assert "券码" in li.taps("领取洗车券")


def test_a_campaigns_budget_is_a_limit_and_who_comes_after_is_told_why(shop: Shop) -> None:
    ruled(shop, CHRISTMAS + 'offer = "wash"\nbudget = 65')
    for n in range(4):
        drives(shop, f"车主{n}", f"粤B1234{n}")
    shop.time_is("2026-12-24 10:00")
    items = [item for item in shop.tick() if item.journey == "campaign:christmas"]
    assert [item.decision for item in items] == ["send", "send", "skip", "skip"]
    assert {item.reason for item in items[2:]} == {"the campaign's budget is used up"}
    assert shop.ask(lambda crm: crm.campaign_budgets.spent("campaign:christmas")) == 6_000
    assert shop.ask(lambda crm: [len(crm.coupons.of_owner(owner)) for owner in range(1, 5)]) == [1, 1, 0, 0]
    assert "活动 christmas 的预算已用完" in shop.cards("budget_used_up")[0].text


def test_where_the_offers_month_is_used_up_nothing_is_promised(shop: Shop) -> None:
    ruled(shop, CHRISTMAS.replace("cost = 30", "cost = 30\nbudget = 30") + 'offer = "wash"\nbudget = 65')
    for n in range(3):
        drives(shop, f"车主{n}", f"粤B1234{n}")
    shop.time_is("2026-12-24 10:00")
    items = [item for item in shop.tick() if item.journey == "campaign:christmas"]
    assert [item.decision for item in items] == ["send", "skip", "skip"]
    assert items[1].reason == "the offer's budget of the month is used up"
    assert shop.ask(lambda crm: crm.campaign_budgets.spent("campaign:christmas")) == 3_000
