"""Wishes that are easily taken for one another."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import Understood, understand

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def said(text: str) -> Understood:
    return understand(text, NOW)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我要约保养", "booking"),
        ("保养多少钱", "ask_price"),
        ("保养多久一次", "ask_other"),
        ("保养做好了吗", "ask_car_status"),
        ("保养券怎么领", "claim_coupon"),
        ("我的保养券呢", "my_coupons"),
        ("取消", "cancel"),
        ("取消预约", "cancel_appointment"),
        ("取消推送", "opt_out"),
        ("不想取消", "no"),
        ("别取消，改到周六", "reschedule"),
        ("不对，是周四", "answer"),
        ("改到周四", "reschedule"),
        ("我约的几点", "my_appointments"),
        ("我的车好了吗", "ask_car_status"),
        ("你们在哪", "ask_address"),
        ("几点关门", "ask_hours"),
        ("车卖了", "car_sold"),
        ("我想卖车", "unknown"),
        ("故障灯亮了", "warning_light"),
        ("大灯不亮了", "booking"),
        ("我要投诉", "complaint"),
        ("找你们经理", "human"),
        ("找你们经理投诉", "complaint"),
        ("删除我的资料", "erase_me"),
        ("我的资料", "my_data"),
        ("恢复推送", "opt_in"),
    ],
)
def test_the_nearest_wish_wins(text: str, intent: str) -> None:
    assert said(text).intent == intent


@pytest.mark.parametrize("word", ["TD", "td", "T", "N", "R", "退订", "STOP", "Unsubscribe", "ＴＤ", "td。"])
def test_every_opt_out_word_of_the_carriers(word: str) -> None:
    assert said(word).intent == "opt_out"


@pytest.mark.parametrize("text", ["", " ", "？", "…", "😀", "\n", "\x00", "　", "🤷‍♂️🤷‍♂️"])
def test_nothing_said_is_unknown(text: str) -> None:
    assert said(text) == Understood("unknown", {})


def test_a_correction_says_so() -> None:
    assert said("不对，是周四").corrects
    assert said("改成周四").corrects
    assert not said("周四").corrects


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("把周三的预约改到周五下午两点", {"date": "2026-11-27", "time": "14:00"}),
        ("周三来不了，周五行吗", {"date": "2026-11-27"}),
        ("三点的改到四点半", {"time": "16:30"}),
        ("周三的预约改个时间", {}),
    ],
)
def test_of_two_days_the_new_one_counts(text: str, slots: dict[str, str]) -> None:
    answer = said(text)
    assert (answer.intent, answer.slots) == ("reschedule", slots)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("打蜡", "wash"),
        ("打个蜡", "wash"),
        ("换刹车片", "brakes"),
        ("空调不凉", "air_conditioning"),
        ("補胎", "tyres"),
        ("车跑偏", "alignment"),
        ("打不着火", "battery"),
        ("年审", "inspection"),
        ("补个漆", "bodywork"),
        ("首保", "maintenance"),
        ("延保", "warranty"),
        ("其他", "other"),
        ("先换机油再洗车", "maintenance"),
        ("不做保养，就洗个车", "wash"),
        ("洗车就不用了，做个保养", "maintenance"),
        ("上次做了保养，这次换轮胎", "tyres"),
        ("检查一下刹车", "brakes"),
        ("保养改成洗车", "wash"),
        ("a/c is broken", "air_conditioning"),
    ],
)
def test_the_service_that_is_asked_for(text: str, service: str) -> None:
    assert said(text).slots["service"] == service


def test_the_lamp_of_a_part_is_not_the_service() -> None:
    assert said("刹车灯亮了").slots == {}


def test_a_long_message_costs_no_more_than_a_short_one() -> None:
    assert said("明天下午三点粤B12345做保养，" + "啊" * 1_000_000).slots["plate"] == "粤B12345"
