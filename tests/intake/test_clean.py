"""A cell as somebody typed it becomes the value in its one spelling, or is refused with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from intake.clean import clean

TODAY = date(2026, 11, 23)
FINDERS = {"store": {"深圳南山店": 1}.get, "advisor": {"王工": 7}.get}


@pytest.mark.parametrize(
    ("field", "raw", "value", "state"),
    [
        ("phone", "13800138000", "+8613800138000", "ok"),
        ("phone", "+8613800138000", "+8613800138000", "ok"),
        ("phone", 13800138000, "+8613800138000", "ok"),
        ("phone", 13800138000.0, "+8613800138000", "ok"),
        ("phone", "138-0013-8000", "+8613800138000", "fixed"),
        ("phone", "１３８００１３８０００", "+8613800138000", "fixed"),
        ("phone", "0755-12345678 / 13800138000、13911112222", "+8613800138000", "fixed"),
        ("plate", "粤B12345", "粤B12345", "ok"),
        ("plate", "粤b·12345", "粤B12345", "fixed"),
        ("plate", "粤BD12345", "粤BD12345", "ok"),
        ("vin", "lsvaa49j132047371", "LSVAA49J132047371", "fixed"),
        ("vin", "LSVAA49J032047371", "LSVAA49J032047371", "ok"),
        ("birthday", "1990-02-03", date(1990, 2, 3), "ok"),
        ("birthday", datetime.fromisoformat("1990-02-03"), date(1990, 2, 3), "ok"),
        ("birthday", "1990年2月3日", date(1990, 2, 3), "fixed"),
        ("birthday", "1990/2/3 00:00", date(1990, 2, 3), "fixed"),
        ("birthday", "19900203", date(1990, 2, 3), "fixed"),
        ("birthday", 32907, date(1990, 2, 3), "fixed"),
        ("mileage_km", "30000", 30000, "ok"),
        ("mileage_km", 30000, 30000, "ok"),
        ("mileage_km", "3.2万公里", 32000, "fixed"),
        ("mileage_km", "32,000 km", 32000, "fixed"),
        ("amount", "580.5", 58050, "ok"),
        ("amount", 580.5, 58050, "ok"),
        ("amount", "¥1,280.00", 128000, "fixed"),
        ("powertrain", "纯电", "bev", "ok"),
        ("powertrain", "增程", "phev", "ok"),
        ("store", "深圳南山店", 1, "ok"),
        ("advisor", "王工", 7, "ok"),
        ("name", " 李明 ", "李明", "ok"),
        ("telegram_id", "55512345", "55512345", "ok"),
        ("items", "保养", "保养", "ok"),
    ],
)
def test_what_can_be_used(field: str, raw: Any, value: Any, state: str) -> None:
    cell = clean(field, [raw], TODAY, FINDERS)
    assert (cell.value, cell.state) == (value, state), cell.reason


@pytest.mark.parametrize("raw", ["", None, "  ", "无", "未上牌", "N/A", "-"])
def test_what_says_nothing_is_missing(raw: Any) -> None:
    assert clean("plate", [raw], TODAY, FINDERS).state == "missing"


@pytest.mark.parametrize(
    ("field", "raw", "reason"),
    [
        ("phone", "1.38E+10", "rounded"),
        ("phone", "1380013800", "11 digits"),
        ("phone", "0755-12345678", "11 digits"),
        ("plate", "粤BO1234", "O or I"),
        ("plate", "粤B1I345", "O or I"),
        ("plate", "hello", "not a licence plate"),
        ("vin", "LSVAA49J13204737", "17"),
        ("vin", "ISVAA49J132047371", "17"),
        ("birthday", "2026-02-30", "calendar"),
        ("birthday", "2027-01-01", "to come"),
        ("birthday", "1850-01-01", "long ago"),
        ("birthday", "03/02/90", "year, month and day"),
        ("mileage_km", "-5", "kilometres"),
        ("mileage_km", "99999999", "more kilometres"),
        ("amount", "-5", "negative"),
        ("amount", "free", "not an amount"),
        ("amount", "NaN", "amount"),
        ("amount", "1e99", "amount"),
        ("powertrain", "steam", "bev"),
        ("store", "北京店", "no such store"),
        ("advisor", "nobody", "no such advisor"),
        ("name", "x" * 65, "64"),
        ("telegram_id", "@liming", "number"),
        ("wechat_openid", "李明", "openid"),
    ],
)
def test_what_is_refused_and_why(field: str, raw: Any, reason: str) -> None:
    cell = clean(field, [raw], TODAY, FINDERS)
    assert cell.state == "invalid"
    assert reason in cell.reason
    assert cell.raw


def test_of_two_columns_the_first_that_can_be_used_counts() -> None:
    assert clean("phone", ["0755-12345678", "13800138000"], TODAY, FINDERS).value == "+8613800138000"
    assert clean("phone", ["", "13800138000"], TODAY, FINDERS).state == "ok"
    assert clean("phone", ["", "123"], TODAY, FINDERS).state == "invalid"
