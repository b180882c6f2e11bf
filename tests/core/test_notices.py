"""What a notice gives to an approved shape."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.notices import GIVEN, notice

ZONE = ZoneInfo("Asia/Shanghai")


def test_days_and_moments_are_the_shops_and_what_is_not_known_is_left_out() -> None:
    at = datetime(2026, 12, 1, 7, tzinfo=UTC)
    given = notice("wait_list", ZONE, plate="", service="保养", store="南山店", starts_at=at, until=at)
    assert dict(given.fields) == {
        "service": "保养", "store": "南山店", "starts_at": "2026-12-01 15:00", "until": "2026-12-01 15:00",
    }  # fmt: skip
    assert dict(notice("inspection_due", ZONE, name="李明", plate=None, due_on=date(2026, 12, 31)).fields) == {
        "name": "李明",
        "due_on": "2026-12-31",
    }


def test_a_value_that_nobody_promised_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="complaint gives"):
        notice("complaint", ZONE, plate="粤B12345")


def test_the_docs_name_every_notice_with_what_it_gives() -> None:
    page = (Path(__file__).parents[2] / "docs/sending.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+) \|$", page, re.M))
    assert {name: tuple(re.findall(r"\w+", values)) for name, values in told.items()} == dict(GIVEN)
