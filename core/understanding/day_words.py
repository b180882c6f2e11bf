"""One word or phrase for a day → what it means on the shop's calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from core.understanding import festivals
from core.understanding.numerals import SMALL, small

Doubt = Literal["time_vague", "time_past", "date_impossible"]


@dataclass(frozen=True, slots=True)
class Day:
    """A phrase at start–end: a day, a span of days, or the doubt that forbids one."""

    start: int
    end: int
    first: date | None
    last: date | None = None
    doubt: Doubt | None = None
    kind: str = ""  # group of the grammar that matched
    bare: bool = False  # a weekday or a day of the month without week, month or year
    weak: bool = False  # 有空, 最近: vague only where a time is wanted


_WEEK = r"(?:周|星期|礼拜|禮拜)"
_WHICH = r"(?:(?:下下|下|这|本|上上|上|今|呢)个?)"
_WD = r"[一二三四五六日天1-6]"
_FESTIVAL = "|".join(name for name in festivals.NAMES if not name.isascii() and name != "十一")
_ENGLISH_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_NO_DAY = r"(?!\d|线|油|汽油|柴油|楼|店|工位|机|门|位|车|桌|\w*工位|元|块|公里|折)"

_CHINESE = re.compile(
    rf"(?P<full>(?P<y>\d{{4}}|\d{{2}}|今|明|后)(?:年|[./\-])(?P<ym>{SMALL})(?:月份?"
    rf"|[./\-])(?P<yd>{SMALL})[日号]?(?!\d))"
    rf"|(?P<monthday>(?P<m>{SMALL})月份?的?(?P<d>{SMALL})(?:[日号]|(?![\d点时:天个月])))"
    rf"|(?P<ofmonth>(?P<which_m>下下|下|这|本)个?月的?(?P<md>{SMALL})[日号])"
    rf"|(?P<slash>(?<![\d/.])(?P<sm>0?[1-9]|1[0-2])/(?P<sd>\d{{1,2}})(?![\d/]))"
    rf"|(?P<dot>(?<![\d.\-])(?P<pm>1[0-2]|0?[1-9])[.\-](?P<pd>[0-3]?\d)(?=[日号]|[ 上下早晚中前]|$|去"
    rf"|来|做|到|可|行|有|约|之)(?! ?[万公元块k%折升点分]))"
    rf"|(?P<lately>上上?个?月(?!份)|去年(?![检审])|前年|前几天|前两天|前阵子|前段时间|上回|上半年)"
    rf"|(?P<ago>(?P<an>{SMALL}|几|半)个?(?:天|日|周|星期|礼拜|月|年)(?:之前|以前|前))"
    rf"|(?P<within>(?P<wn>{SMALL})天(?:之内|以内|内))"
    rf"|(?P<later>(?:再?过)?(?P<ln>{SMALL})(?:天|日)(?:之后|以后|后)|过(?P<ln2>[三四五六七八九十]|\d+)天)"
    rf"|(?P<weeks>(?:再?过)?(?P<wk>{SMALL})个?(?:周|星期|礼拜)(?:之后|以后|后)"
    rf"|再?过(?P<wk2>{SMALL})个?(?:周(?!末)|星期|礼拜)(?!{_WD}))"
    rf"|(?P<weekend>(?P<which_e>{_WHICH})?{_WEEK}末(?:两天)?)"
    rf"|(?P<weekday>(?P<which>{_WHICH})?{_WEEK}(?P<wd>{_WD})(?P<wd2>[日天])?(?![年个小]))"
    rf"|(?P<week>(?P<which_w>下下|下|这|本|上上|上)个?{_WEEK}(?!年|期间))"
    rf"|(?P<pair>今明后?两?三?天|明后两?天|明后日|今天明天|明儿后儿)"
    rf"|(?P<relative>大后天|大后日|大后儿|后天|后日|后儿个?|明天|明日|明儿个?|听日|今天|今日|今儿个?"
    rf"|当天|当日|大前天|前天|前日|前儿|昨天|昨日|昨儿个?|昨晚|[今明后](?=早(?!点)|晚|晨|午|上午|下午"
    rf"|中午|下晝))"
    rf"|(?P<newyear>(?:大年|正月|年)初[一二三四五六七八九十])"
    rf"|(?P<festival>(?:{_FESTIVAL})(?:节)?(?:当天|那天)?|十一(?=放假|长假|假期|期间|黄金周|前|之前"
    rf"|以前|后|之后|以后|国庆|上班|开门|营业|休息))"
    rf"|(?P<day>(?<![\d.月])(?P<dd>{SMALL})(?:[号日]{_NO_DAY}|(?= ?(?:、|,|和|或者?|到|至|-"
    rf"|~) ?{SMALL}[日号])))"
    rf"|(?P<vague>月底|月末|月初|月中旬?|年底|年末|年初(?![一二三四五六七八九十])|年前|年后|节后|节前"
    rf"|过年后?|过完年|春天|开春|[上中下]旬|下下?个?月(?!\d)|明年|(?<![\d月])(?:1[0-2]|[1-9]"
    rf"|十[一二]?|[一二三四五六七八九])月份?(?!\d)"
    rf"|过(?:两|几|些|个把|一两|两三|三五)个?(?:天|日|星期|礼拜|周)|过一?(?:阵子?|段时间?|会儿?)"
    rf"|(?:两三|三四|几|四五|一两)(?:天|个?月|个?星期|周)(?:后|之后|以后)|几个月后|半年后|(?:{SMALL}"
    rf"|半)个月(?:后|之后|以后)"
    rf"|改天|改日|他日|哪天(?=有空|得空|方便|再)|隔天|晚几天|迟几天|缓几天|往后(?:几天|推几天)"
    rf"|后面几天|过后再|以后再(?!说)|这几天|这两天|近几天|近期|这阵子?|月内|年内|忙完|放假(?:以后"
    rf"|之后|后|的时候)|等放假|周末(?:以后|过后)|发工资)"
    rf"|(?P<weak>有空(?=再|就去|就来|了再)|得空(?=再)|有时间(?=再)|抽空|回头(?!客|率)|到时候?(?=再|看"
    rf"|去|来|$)|晚些(?:时候)|等会儿?|待会儿?|迟啲|看情况)"
)
_ENGLISH = re.compile(
    rf"(?P<en_after>\bday after tomorrow\b)|(?P<en_rel>\btoday\b|\btonight\b|\btomorrow\b|\btmrw?\b"
    rf"|\btmr\b|\btomorow\b|\byesterday\b|\bthis (?=morning|afternoon|evening))"
    rf"|(?P<en_weekend>\b(?P<ewh>this |next |the |coming )?weekend\b)"
    rf"|(?P<en_weekday>\b(?P<ewhich>next |this |last |coming |on )?(?P<ewd>{_ENGLISH_DAYS})\b)"
    rf"|(?P<en_md>\b(?P<em>{_MONTHS})\.? (?:the )?(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<em2>{_MONTHS})\b)"
    rf"|(?P<en_in>\bin (?P<en>\d+|two|three|four|five|six|seven) days\b)|(?P<en_weeks>\bin (?P<ewk>a"
    rf"|one|two|2|1) weeks?\b)"
    rf"|(?P<en_week>\b(?P<eww>next|this) week\b)"
    rf"|(?P<en_day>\b(?:on )?the (?P<edd>\d{{1,2}})(?:st|nd|rd|th)\b)"
    rf"|(?P<en_festival>christmas|new year's day|national day|chinese new year|spring festival)"
    rf"|(?P<en_vague>\bend of (?:the |this )?(?:month|year)\b|\bnext month\b|\b(?:in )?(?:a )?(?:few"
    rf"|couple of) (?:days|weeks)(?: later)?\b|\bsome ?(?:time|day)\b|\bone of these days\b"
    rf"|\bnext year\b|\blater this (?:week|month)\b|\banother (?:day|time)\b|\bsoon\b)"
)
_WEEK_NUMBER = {"下下": 2, "下": 1, "上": -1, "上上": -2}
_RELATIVE = {"今": 0, "当": 0, "明": 1, "听": 1, "后": 2, "昨": -1, "前": -2}
_ENGLISH_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_TRIGGERS = frozenset(
    "周星礼禮天日号月年儿今明后旬改他隔过晚迟缓往忙放发近空时最回头到会看得抽不/.-旦节秋午庆夕一三十一诞夜圣清几内"
)
_HALF_YEAR = 183


def find(low: str, today: date) -> list[Day]:
    """Every phrase for a day, in order."""
    if low.isascii():
        return [_english(m, today) for m in _ENGLISH.finditer(low)] + _slashes(low, today)
    found = [] if _TRIGGERS.isdisjoint(low) else [_chinese(m, today) for m in _CHINESE.finditer(low)]
    if any("a" <= c <= "z" for c in low):
        found += [_english(m, today) for m in _ENGLISH.finditer(low)]
        found.sort(key=lambda day: day.start)
    return found


def _slashes(low: str, today: date) -> list[Day]:
    return [_chinese(m, today) for m in _CHINESE.finditer(low)] if "/" in low or "-" in low else []


def _chinese(match: re.Match[str], today: date) -> Day:
    kind = match.lastgroup or ""  # the outer group closes last
    return _READERS[kind](match, today, kind)


def _day(match: re.Match[str], kind: str, first: date | None, last: date | None = None, bare: bool = False) -> Day:
    return Day(match.start(), match.end(), first, last, None if first else "date_impossible", kind, bare)


def _full(match: re.Match[str], today: date, kind: str) -> Day:
    said = match["y"]
    year = today.year + "今明后".index(said) if not said.isdigit() else int(said) + (2000 if len(said) == 2 else 0)
    return _day(match, kind, _safe(year, small(match["ym"]), small(match["yd"])))


def _month_day(match: re.Match[str], today: date, kind: str) -> Day:
    month, day = {"monthday": ("m", "d"), "slash": ("sm", "sd"), "dot": ("pm", "pd")}[kind]
    return _day(match, kind, nearest_year(small(match[month]), small(match[day]), today))


def nearest_year(month: int, day: int, today: date) -> date | None:
    """This year's, or next year's when this year's is more than half a year gone."""
    this = _safe(today.year, month, day)
    if this is None:
        return _safe(today.year + 1, month, day) if (month, day) == (2, 29) and today.month > 2 else None
    return _safe(today.year + 1, month, day) if (today - this).days > _HALF_YEAR else this


def _of_month(match: re.Match[str], today: date, kind: str) -> Day:
    months = {"下下": 2, "下": 1}.get(match["which_m"], 0)
    index = today.month - 1 + months
    return _past_or(_day(match, kind, _safe(today.year + index // 12, index % 12 + 1, small(match["md"]))), today)


def _day_of_month(match: re.Match[str], today: date, kind: str) -> Day:
    number = small(match["dd" if kind == "day" else "edd"])
    index = today.month - 1 + (1 if number < today.day else 0)
    return _day(match, kind, _safe(today.year + index // 12, index % 12 + 1, number), bare=True)


def _ago(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_past", kind)


def _lately(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_past", kind, weak=True)


def _within(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, today + timedelta(days=small(match["wn"])), None, kind)


def _days_later(match: re.Match[str], today: date, kind: str) -> Day:
    return _day(match, kind, today + timedelta(days=small(match["ln"] or match["ln2"])))


def _weeks_later(match: re.Match[str], today: date, kind: str) -> Day:
    return _day(match, kind, today + timedelta(weeks=small(match["wk"] or match["wk2"])))


def _monday(today: date, which: str) -> date:
    weeks = _WEEK_NUMBER.get(which.replace("个", "").strip(), 0)
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _weekend(match: re.Match[str], today: date, kind: str) -> Day:
    which = match["which_e"] if kind == "weekend" else {"next ": "下"}.get(match["ewh"] or "", "")
    saturday = _monday(today, which or "") + timedelta(days=5)
    first = max(saturday, today) if saturday + timedelta(days=1) >= today else saturday
    return _past_or(_day(match, kind, first, saturday + timedelta(days=1)), today)


def _weekday(match: re.Match[str], today: date, kind: str) -> Day:
    which, number = match["which"] or "", "一二三四五六日".find(match["wd"].replace("天", "日"))
    number = number if number >= 0 else int(match["wd"]) - 1
    day = _monday(today, which) + timedelta(days=number)
    if not which and day < today:
        day += timedelta(weeks=1)
    last = day + timedelta(days=6 - number) if match["wd2"] else None
    return _past_or(_day(match, kind, day, last, bare=not which), today)


def _week(match: re.Match[str], today: date, kind: str) -> Day:
    which = match["which_w"] if kind == "week" else {"next": "下"}.get(match["eww"], "")
    monday = _monday(today, which)
    return _past_or(
        _day(
            match,
            kind,
            max(monday, today) if not which or which in "这本" else monday,
            monday + timedelta(days=6),
        ),
        today,
    )


def _pair(match: re.Match[str], today: date, kind: str) -> Day:
    first = today + timedelta(days=0 if match[kind].startswith("今") else 1)
    last = today + timedelta(days=2 if "后" in match[kind] else 1)
    return _day(match, kind, first, last)


def _relative(match: re.Match[str], today: date, kind: str) -> Day:
    word = match[kind]
    far = 1 if word.startswith("大") else 0
    days = _RELATIVE[word[far]]
    return _past_or(_day(match, kind, today + timedelta(days=days + far * (1 if days > 0 else -1))), today)


def _festival(match: re.Match[str], today: date, kind: str) -> Day:
    name = match[kind].removesuffix("当天").removesuffix("那天")
    day = festivals.coming(name, today) or festivals.coming(name.removesuffix("节"), today)
    return Day(match.start(), match.end(), day, None, None if day else "time_vague", kind)


def _vague(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_vague", kind, weak=kind == "weak")


def _past_or(day: Day, today: date) -> Day:
    if day.first and (day.last or day.first) < today:
        return Day(
            day.start,
            day.end,
            None,
            None,
            "time_past",
            day.kind,
            weak=day.kind in {"relative", "weekday", "week"},
        )
    return day


def _english(match: re.Match[str], today: date) -> Day:
    kind = match.lastgroup or ""
    return _ENGLISH_READERS[kind](match, today, kind)


def _english_relative(match: re.Match[str], today: date, kind: str) -> Day:
    word = match[kind]
    days = 2 if kind == "en_after" else 1 if word.startswith(("tm", "tomo")) else -1 if word == "yesterday" else 0
    end = match.end() - len("night") if word == "tonight" else match.end()  # "night" is left for the hour
    day = _past_or(_day(match, kind, today + timedelta(days=days)), today)
    return Day(day.start, end, day.first, day.last, day.doubt, day.kind, weak=days < 0)


def _english_weekday(match: re.Match[str], today: date, kind: str) -> Day:
    which = (match["ewhich"] or "").strip()
    number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(match["ewd"][:3])
    day = _monday(today, {"next": "下", "last": "上"}.get(which, "")) + timedelta(days=number)
    if which in {"", "on", "coming"} and day < today:
        day += timedelta(weeks=1)
    return _past_or(_day(match, kind, day, bare=which in {"", "on"}), today)


def _english_month_day(match: re.Match[str], today: date, kind: str) -> Day:
    month, day = match["em"] or match["em2"], match["ed"] or match["ed2"]
    number = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec").index(month[:3]) + 1
    return _day(match, kind, nearest_year(number, int(day), today))


def _english_in(match: re.Match[str], today: date, kind: str) -> Day:
    said = match["en"] if kind == "en_in" else match["ewk"]
    count = int(said) if said.isdigit() else _ENGLISH_NUMBERS[said]
    return _day(match, kind, today + timedelta(days=min(count, 400) * (1 if kind == "en_in" else 7)))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


Reader = Callable[[re.Match[str], date, str], Day]
_READERS: dict[str, Reader] = {
    "relative": _relative,
    "weekday": _weekday,
    "pair": _pair,
    "weekend": _weekend,
    "monthday": _month_day,
    "day": _day_of_month,
    "week": _week,
    "vague": _vague,
    "weak": _vague,
    "full": _full,
    "ofmonth": _of_month,
    "slash": _month_day,
    "dot": _month_day,
    "ago": _ago,
    "lately": _lately,
    "within": _within,
    "later": _days_later,
    "weeks": _weeks_later,
    "newyear": _festival,
    "festival": _festival,
}
_ENGLISH_READERS: dict[str, Reader] = {
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
    "en_vague": _vague,
}
