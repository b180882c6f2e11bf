"""为什么: what an owner got and did not get, told to whoever may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.messages import Bubble, Rank
from core.policy_file import read_policy
from journeys.notices import recall
from journeys.step import Happening, hold_out, send, skip
from storage.consents import MARKETING
from storage.crm import Crm
from storage.vehicles import Vehicle
from storage.why import why
from tests.chat import Shop
from tests.gifts import Desk

DAY = timedelta(days=1)


def li_ming(shop: Shop, consent: bool = True) -> None:
    def record(crm: Crm) -> None:
        owner, car = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345")
        crm.vehicles.connect(owner.key, car.key)
        crm.identities.give_to_owner("telegram", "1001", owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "*", True)

    shop.do(record)


def decides(shop: Shop, journey: str, rank: Rank = Rank.MARKETING, number: int = 1) -> None:
    what = Happening(journey, "s", f"{number}", 1)
    shop.do(lambda crm: send(crm, what, Bubble("您好"), rank, DAY))


def told(shop: Shop, journey: str = "") -> dict[str, Any]:
    return shop.ask(lambda crm: why(crm, crm.owners.get(1), journey))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no consent to marketing", "没有同意接收营销消息"),
        ("an open complaint of the household", "家里有投诉没处理完"),
        ("an open recall of their car", "爱车有召回还没处理"),
        ("cap", "30 天内的营销消息已够数"),
    ],
)
def test_why_did_mr_li_get_nothing(shop: Shop, reason: str, words: str) -> None:
    li_ming(shop, consent=reason != "no consent to marketing")
    if reason == "cap":
        decides(shop, "birthday")
        decides(shop, "nurture")
    elif reason == "an open recall of their car":
        shop.do(lambda crm: len(recall(crm, "R1", "更换软管", crm.vehicles.get(1))))
    elif reason.startswith("an open"):
        shop.do(lambda crm: crm.tickets.open(1, 1).key)
    decides(shop, "festival")
    assert words in Desk(shop, "王工").says("为什么 粤B12345")
    newest = told(shop)["steps"][0]
    assert (newest["decision"], newest["reason"]) == ("skip", reason)


def test_what_became_of_the_message_is_told_with_the_platforms_words(shop: Shop) -> None:
    li_ming(shop)
    decides(shop, "birthday")
    assert "生日 s · 发送 · Telegram 等待发出" in Desk(shop, "王工").says("为什么 1？")
    shop.do(lambda crm: crm.outbox.give_up(1, "failed", "403 Forbidden: bot was blocked by the user"))
    assert "Telegram 没发成" in Desk(shop, "李工").says("why 1")
    assert told(shop)["steps"][0]["messages"][0]["reason"] == "403 Forbidden: bot was blocked by the user"


def test_who_was_held_out_or_too_late_is_told_so(shop: Shop) -> None:
    li_ming(shop)
    shop.do(lambda crm: hold_out(crm, Happening("win_back", "m3", "1", 1)))
    shop.do(lambda crm: skip(crm, Happening("birthday", "greeting", "1:2026", 1), "the day is over"))
    answer = Desk(shop, "王工").says("为什么 粤B12345")
    assert "流失召回 m3 · 对照组" in answer
    assert "生日 greeting · 不发 · 当天已过" in answer


def test_what_is_not_due_yet_is_told_with_its_day(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-10-01", due="2026-12-20", account="li-account")
    found = {one["journey"]: (one["reason"], one["due"]) for one in told(shop)["not_yet"]}
    assert found["maintenance_due"] == ("not due", "2026-12-13")
    assert found["win_back"] == ("not due", "2027-01-01")
    assert found["birthday"] == ("nothing to count from: birthday", None)
    assert told(shop)["marketing"] == "no consent to marketing"


def test_one_journey_alone(shop: Shop) -> None:
    li_ming(shop)
    decides(shop, "birthday")
    decides(shop, "nurture")
    assert [step["journey"] for step in told(shop, "nurture")["steps"]] == ["nurture"]
    assert told(shop, "nurture")["not_yet"] == []


def test_the_look_is_kept_and_another_store_sees_nothing(two_stores: Shop) -> None:
    li_ming(two_stores)
    assert "别的门店" not in Desk(two_stores, "王工").says("为什么 粤B12345")
    assert two_stores.verbs().count("owner.revealed") == 1
    assert Desk(two_stores, "赵工", store=2).says("为什么 粤B12345") == "这位车主不属于您的门店。"
    assert Desk(two_stores, "技师", role="technician").says("为什么 粤B12345") == "这位车主不属于您的门店。"
    assert two_stores.verbs().count("owner.revealed") == 1


def test_nobody_and_nothing_are_answered_kindly(shop: Shop) -> None:
    desk = Desk(shop, "王工")
    assert desk.says("为什么") == "写法：为什么 粤B12345（车牌、手机或编号）"
    assert desk.says("为什么 粤B99999") == "没有找到 粤B99999"


def test_an_owner_who_asks_why_talks_to_the_bot(shop: Shop) -> None:
    assert "没有找到" not in shop.stranger().says("为什么 粤B12345")


def test_of_the_shops_own_it_tells_who_does_not_belong_to_it(shop: Shop) -> None:
    text = """
[journeys.winter_check]
anchor = "birthday"
steps = [{ name = "d0", text = "冬检" }]
[campaigns.spring]
on_day = 2027-03-01
text = "春检"
[campaigns.vip]
on_day = 2027-03-01
text = "春检"
audience = { tags = ["VIP"] }
"""
    shop.owner("李明", plate="粤B12345", account="li-account")
    shop.database.shop = replace(shop.database.shop, policy=read_policy(text))
    found = {one["journey"]: (one["reason"], one["due"]) for one in told(shop)["not_yet"]}
    assert found["campaign:spring"] == ("not due", "2027-03-01")
    assert found["campaign:vip"] == ("not in its audience", None)
    assert found["winter_check"] == ("not in its audience", None)  # nobody knows the birthday
    shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(1), date(1990, 11, 24)))
    assert told(shop, "winter_check")["not_yet"][0]["due"] == "2026-11-24"


def test_an_advisor_reads_that_no_rule_fits_or_that_something_is_due(shop: Shop) -> None:
    li_ming(shop)
    assert told(shop, "recommendation")["not_yet"][0]["reason"] == "no rule fits"
    shop.do(lambda crm: crm.update(Vehicle, 1, {"mileage_km": 60_000}))
    assert told(shop, "recommendation")["not_yet"] == [
        {"journey": "recommendation", "reason": "not due", "due": "2026-11-23"}
    ]
