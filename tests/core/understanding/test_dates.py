"""Days as owners say them, on Monday 23 November 2026 at 10:00 unless another moment is named."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import Understood, festivals, understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = "2026-11-23T10:00"


def said(text: str, at: str = MONDAY) -> Understood:
    return understand(text, datetime.fromisoformat(at).replace(tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", "2026-11-23"),
        ("明天", "2026-11-24"),
        ("明儿", "2026-11-24"),
        ("听日", "2026-11-24"),
        ("聽日", "2026-11-24"),
        ("后天", "2026-11-25"),
        ("後天", "2026-11-25"),
        ("大后天", "2026-11-26"),
        ("周一", "2026-11-23"),
        ("周三", "2026-11-25"),
        ("礼拜三", "2026-11-25"),
        ("星期天", "2026-11-29"),
        ("周1", "2026-11-23"),
        ("这周三", "2026-11-25"),
        ("本周日", "2026-11-29"),
        ("下周一", "2026-11-30"),
        ("下周三", "2026-12-02"),
        ("下个星期三", "2026-12-02"),
        ("下下周一", "2026-12-07"),
        ("12月1号", "2026-12-01"),
        ("十二月一日", "2026-12-01"),
        ("12/5", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
        ("2026年12月5日", "2026-12-05"),
        ("明年1月5号", "2027-01-05"),
        ("1月5号", "2027-01-05"),
        ("28号", "2026-11-28"),
        ("廿八号", "2026-11-28"),
        ("5号", "2026-12-05"),
        ("下个月5号", "2026-12-05"),
        ("三天后", "2026-11-26"),
        ("一周后", "2026-11-30"),
        ("元旦", "2027-01-01"),
        ("元旦前一天", "2026-12-31"),
        ("圣诞节", "2026-12-25"),
        ("tomorrow", "2026-11-24"),
        ("next Wednesday", "2026-12-02"),
        ("Friday", "2026-11-27"),
        ("December 5th", "2026-12-05"),
        ("11月24日（周二）", "2026-11-24"),
    ],
)
def test_a_day_is_found(text: str, day: str) -> None:
    assert dict(said(text).slots) == {"date": day}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("这周末", "2026-11-28", "2026-11-29"),
        ("下周末", "2026-12-05", "2026-12-06"),
        ("12月1号到3号", "2026-12-01", "2026-12-03"),
        ("12月30号到1月2号", "2026-12-30", "2027-01-02"),
        ("明后天", "2026-11-24", "2026-11-25"),
        ("今明两天", "2026-11-23", "2026-11-24"),
        ("周六周日", "2026-11-28", "2026-11-29"),
        ("周六日", "2026-11-28", "2026-11-29"),
        ("周三到周五", "2026-11-25", "2026-11-27"),
        ("周五到下周一", "2026-11-27", "2026-11-30"),
        ("明天或者后天", "2026-11-24", "2026-11-25"),
        ("下周三四", "2026-12-02", "2026-12-03"),
        ("28、29号", "2026-11-28", "2026-11-29"),
        ("下周", "2026-11-30", "2026-12-06"),
        ("this weekend", "2026-11-28", "2026-11-29"),
    ],
)
def test_a_span_has_two_ends(text: str, first: str, last: str) -> None:
    assert dict(said(text).slots) == {"date": first, "date_to": last}


@pytest.mark.parametrize("text", ["周五前", "周五之前", "by Friday", "before Friday"])
def test_a_deadline_is_only_an_end(text: str) -> None:
    assert dict(said(text).slots) == {"date_to": "2026-11-27"}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("过两天", "time_vague"),
        ("过几天", "time_vague"),
        ("国庆后", "time_vague"),
        ("周五以后", "time_vague"),
        ("月底", "time_vague"),
        ("下个月", "time_vague"),
        ("改天", "time_vague"),
        ("年后", "time_vague"),
        ("end of the month", "time_vague"),
        ("昨天", "time_past"),
        ("上周三", "time_past"),
        ("本月20号", "time_past"),
        ("11月20号", "time_past"),
        ("10月8日", "time_past"),
        ("今天上午九点", "time_past"),
        ("2月30号", "date_impossible"),
        ("13月1号", "date_impossible"),
        ("11月31号", "date_impossible"),
        ("11月25日周四", "date_impossible"),
        ("下午25点", "time_impossible"),
    ],
)
def test_what_must_not_be_guessed_is_asked_back(text: str, doubt: str) -> None:
    answer = said(text)
    assert (answer.asks_back, answer.doubts, dict(answer.slots)) == (True, (doubt,), {})


def test_a_bare_weekday_that_is_past_means_the_coming_one() -> None:
    assert said("周三", "2026-11-27T10:00").slots == {"date": "2026-12-02"}
    assert said("这周三做保养", "2026-11-27T10:00").asks_back


def test_a_bare_weekday_whose_hour_is_gone_means_next_week() -> None:
    assert said("周一上午九点").slots == {"date": "2026-11-30", "time": "09:00"}


def test_an_hour_of_today_that_is_gone_is_refused_with_its_day() -> None:
    late = "2026-11-23T16:00"
    assert said("今天下午三点做保养", late).slots == {"service": "maintenance"}
    assert said("今天下午五点做保养", late).slots == {
        "date": "2026-11-23",
        "time": "17:00",
        "service": "maintenance",
    }


def test_a_day_that_is_only_told_is_not_asked_back() -> None:
    complaint = said("昨天做的保养今天就漏油")
    assert (complaint.intent, complaint.asks_back, complaint.slots) == ("complaint", False, {"service": "maintenance"})


def test_a_leap_day_exists_only_in_leap_years() -> None:
    assert said("2月29号", "2028-01-10T10:00").slots == {"date": "2028-02-29"}
    assert said("2月29号", "2027-01-10T10:00").doubts == ("date_impossible",)


@pytest.mark.parametrize(
    ("name", "today", "day"),
    [
        ("春节", date(2026, 11, 23), date(2027, 2, 6)),
        ("除夕", date(2026, 11, 23), date(2027, 2, 5)),
        ("大年初三", date(2026, 11, 23), date(2027, 2, 8)),
        ("端午节", date(2027, 1, 1), date(2027, 6, 9)),
        ("中秋", date(2027, 10, 1), date(2028, 10, 3)),
        ("春节", date(2028, 3, 1), None),
    ],
)
def test_festivals_come_from_the_table(name: str, today: date, day: date | None) -> None:
    assert festivals.coming(name, today) == day


@pytest.mark.parametrize(
    ("text", "asks_back", "slots"),
    [
        ("国庆后保养", True, {"service": "maintenance"}),
        ("周五后保养", True, {"service": "maintenance"}),
        ("周五前保养", False, {"date_to": "2026-11-27", "service": "maintenance"}),
        ("周五前保险杠补漆", False, {"date": "2026-11-27", "service": "bodywork"}),
    ],
)
def test_after_a_day_is_asked_back_though_the_work_begins_with_the_same_character(
    text: str, asks_back: bool, slots: dict[str, str]
) -> None:
    answer = said(text, "2026-11-23T10:00")
    assert (answer.asks_back, dict(answer.slots)) == (asks_back, slots)
