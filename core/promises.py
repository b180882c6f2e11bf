"""What a reply promises: prices, days, times, shares, codes and the like; and which of that no fact supports.

Reading is greedy on purpose. A number that nobody can trace is shown to a person; a harmless one costs a glance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from core.understanding.numerals import SMALL, number, small

Claim = tuple[Any, ...]  # ("money", 58000), ("day", 11, 24), ("time", 900), ("share", 80.0), ("code", "BD8K2M") …
Reader = Callable[[re.Match[str], date], list[Claim]]

_HAN = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"
_SAID = rf"(?:\d[\d,]*(?:\.\d+)?(?:[百千万wk](?:[一二三四五六七八九\d](?![\d点:]))?)?|[{_HAN}]+)"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_IN_BRACKETS = r"(?: ?\((?:周|星期)(?P<weekday>[一二三四五六日天])\))?"
_EARLY = ("凌晨", "早上", "上午", "早")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEAR = {"大后天": 3, "后天": 2, "明": 1, "tomorrow": 1, "今": 0, "today": 0, "tonight": 0}
_UNITS = {
    "分钟": ("minutes", 1), "min": ("minutes", 1), "minute": ("minutes", 1),
    "小时": ("minutes", 60), "钟头": ("minutes", 60), "hour": ("minutes", 60),
    "天": ("days", 1), "日": ("days", 1), "工作日": ("days", 1), "day": ("days", 1),
    "周": ("days", 7), "星期": ("days", 7), "week": ("days", 7),
    "月": ("months", 1), "month": ("months", 1), "年": ("months", 12), "year": ("months", 12),
    "公里": ("km", 1), "千米": ("km", 1), "km": ("km", 1),
}  # fmt: skip


def unsupported(text: str, facts: Iterable[str], today: date) -> tuple[str, ...]:
    """What in the text no fact supports, as it stands there, in order, each once.

    >>> unsupported("周四下午3点，保养 580 元，再送您洗车", ["保养 580 元", "11 月 26 日 15:00"], date(2026, 11, 23))
    ('送您',)
    """
    known = {claim for fact in facts for _, claim in claims(fact, today)}
    known |= {("number", claim[1] / 100) for claim in known if claim[0] == "money"}
    known |= {("number", float(claim[2])) for claim in known if claim[0] == "amount"}
    wanting = [words for words, claim in claims(text, today) if claim not in known and claim != ("year", today.year)]
    return tuple(dict.fromkeys(wanting))


def claims(text: str, today: date) -> list[tuple[str, Claim]]:
    """Everything in the text that could bind the shop: the words, and what they come to."""
    plain = _plain(text)
    left = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    found: list[tuple[int, str, Claim]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(left):
            words = plain[match.start() : match.end()].strip()
            found += [(match.start(), words, claim) for claim in read(match, today)]
        left = pattern.sub(lambda match: " " * len(match[0]), left)
    return [(words, claim) for _, words, claim in sorted(found, key=lambda one: one[0])]


def _plain(text: str) -> str:
    """One width, and no marks that cannot be seen."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(c for c in wide if unicodedata.category(c) not in ("Cf", "Mn", "Me"))


def _value(said: str) -> float | None:
    said = said.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", said):
        return float(said)
    whole = number(said)
    return None if whole is None else float(whole)


# — readers, in the order in which they look —


def _phone(match: re.Match[str], today: date) -> list[Claim]:
    digits = re.sub(r"\D", "", match[0])
    return [("phone", digits.removeprefix("86") if len(digits) == 13 else digits)]


def _link(match: re.Match[str], today: date) -> list[Claim]:
    return [("link", match[0])]


def _fold(match: re.Match[str], today: date) -> list[Claim]:
    """8折 and 八折 are 80 %, 8.8折 and 八八折 are 88 %."""
    digits = "".join(str(int(number(c) or 0)) if c in _HAN else c for c in match["fold"].replace(".", ""))
    return [("share", float(f"0.{digits}") * 100)] if digits.isdigit() else [("share", match[0])]


def _half(match: re.Match[str], today: date) -> list[Claim]:
    return [("share", 50.0)]


def _percent(match: re.Match[str], today: date) -> list[Claim]:
    share = _value(match["han"] or match["share"])
    return [("share", 100 - share if match["off"] and share is not None else share)]


def _money(match: re.Match[str], today: date) -> list[Claim]:
    said = next(part for part in match.groups() if part)
    value = _value(said)
    return [("money", round(value * 100) if value is not None else said)]


def _full_date(match: re.Match[str], today: date) -> list[Claim]:
    year = match.groupdict().get("y")
    years: list[Claim] = [("year", int(year))] if year else []
    month, day = int(_value(match["m"]) or 0), int(_value(match["d"]) or 0)
    return [*years, ("day", month, day), *_weekday_beside(match, month, day, today)]


def _weekday_beside(match: re.Match[str], month: int, day: int, today: date) -> list[Claim]:
    """A weekday in brackets is no claim of its own, unless it is another day's."""
    said = match.groupdict().get("weekday")
    try:
        meant = date(today.year + (month < today.month), month, day)
    except ValueError:
        return [("no day", match[0])]
    return [] if said is None or _WEEKDAYS[said] == meant.weekday() else [("no day", match[0])]


def _day_of_month(match: re.Match[str], today: date) -> list[Claim]:
    day = small(match["d"])
    month = today.month if day >= today.day else today.month % 12 + 1
    return [("day", month, day)]


def _english_date(match: re.Match[str], today: date) -> list[Claim]:
    month = _ENGLISH_MONTHS.index((match["m1"] or match["m2"])[:3]) + 1
    return [("day", month, int(match["d1"] or match["d2"]))]


def _weekday(match: re.Match[str], today: date) -> list[Claim]:
    which, weeks = match["which"] or "", (match["which"] or "").count("下")
    monday = today - timedelta(days=today.weekday())
    index = _WEEKDAYS[match["day"]]
    day = monday + timedelta(days=index, weeks=weeks)
    if not which and day < today:
        day += timedelta(weeks=1)
    return [("day", day.month, day.day)]


def _english_weekday(match: re.Match[str], today: date) -> list[Claim]:
    index = _ENGLISH_DAYS.index(match["name"][:3])
    if match["next"]:
        day = today - timedelta(days=today.weekday()) + timedelta(days=index, weeks=1)
    else:
        day = today + timedelta(days=(index - today.weekday()) % 7)
    return [("day", day.month, day.day)]


def _near(match: re.Match[str], today: date) -> list[Claim]:
    day = today + timedelta(days=next(days for word, days in _NEAR.items() if match[0].startswith(word)))
    return [("day", day.month, day.day)]


def _clock(match: re.Match[str], today: date) -> list[Claim]:
    return [("time", _minutes(match["part"], int(match["h"]), int(match["min"]), match["pm"]))]


def _oclock(match: re.Match[str], today: date) -> list[Claim]:
    rest = match["rest"] or ""
    minutes = {"半": 30, "一刻": 15, "三刻": 45}.get(rest)
    if minutes is None:
        minutes = small(rest.rstrip("分")) if rest.rstrip("分") else 0
    return [("time", _minutes(match["part"], small(match["h"]), minutes, ""))]


def _am_pm(match: re.Match[str], today: date) -> list[Claim]:
    return [("time", _minutes("", int(match["h"]), 0, match["pm"]))]


def _minutes(part: str | None, hour: int, minute: int, pm: str | None) -> int:
    """Minutes after midnight; an hour without a part of the day is in working hours."""
    early = part in _EARLY or (pm or "").startswith("a")
    late = bool(part) or (pm or "").startswith("p")
    if hour < 12 and not early and (late or hour < 7):
        hour += 12
    return hour * 60 + minute


def _code(match: re.Match[str], today: date) -> list[Claim]:
    return [("code", match[0].upper().replace("-", ""))]


def _amount(match: re.Match[str], today: date) -> list[Claim]:
    unit = match["unit"].rstrip("s") if match["unit"].isascii() else match["unit"]
    name, times = _UNITS.get(unit, (unit, 1))
    value = _value(match["n"])
    return [("amount", name, value * times if value is not None else match["n"])]


def _bare(match: re.Match[str], today: date) -> list[Claim]:
    return [("number", _value(match[0]))]


def _free(match: re.Match[str], today: date) -> list[Claim]:
    """Free of what: the two characters beside it tell; "everything is free" is another claim than "the look is"."""
    before, after = match.string[max(0, match.start() - 2) : match.start()], match.string[match.end() :][:2]
    return [("free", after if re.fullmatch(r"[\u4e00-\u9fff]{2}", after) else before)]


def _word(match: re.Match[str], today: date) -> list[Claim]:
    return [("word", match[0].strip())]


def _when(match: re.Match[str], today: date) -> list[Claim]:
    return [("when", match[0].strip())]


_ENGLISH_MONTH = rf"(?:{'|'.join(_ENGLISH_MONTHS)})[a-z]*"
_ENGLISH_WEEKDAY = rf"(?:{'|'.join(_ENGLISH_DAYS)})[a-z]*"
_UNIT = "|".join(sorted((re.escape(unit) for unit in _UNITS if not unit.isascii()), key=len, reverse=True))
_PART = r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|早|晚)"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"https?://\S+|www\.\S+|[a-z0-9.-]+@[a-z0-9-]+\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|top)\b\S*", _link),
        (r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _phone),
        (r"(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)", _phone),
        (rf"(?P<fold>\d+(?:\.\d+)?|[{_HAN}点]{{1,3}}) ?折", _fold),
        (r"半价|对折|half[- ]price|half off", _half),
        (
            rf"(?:百分之 ?(?P<han>{_SAID})|(?<![\d.])(?P<share>\d+(?:\.\d+)?) ?(?:%|percent\b))(?P<off> off\b)?",
            _percent,
        ),
        (
            (rf"[¥$] ?({_SAID})|(?:rmb|cny) ?({_SAID})|({_SAID}) ?(?:多|来)?(?:元|块钱?|rmb|cny|yuan|美元|usd)"
            r"|((?<![一-九\d])[一二两三四五六七八九][百千万][一二三四五六七八九]?(?:[百十][一二三四五六七八九]?)*)"),
            _money,
        ),
        (rf"(?:(?P<y>20\d\d) ?[-/.年] ?)(?P<m>\d{{1,2}}) ?[-/.月] ?(?P<d>\d{{1,2}})[日号]?{_IN_BRACKETS}", _full_date),
        (rf"(?P<m>{_MONTH}) ?月 ?(?P<d>{SMALL}) ?[日号]?{_IN_BRACKETS}", _full_date),
        (r"(?<![\d/])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/])", _full_date),
        (
(rf"\b(?:{_ENGLISH_WEEKDAY},? )?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_ENGLISH_MONTH})"
            rf"|(?P<m2>{_ENGLISH_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b"),
            _english_date,
        ),
        (r"(?P<which>下下个?|下个?|这个?|本|上个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])", _weekday),
        (
            r"\b(?P<next>next )?(?P<name>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satu?r?|sun)(?:day)?)\b",
            _english_weekday,
        ),
        (r"大后天|后天|明(?:天|日|早|晚)|今(?:天|日|早|晚)|\b(?:tomorrow|today|tonight)\b", _near),
        (
            r"下下?个?(?:周|星期|礼拜|月)|[本这]个?(?:周|星期|月)|月底|月初|年底|年前|节[前后]|\bnext (?:week|month)\b",
            _when,
        ),
        (rf"{_PART}? ?(?P<h>[01]?\d|2[0-4]) ?: ?(?P<min>[0-5]\d) ?(?P<pm>[ap]\.?m\b)?", _clock),
        (r"(?P<h>1[0-2]|0?[1-9]) ?(?P<pm>[ap]\.?m)\b", _am_pm),
        (
            rf"(?:{_PART} ?|(?![一]点(?![半整钟一三\d])))(?P<h>{SMALL})点(?:整|钟)?(?P<rest>半|[一三]刻|{SMALL}分?)?",
            _oclock,
        ),
        (rf"(?<![\d月])(?P<d>{SMALL}) ?号(?!店|线|工位|位|楼|机|码|路)", _day_of_month),
        (r"(?<![a-z0-9])(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{3,}(?![a-z0-9])", _code),
        (rf"(?P<n>{_SAID}) ?(?:多|个)?(?:半)? ?(?P<unit>{_UNIT})", _amount),
        (r"(?P<n>\d[\d,]*(?:\.\d+)?)[ -]?(?P<unit>minutes?|mins?|hours?|days?|weeks?|months?|years?|km)\b", _amount),
        (r"(?P<n>[二两三四五六七八九十]+)(?P<unit>次|张|倍|成|瓶|升)", _amount),
        (r"(?<![\d.])\d[\d,]*(?:\.\d+)?[百千万]?", _bare),
        (
            (r"免费|不收费|不收钱|不要钱|免单|免除|免掉|免您|全免|减免|白送|白给|零元|分文不|赠送|赠您|送您|送你"
            r"|\bcomplimentary\b|\bfree(?: of charge)?\b"),
            _free,
        ),
        (
            (r"保证|承诺|保障您|包您|赔偿?|退款|退钱|退费|退还|全额|终身|永久|报销|补偿|抵扣|立减|优惠|折扣|打折|最低价"
            r"|\b(?:guarantee[ds]?|promise[ds]?|refund(?:ed|s)?|compensat\w+|lifetime|discount(?:ed|s)?|waive[ds]?)\b"),
            _word,
        ),
    )
)  # fmt: skip
