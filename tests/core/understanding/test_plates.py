"""Licence plates: legal ones in any spelling, and those that are offered back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import normalise_plate, plate_kind, understand
from core.understanding.plates import PROVINCES

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("粤B12345", "粤B12345"),
        ("粤b12345", "粤B12345"),
        ("粤Ｂ１２３４５", "粤B12345"),
        ("粤B·12345", "粤B12345"),
        ("粤 B 1 2 3 4 5", "粤B12345"),
        ("粤B，12345", "粤B12345"),
        ("粤B-123-45", "粤B12345"),
        ("粤B一二三四五", "粤B12345"),
        ("粤B幺二三四五", "粤B12345"),
        ("粤B五个8", "粤B88888"),
        ("滬AF1234", "沪AF1234"),
        ("粤BD12345", "粤BD12345"),
        ("皖AD 12345", "皖AD12345"),
        ("粤B12345D", "粤B12345D"),
        ("粤B1234学", "粤B1234学"),
        ("川A1234警", "川A1234警"),
        ("粤Z1234港", "粤Z1234港"),
        ("我的车牌是京A88888，谢谢", "京A88888"),
        ("粤B123453点过去", "粤B12345"),
        ("粤B12345一共多少钱", "粤B12345"),
        ("粤B12345 13812345678", "粤B12345"),
        ("不是粤B12345，是粤B12346", "粤B12346"),
        ("粤BD12345不对是粤BD12346", "粤BD12346"),
        ("粤B12345，哦说错了，粤B67890", "粤B67890"),
        ("粤B12345 sorry I mean 粤B67890", "粤B67890"),
        ("粤B12345和粤B67890都要保养", "粤B12345"),
    ],
)
def test_a_plate_is_read_in_its_one_spelling(text: str, plate: str) -> None:
    answer = understand(text, NOW)
    assert (answer.slots["plate"], answer.asks_back) == (plate, False)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("月B12345", "粤B12345"),
        ("越B12345", "粤B12345"),
        ("湖A12345", "沪A12345"),
        ("归A12345", "桂A12345"),
        ("广东B12345", "粤B12345"),
        ("粤BO1234", "粤B01234"),
        ("粤B1234I", "粤B12341"),
        ("粤BD1234O", "粤BD12340"),
        ("粤B1234", None),
        ("粤B123456", None),
    ],
)
def test_a_doubtful_plate_is_offered_back_and_never_filled(text: str, suggestion: str | None) -> None:
    answer = understand(text, NOW)
    assert (answer.asks_back, answer.doubts, answer.suggestion) == (True, ("plate_doubtful",), suggestion)
    assert "plate" not in answer.slots


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_known(province: str) -> None:
    assert normalise_plate(f"{province}a·12345") == f"{province}A12345"


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("粤B12345", "ice"),
        ("粤BD12345", "nev"),
        ("粤B12345K", "nev"),
        ("粤B1234挂", "other"),
        ("粤Z1234澳", "other"),
        ("使014578", "other"),
        ("粤B1234O", None),
        ("粤B123456", None),
        ("B12345", None),
    ],
)
def test_the_kind_follows_length_and_letters(plate: str, kind: str | None) -> None:
    assert plate_kind(plate) == kind


@pytest.mark.parametrize("text", ["", "明天", "粤B1234I", "粤B12345吧"])
def test_only_a_whole_legal_plate_is_normalised(text: str) -> None:
    assert normalise_plate(text) is None
