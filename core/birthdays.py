"""Birthdays: on which day of a year one falls, when its coupon can be claimed, and how people write one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.offers import Offer, last_day
from core.understanding.numerals import number

NO_YEAR = 1904  # stands for a year that was not told; it has a 29 February
OLDEST = 1905
_SMALL = r"[一二三四五六七八九十廿\d]{1,3}"
_MONTHS = "january february march april may june july august september october november december".split()
_FORMS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(
        rf"(?<!\d)(?:(?P<year>\d{{4}}|\d\d(?=\s*年))\s*[年./-]\s*)?"
        rf"(?P<month>{_SMALL})\s*[月./-]\s*(?P<day>{_SMALL})(?!\d)"
    ),
    re.compile(r"\b(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?\b", re.I),
    re.compile(
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>[a-z]{3,9})\b\.?(?:,? (?P<year>(?:19|20)\d\d))?\b", re.I
    ),
)


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


def knows_year(birthday: date) -> bool:
    return birthday.year != NO_YEAR


def read_birthday(text: str, today: date) -> date | None:
    """The day that somebody wrote, before today: 1990-05-20, 19900520, 90年5月20日, 五月二十, 20 May 1990.

    Without its year it has NO_YEAR.
    """
    plain = unicodedata.normalize("NFKC", text).replace("號", "号")
    hits = (hit for form in _FORMS for hit in form.finditer(plain))
    days = (_date(_year(hit["year"], today), _month(hit["month"]), number(hit["day"]) or 0) for hit in hits)
    return next((day for day in days if day and (not knows_year(day) or date(OLDEST, 1, 1) <= day < today)), None)


def _year(said: str | None, today: date) -> int:
    """90 is 1990, 05 is 2005."""
    year = int(said or NO_YEAR)
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _month(said: str) -> int:
    """A number, or an English name of at least three letters; 0 when it is none."""
    if said.isascii() and said.isalpha():
        return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(said.lower())), 0)
    return number(said) or 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
