"""Birthdays: on which day of a year one falls, when its coupon can be claimed, and how people write one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.offers import Offer, last_day

NO_YEAR = 1904  # stands for a year that was not told; it has a 29 February
OLDEST = 1905
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*[年./-]\s*)?(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)"
)
_PACKED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile(r"(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十廿]{1,3})")


def birthday_in(year: int, birthday: date) -> date:
    """The day of that year; 29 February is the 28th in common years."""
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def born_on(today: date) -> list[date]:
    """Every date of birth that is celebrated on that day: a list to look for by an index."""
    days = {(today.month, today.day)}
    if (today.month, today.day) == (2, 28) and birthday_in(today.year, date(NO_YEAR, 2, 29)) == today:
        days.add((2, 29))
    return [born for year in range(NO_YEAR, today.year + 1) for month, day in days if (born := _date(year, month, day))]


def open_birthday(birthday: date, today: date, offer: Offer) -> date | None:
    """The birthday whose coupon can be claimed today: from the day itself to the coupon's last day."""
    days = (birthday_in(year, birthday) for year in (today.year, today.year - 1))
    return next((day for day in days if day <= today <= last_day(offer, day)), None)


def next_birthday(birthday: date, today: date) -> date:
    """The coming one; today counts."""
    day = birthday_in(today.year, birthday)
    return day if day >= today else birthday_in(today.year + 1, birthday)


def may_change(set_at: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who told us at `set_at` may say another day: once a year, so that nobody has two."""
    if set_at is None:
        return True
    told = set_at.astimezone(zone).date()
    return now.astimezone(zone).date() >= birthday_in(told.year + 1, told)


def read_birthday(text: str, today: date) -> date | None:
    """The day that somebody wrote: 1990-05-20, 19900520, 5月20日, 五月二十; without its year it has NO_YEAR."""
    plain = unicodedata.normalize("NFKC", text).replace("號", "号")
    found = _PACKED.search(plain) or _DAY.search(plain)
    if found:
        year = int(found["year"] or NO_YEAR)
        born = _date(year, int(found["month"]), int(found["day"]))
    elif found := _CHINESE.search(plain):
        born = _date(NO_YEAR, _number(found["month"]), _number(found["day"]))
    else:
        return None
    return born if born and (born.year == NO_YEAR or date(OLDEST, 1, 1) <= born <= today - timedelta(days=1)) else None


def _number(chinese: str) -> int:
    """一 to 三十一; 0 when it is no number."""
    tens, ten, ones = chinese.replace("廿", "二十").rpartition("十")
    if not ten:
        return _DIGITS.find(ones) if len(ones) == 1 else 0
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
