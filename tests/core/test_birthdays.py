"""Birthdays as a table: which day, until when, and as people write them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.birthdays import NO_YEAR, birthday_in, born_on, may_change, next_birthday, open_birthday, read_birthday
from core.offers import BIRTHDAY_GENERAL, BIRTHDAY_NEV

TODAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("year", "day"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29)), (2100, date(2100, 2, 28))]
)
def test_a_leap_day_is_the_28th_in_common_years(year: int, day: date) -> None:
    assert birthday_in(year, date(1992, 2, 29)) == day


@pytest.mark.parametrize(
    ("today", "celebrates"),
    [(date(2027, 2, 28), True), (date(2028, 2, 28), False), (date(2028, 2, 29), True), (date(2027, 3, 1), False)],
)
def test_who_was_born_on_a_leap_day_is_found_on_one_day_of_each_year(today: date, celebrates: bool) -> None:
    assert (date(1992, 2, 29) in born_on(today)) is celebrates


def test_a_birthday_without_its_year_is_found_too() -> None:
    assert {date(NO_YEAR, 11, 23), date(1990, 11, 23), TODAY} <= set(born_on(TODAY))


@pytest.mark.parametrize(
    ("birthday", "today", "day"),
    [
        (date(1990, 11, 23), TODAY, TODAY),
        (date(1990, 11, 16), TODAY, date(2026, 11, 16)),
        (date(1990, 11, 15), TODAY, None),
        (date(1990, 11, 24), TODAY, None),
        (date(1990, 12, 29), date(2027, 1, 3), date(2026, 12, 29)),
    ],
)
def test_when_the_coupon_can_be_claimed(birthday: date, today: date, day: date | None) -> None:
    assert open_birthday(birthday, today, BIRTHDAY_NEV) == day


def test_a_fuel_shops_coupon_is_open_to_the_end_of_the_month() -> None:
    assert open_birthday(date(1990, 11, 2), date(2026, 11, 30), BIRTHDAY_GENERAL) == date(2026, 11, 2)
    assert open_birthday(date(1990, 11, 2), date(2026, 12, 1), BIRTHDAY_GENERAL) is None
    assert replace(BIRTHDAY_GENERAL, days=3).days == 3


def test_the_next_one_may_be_today() -> None:
    assert next_birthday(date(1990, 11, 23), TODAY) == TODAY
    assert next_birthday(date(1990, 11, 22), TODAY) == date(2027, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5月20日", date(NO_YEAR, 5, 20)),
        ("我的生日是5月20号", date(NO_YEAR, 5, 20)),
        ("5.20", date(NO_YEAR, 5, 20)),
        ("05-20", date(NO_YEAR, 5, 20)),
        ("1990年5月20日", date(1990, 5, 20)),
        ("1990-05-20", date(1990, 5, 20)),
        ("１９９０/５/２０", date(1990, 5, 20)),
        ("19900520", date(1990, 5, 20)),
        ("五月二十", date(NO_YEAR, 5, 20)),
        ("十二月三十一号", date(NO_YEAR, 12, 31)),
        ("十月廿三", date(NO_YEAR, 10, 23)),
        ("2月29日", date(NO_YEAR, 2, 29)),
        ("13月40日", None),
        ("2月30日", None),
        ("1991-02-29", None),
        ("2027-01-01", None),
        ("13812345678", None),
        ("不记得", None),
    ],
)
def test_as_people_write_it(text: str, day: date | None) -> None:
    assert read_birthday(text, TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1990年5月3日", date(1990, 5, 3)),
        ("1990-05-03", date(1990, 5, 3)),
        ("1990.5.3", date(1990, 5, 3)),
        ("19900503", date(1990, 5, 3)),
        ("5月3号", date(NO_YEAR, 5, 3)),
        ("五月三号", date(NO_YEAR, 5, 3)),
        ("十二月二十五日", date(NO_YEAR, 12, 25)),
        ("2月29日", date(NO_YEAR, 2, 29)),
        ("3 May 1990", date(1990, 5, 3)),
        ("3rd of May", date(NO_YEAR, 5, 3)),
        ("May 3, 1990", date(1990, 5, 3)),
        ("2030年1月1日", None),
        ("90年5月3日", date(1990, 5, 3)),
        ("05年5月3日", date(2005, 5, 3)),
        ("1850年1月1日", None),
        ("13月40日", None),
        ("2023年2月29日", None),
        ("不告诉你", None),
    ],
)
def test_a_birthday_is_a_day_that_has_been(said: str, day: date | None) -> None:
    assert read_birthday(said, TODAY) == day


def test_another_birthday_only_a_year_later() -> None:
    told = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert may_change(None, told, SHANGHAI)
    assert not may_change(told, datetime(2027, 11, 22, 15, 59, tzinfo=UTC), SHANGHAI)
    assert may_change(told, datetime(2027, 11, 22, 16, 0, tzinfo=UTC), SHANGHAI)
