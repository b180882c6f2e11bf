"""What a sentence says about somebody's own record."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.particulars import correction, past_day, wish
from core.understanding import understand

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("手机换成13900001111", ("phone", "+8613900001111")),
        ("我的手机号改成13900001111了", ("phone", "+8613900001111")),
        ("名字写错了，我叫李明", ("name", "李明")),
        ("姓名改成李四", ("name", "李四")),
        ("生日是5月3号", ("birthday", "1904-05-03")),
        ("里程两万八", ("mileage_km", 28_000)),
        ("我的地址改成深圳市南山区科技园1号", ("address", "深圳市南山区科技园1号")),
        ("搬到福田区了，地址是福田区1号", ("address", "福田区1号")),
        ("车牌改成粤B88888", ("plate", "粤B88888")),
        ("你们的地址是哪里", None),
        ("地址在哪", None),
        ("13900001111", None),
        ("明天下午三点做保养", None),
        ("改到5月3号", None),
        ("粤B12345", None),
        ("生日礼券怎么领", None),
    ],
)
def test_a_sentence_that_puts_one_fact_right(said: str, found: tuple[str, Any] | None) -> None:
    assert correction(said, understand(said, NOW).slots, TODAY) == found


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我的资料", "my_data"),
        ("谁看过我的资料", "who_looked"),
        ("who looked at my data", "who_looked"),
        ("导出我的资料", "export_data"),
        ("撤回同意", "my_consents"),
        ("资料错了要改一下", "correct_data"),
    ],
)
def test_what_somebody_wants_with_their_data(said: str, meant: str) -> None:
    assert wish(said) == meant


def test_a_day_of_purchase_may_be_a_month() -> None:
    assert past_day("2023年3月", TODAY) == date(2023, 3, 1)
    assert past_day("2023-03-05", TODAY) == date(2023, 3, 5)
    assert past_day("2031年3月", TODAY) is None
