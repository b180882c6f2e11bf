"""One English word or phrase for a day → what it means on the shop's calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.understanding import festivals
from core.understanding.days import (
    Day,
    Reader,
    coming_day,
    day_of,
    monday_of,
    nearest_year,
    past_or,
    vague,
    week_of,
    weekend_of,
)
from core.understanding.late import Late

_ENGLISH_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_GRAMMAR = Late(
    rf"(?P<en_after>\bday after tomorrow\b)|(?P<en_rel>\btoday\b|\btonight\b|\btomorrow\b|\btmrw?\b"
    rf"|\btmr\b|\btomorow\b|\byesterday\b|\bthis (?=morning|afternoon|evening))"
    rf"|(?P<en_weekend>\b(?P<ewh>this |next |the |coming )?weekend\b)"
    rf"|(?P<en_weekday>\b(?P<ewhich>next |this |last |coming |on )?(?P<ewd>{_ENGLISH_DAYS})s?\b)"
    rf"|(?P<en_md>\b(?P<em>{_MONTHS})\.? (?:the )?(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<em2>{_MONTHS})\b)"
    rf"|(?P<en_in>\bin (?P<en>\d+|two|three|four|five|six|seven) days\b)|(?P<en_weeks>\bin (?P<ewk>a"
    rf"|one|two|2|1) weeks?\b)"
    rf"|(?P<en_week>\b(?P<eww>next|this) week\b)"
    rf"|(?P<en_day>\b(?:on )?the (?P<edd>\d{{1,2}})(?:st|nd|rd|th)\b)"
    rf"|(?P<en_festival>christmas|new year'?s day|national day|chinese new year|spring festival)"
    rf"|(?P<en_vague>\bend of (?:the |this )?(?:month|year)\b|\bnext month\b|\b(?:in )?(?:a )?(?:few"
    rf"|couple of) (?:days|weeks)(?: later)?\b|\bsome ?(?:time|day)\b|\bone of these days\b"
    rf"|\bnext year\b|\blater this (?:week|month)\b|\banother (?:day|time)\b|\bsoon\b)",
    re.ASCII,  # 到next Monday: a Chinese character is no part of an English word
)
_ENGLISH_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WHICH = {"next": 1, "last": -1}


def find(low: str, today: date) -> list[Day]:
    """Every phrase for a day, in order."""
    return [_READERS[match.lastgroup or ""](match, today, match.lastgroup or "") for match in _GRAMMAR.finditer(low)]


def _weekend(match: re.Match[str], today: date, kind: str) -> Day:
    return weekend_of(match, today, kind, _WHICH.get((match["ewh"] or "").strip(), 0))


def _week(match: re.Match[str], today: date, kind: str) -> Day:
    return week_of(match, today, kind, _WHICH.get(match["eww"], 0))


def _day_of_month(match: re.Match[str], today: date, kind: str) -> Day:
    return day_of(match, kind, coming_day(int(match["edd"]), today), bare=True)


def _festival(match: re.Match[str], today: date, kind: str) -> Day:
    day = festivals.coming(match[kind], today)
    return Day(match.start(), match.end(), day, None, None if day else "time_vague", kind)


def _english_relative(match: re.Match[str], today: date, kind: str) -> Day:
    word = match[kind]
    days = 2 if kind == "en_after" else 1 if word.startswith(("tm", "tomo")) else -1 if word == "yesterday" else 0
    end = match.end() - len("night") if word == "tonight" else match.end()  # "night" is left for the hour
    day = past_or(day_of(match, kind, today + timedelta(days=days)), today)
    return Day(day.start, end, day.first, day.last, day.doubt, day.kind, weak=days < 0)


def _english_weekday(match: re.Match[str], today: date, kind: str) -> Day:
    which = (match["ewhich"] or "").strip()
    number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(match["ewd"][:3])
    day = monday_of(today, _WHICH.get(which, 0)) + timedelta(days=number)
    if which in {"", "on", "coming"} and day < today:
        day += timedelta(weeks=1)
    return past_or(day_of(match, kind, day, bare=which in {"", "on"}), today)


def _english_month_day(match: re.Match[str], today: date, kind: str) -> Day:
    month, day = match["em"] or match["em2"], match["ed"] or match["ed2"]
    number = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec").index(month[:3]) + 1
    return day_of(match, kind, nearest_year(number, int(day), today))


def _english_in(match: re.Match[str], today: date, kind: str) -> Day:
    said = match["en"] if kind == "en_in" else match["ewk"]
    count = int(said) if said.isdigit() else _ENGLISH_NUMBERS[said]
    return day_of(match, kind, today + timedelta(days=min(count, 400) * (1 if kind == "en_in" else 7)))


_READERS: dict[str, Reader] = {
    "en_after": _english_relative,
    "en_rel": _english_relative,
    "en_weekend": _weekend,
    "en_weekday": _english_weekday,
    "en_md": _english_month_day,
    "en_in": _english_in,
    "en_weeks": _english_in,
    "en_week": _week,
    "en_day": _day_of_month,
    "en_festival": _festival,
    "en_vague": vague,
}
