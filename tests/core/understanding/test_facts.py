"""Phones, frame numbers, mileage, marks, names and stores."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import understand
from core.understanding.money import find as find_money
from core.understanding.numerals import number
from core.understanding.phones import normalise_phone
from core.understanding.vins import vin_is_plausible

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def slots(text: str) -> dict[str, str | int]:
    return dict(understand(text, NOW).slots)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "+86 138 1234 5678",
        "0086-138-1234-5678",
        "138-1234-5678",
        "电话是１３８１２３４５６７８",
        "幺三八幺二三四五六七八",
        "一三八一二三四五六七八",
    ],
)
def test_a_phone_in_any_spelling(text: str) -> None:
    assert slots(text)["phone"] == "+8613812345678"


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "138123456789", "0755-12345678", "订单20261123100000"])
def test_what_is_no_mobile_number(text: str) -> None:
    assert "phone" not in slots(text)
    assert normalise_phone(text) is None


def test_a_frame_number_is_kept_even_when_its_check_digit_is_wrong() -> None:
    assert slots("车架号 lsvau2a37n2183294")["vin"] == "LSVAU2A37N2183294"
    assert "vin" not in slots("LSVAU2A37N218329O")


@pytest.mark.parametrize(
    ("vin", "plausible"),
    [
        ("1M8GDM9AXKP042788", True),
        ("11111111111111111", True),
        ("1M8GDM9A0KP042788", False),
        ("1M8GDM9AXKP04278O", False),
        ("1M8GDM9AXKP04278", False),
    ],
)
def test_the_check_digit(vin: str, plausible: bool) -> None:
    assert vin_is_plausible(vin) is plausible


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("3万公里", 30000),
        ("两万八千公里", 28000),
        ("跑了两万八", 28000),
        ("2.8万公里", 28000),
        ("28000km", 28000),
        ("28,000公里", 28000),
        ("3w多公里", 30000),
        ("里程45678", 45678),
        ("开了快十万公里了", 100000),
        ("表显三千五百公里", 3500),
        ("两万零八百公里", 20800),
    ],
)
def test_the_mileage(text: str, km: int) -> None:
    assert slots(text)["mileage_km"] == km


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两万八", 28000),
        ("三千五", 3500),
        ("一百二", 120),
        ("十五", 15),
        ("二十一万", 210000),
        ("两万零八", 20008),
        ("10,500", 10500),
        ("好", None),
    ],
)
def test_numbers_as_they_are_said(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "yuan"), [("两百块", 200), ("￥580", 580), ("一千二元", 1200), ("打八折", None)])
def test_money_is_recognised_so_that_it_is_nothing_else(text: str, yuan: int | None) -> None:
    found = find_money(text.replace("￥", "¥"))
    assert found is not None
    assert found[2] == yuan
    assert slots(text) == {}


@pytest.mark.parametrize(
    ("text", "rating"),
    [("5分", 5), ("给五星", 5), ("三颗星", 3), ("⭐⭐⭐⭐", 4), ("满分", 5), ("4 stars", 4), ("评分2", 2)],
)
def test_a_mark_from_one_to_five(text: str, rating: int) -> None:
    answer = understand(text, NOW)
    assert (answer.intent, answer.slots) == ("rate_visit", {"rating": rating})


@pytest.mark.parametrize("text", ["给10分", "0分", "等了5分钟", "百分之五", "星期五"])
def test_what_is_no_mark(text: str) -> None:
    assert "rating" not in slots(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我姓李", "李"),
        ("免贵姓欧阳", "欧阳"),
        ("我叫李明", "李明"),
        ("我姓王，叫王强", "王强"),
        ("姓名：张伟", "张伟"),
        ("我是陈小红", "陈小红"),
        ("叫我老王就行", "老王"),
        ("my name is Li Ming", "Li Ming"),
    ],
)
def test_a_name_as_said(text: str, name: str) -> None:
    assert slots(text)["name"] == name


@pytest.mark.parametrize("text", ["我是来保养的", "我叫你们经理来", "我是车主", "我是明天的预约"])
def test_what_is_no_name(text: str) -> None:
    assert "name" not in slots(text)


def test_a_store_is_one_of_the_shops_own_or_any_that_is_called_so() -> None:
    assert slots("明天去南山店做保养")["store"] == "南山店"
    assert "store" not in slots("你们店在哪家店附近")
    known = understand("明天去科技园那边洗车", NOW, stores=["科技园", "福田"])
    assert known.slots["store"] == "科技园"
