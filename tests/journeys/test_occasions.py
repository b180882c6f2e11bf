"""Days of the calendar: inspection and insurance due, a car's birthday, festivals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.policy import NEV
from core.policy_file import read_policy
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop

ALL_ON = "[journeys]\nrecommendation.on = false\n" + "".join(
    f"{name}.on = true\n" for name in ("anniversary", "festival", "insurance_due")
)


def bought(shop: Shop, day: str, *, consent: bool = True) -> Person:
    """Li Ming, who bought a car that day."""

    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        car = crm.vehicles.add("粤B12345", model="汉 EV", purchased_on=date.fromisoformat(day))
        crm.vehicles.connect(owner.key, car.key)
        crm.identities.give_to_owner("web", "li", owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "web", True)

    shop.do(record)
    return shop.stranger("li")


def switched_on(shop: Shop) -> None:
    shop.database.shop = replace(shop.database.shop, policy=read_policy(ALL_ON))


def decided(shop: Shop, journey: str) -> list[tuple[str, str]]:
    return [(item.step, item.decision) for item in shop.tick() if item.journey == journey]


@pytest.mark.parametrize("name", ["anniversary", "festival", "insurance_due"])
def test_what_would_take_from_the_cap_is_off_until_the_shop_wants_it(name: str) -> None:
    assert not NEV.journey(name).on
    assert NEV.journey("inspection_due").on


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-30", []),
        ("2026-12-01", [("d30", "send")]),  # the mark ends on 31 December
        ("2026-12-23", [("d30", "send")]),
        ("2026-12-24", [("d7", "send")]),
        ("2026-12-31", [("d7", "send")]),
        ("2027-01-01", []),
    ],
)
def test_an_inspection_is_told_a_month_and_a_week_before(
    shop: Shop, today: str, expected: list[tuple[str, str]]
) -> None:
    shop.time_is(f"{today} 10:00")
    bought(shop, "2024-12-05", consent=False)
    assert decided(shop, "inspection_due") == expected
    assert decided(shop, "inspection_due") == []


def test_a_worker_that_was_away_tells_what_came_too_late(shop: Shop) -> None:
    bought(shop, "2024-12-05")
    assert decided(shop, "inspection_due") == []
    shop.time_is("2026-12-26 10:00")
    assert decided(shop, "inspection_due") == [("d30", "skip"), ("d7", "send")]


@pytest.mark.parametrize(("day", "words"), [("2024-12-05", "这次不用上线"), ("2020-12-05", "这次要开到检测站")])
def test_the_inspection_is_booked_by_its_button(shop: Shop, day: str, words: str) -> None:
    switched_on(shop)
    li = bought(shop, day)
    shop.time_is("2026-12-01 10:00")
    shop.tick()
    told = li.was_told()
    assert "粤B12345 的年检 12 月 31 日（周四）到期" in told
    assert words in told
    li.taps("预约检查")
    li.says("明天下午三点")
    assert "粤B12345 检查" in li.says("跳过")
    li.says("确认")
    shop.time_is("2026-12-01 20:00")
    assert decided(shop, "inspection_due") == []


def test_a_car_that_is_expected_is_not_reminded_of_its_inspection(shop: Shop) -> None:
    li = bought(shop, "2024-12-05")
    li.says("12月28日下午三点做保养")
    li.says("跳过")
    li.says("确认")
    shop.time_is("2026-12-24 10:00")
    assert decided(shop, "inspection_due") == []


def test_the_insurance_is_the_advisors_to_explain(shop: Shop) -> None:
    switched_on(shop)
    li = bought(shop, "2025-12-23")
    assert decided(shop, "insurance_due") == [("d30", "send")]
    assert "粤B12345 的车险大约 12 月 23 日（周三）到期" in li.was_told()
    li.taps("请顾问算一下")
    assert len(shop.cards("hand_over")) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-11-23", ["今天满 1 岁了"]),
        ("2020-11-23", ["今天满 6 岁了"]),
        ("2026-11-23", []),
        ("2020-11-22", []),
        ("2020-11-24", []),
    ],
)
def test_each_full_year_of_a_car_is_a_birthday(shop: Shop, day: str, expected: list[str]) -> None:
    switched_on(shop)
    li = bought(shop, day)
    assert decided(shop, "anniversary") == [("greeting", "send")] * len(expected)
    assert all(words in li.was_told() for words in expected)


def test_a_car_of_29_february_is_a_year_older_on_the_28th(shop: Shop) -> None:
    switched_on(shop)
    bought(shop, "2024-02-29")
    shop.tick()
    shop.time_is("2027-02-27 10:00")
    assert decided(shop, "anniversary") == []
    shop.time_is("2027-02-28 10:00")
    assert decided(shop, "anniversary") == [("greeting", "send")]


def test_a_festival_is_greeted_once_with_the_same_words_for_all(shop: Shop) -> None:
    switched_on(shop)
    li = bought(shop, "2026-11-01")
    shop.tick()
    shop.time_is("2027-02-04 10:00")
    assert decided(shop, "festival") == []
    shop.time_is("2027-02-05 10:00")
    assert decided(shop, "festival") == [("greeting", "send")]
    assert li.was_told().startswith("春节快乐！")
    assert li.bubbles[-1].shared
    shop.time_is("2027-02-06 10:00")
    assert decided(shop, "festival") == []


def test_who_did_not_allow_marketing_is_told_as_a_skip(shop: Shop) -> None:
    switched_on(shop)
    bought(shop, "2025-11-23", consent=False)
    assert decided(shop, "anniversary") == [("greeting", "skip")]
