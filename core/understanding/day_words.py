"""One Chinese word or phrase for a day → what it means on the shop's calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.understanding import english_days, festivals
from core.understanding.days import (
    Day,
    Reader,
    coming_day,
    day_of,
    monday_of,
    nearest_year,
    past_or,
    safe,
    vague,
    week_of,
    weekend_of,
)
from core.understanding.numerals import SMALL, small

_WEEK = r"(?:周|星期|礼拜|禮拜)"
_WHICH = r"(?:(?:(?<![查看问找])下下|下|这|本|上上|上|今|呢)个?)"
_WD = r"[一二三四五六日天1-6]"
_FESTIVAL = "|".join(name for name in festivals.NAMES if not name.isascii() and name != "十一")
_NO_DAY = r"(?!\d|线|油|汽油|柴油|楼|店|工位|机|门|位|车|桌|\w*工位|元|块|公里|折)"

_CHINESE = re.compile(
    rf"(?P<full>(?P<y>\d{{4}}|\d{{2}}|今|明|后)(?:年|[./\-])(?P<ym>{SMALL})(?:月份?"
    rf"|[./\-])(?P<yd>{SMALL})[日号]?(?!\d))"
    rf"|(?P<monthday>(?P<m>{SMALL})月份?的?(?P<d>{SMALL})(?:[日号]|(?![\d点时:天个月])))"
    rf"|(?P<ofmonth>(?P<which_m>下下|下|这|本)个?月的?(?P<md>{SMALL})[日号])"
    rf"|(?P<slash>(?<![\d/.])(?P<sm>0?[1-9]|1[0-2])/(?P<sd>\d{{1,2}})(?![\d/]))"
    rf"|(?P<dot>(?<![\d.\-午上早晚晨])(?P<pm>1[0-2]|0?[1-9])[.\-](?P<pd>[0-3]?\d)(?=[日号]|[ 上下早晚中前]|$|去"
    rf"|来|做|到|可|行|有|约|之)(?! ?[万公元块k%折升点分]))"
    rf"|(?P<lately>上上?个?月(?!份)|去年(?![检审])|前年|前几天|前两天|前阵子|前段时间|上回|上半年)"
    rf"|(?P<ago>(?P<an>{SMALL}|几|半)个?(?:天|日|周|星期|礼拜|月|年)(?:之前|以前|前))"
    rf"|(?P<within>(?P<wn>{SMALL})天(?:之内|以内|内))"
    rf"|(?P<later>(?:再?过)?(?P<ln>{SMALL})(?:天|日)(?:之后|以后|后)|过(?P<ln2>[三四五六七八九十]|\d+)天)"
    rf"|(?P<weeks>(?:再?过)?(?P<wk>{SMALL})个?(?:周|星期|礼拜)(?:之后|以后|后)"
    rf"|再?过(?P<wk2>{SMALL})个?(?:周(?!末)|星期|礼拜)(?!{_WD}))"
    rf"|(?P<weekend>(?P<which_e>{_WHICH})?{_WEEK}末(?:两天)?)"
    rf"|(?P<weekday>(?P<which>{_WHICH})?{_WEEK}(?P<wd>{_WD})(?P<wd2>[二三四五六日天](?![点时月号:]))?(?![年个小]))"
    rf"|(?P<week>(?P<which_w>(?<![查看问找])下下|下|这|本|上上|上)个?{_WEEK}(?!年|期间))"
    rf"|(?P<pair>今明后?两?三?天|明后两?天|明后日|今天明天|明儿后儿)"
    rf"|(?P<relative>大后天|大后日|大后儿|后天|后日|后儿个?|明天|明日|明儿个?|听日|今天|今日|今儿个?"
    rf"|当天|当日|大前天|前天|前日|前儿|昨天|昨日|昨儿个?|昨晚|[今明后](?=早(?!点)|晚|晨|午|上午|下午|后晌|头晌|过晌"
    rf"|中午|下晝))"
    rf"|(?P<newyear>(?:大年|正月|年)初[一二三四五六七八九十])"
    rf"|(?P<festival>(?:{_FESTIVAL})(?:节)?(?:当天|那天)?|十一(?=放假|长假|假期|期间|黄金周|前|之前"
    rf"|以前|后|之后|以后|国庆|上班|开门|营业|休息))"
    rf"|(?P<day>(?<![\d.月路街巷弄])(?<![^知]道)(?P<dd>{SMALL})(?:[号日]{_NO_DAY}|(?= ?(?:、|,|和|或者?|到|至|-"
    rf"|~) ?{SMALL}[日号])))"
    rf"|(?P<vague>月底|月末|月初|月中旬?|年底|年末|年初(?![一二三四五六七八九十])|年前|年后|节后|节前"
    rf"|过年后?|过完年|春天|开春|[上中下]旬|下下?个?月(?!\d)|明年|(?<![\d月])(?:1[0-2]|[1-9]"
    rf"|十[一二]?|[一二三四五六七八九])月份?(?!\d)"
    rf"|过(?:两|几|些|个把|一两|两三|三五)个?(?:天|日|星期|礼拜|周)|过一?(?:阵子?|段时间?|会儿?)"
    rf"|(?:两三|三四|几|四五|一两)(?:天|个?月|个?星期|周)(?:后|之后|以后)|几个月后|半年后|(?:{SMALL}"
    rf"|半)个月(?:后|之后|以后)"
    rf"|改天|改日|他日|哪天(?=有空|得空|方便|再)|隔天|晚几天|迟几天|缓几天|往后(?:几天|推几天)"
    rf"|后面几天|过后再|以后再(?!说)|这几天|这两天|近几天|近期|这阵子?|月内|年内|忙完|放假(?:以后"
    rf"|之后|后|的时候)|等放假|周末(?:以后|过后)|发工资|放长?假(?:那|这)几天|长假里?|忙过"
    rf"|(?:等|待)我?[^，]{{0,4}}回来(?:以后|之后|后|再))"
    rf"|(?P<weak>有空(?=再|就去|就来|了再|的时候)|得空(?=再|的时候)|有时间(?=再|的时候)|抽空|回头(?!客|率)|到时候?(?=再|看"
    rf"|去|来|$)|晚些(?:时候)|等会儿?|待会儿?|迟啲|看情况)"
)
_WEEK_NUMBER = {"下下": 2, "下": 1, "上": -1, "上上": -2}
_RELATIVE = {"今": 0, "当": 0, "明": 1, "听": 1, "后": 2, "昨": -1, "前": -2}
_TRIGGERS = frozenset(
    "周星礼禮天日号月年儿今明后旬改他隔过晚迟缓往忙放发近空时最回头到会看得抽不/.-旦节秋午庆夕一三十一诞夜圣清几内"
)


def find(low: str, today: date) -> list[Day]:
    """Every phrase for a day, in order."""
    found = [] if _TRIGGERS.isdisjoint(low) else [_chinese(match, today) for match in _CHINESE.finditer(low)]
    if any("a" <= char <= "z" for char in low):
        found += english_days.find(low, today)
        found.sort(key=lambda day: day.start)
    return found


def _chinese(match: re.Match[str], today: date) -> Day:
    kind = match.lastgroup or ""  # the outer group closes last
    return _READERS[kind](match, today, kind)


def _full(match: re.Match[str], today: date, kind: str) -> Day:
    said = match["y"]
    year = today.year + "今明后".index(said) if not said.isdigit() else int(said) + (2000 if len(said) == 2 else 0)
    return day_of(match, kind, safe(year, small(match["ym"]), small(match["yd"])))


def _month_day(match: re.Match[str], today: date, kind: str) -> Day:
    month, day = {"monthday": ("m", "d"), "slash": ("sm", "sd"), "dot": ("pm", "pd")}[kind]
    return day_of(match, kind, nearest_year(small(match[month]), small(match[day]), today))


def _of_month(match: re.Match[str], today: date, kind: str) -> Day:
    months = {"下下": 2, "下": 1}.get(match["which_m"], 0)
    index = today.month - 1 + months
    return past_or(day_of(match, kind, safe(today.year + index // 12, index % 12 + 1, small(match["md"]))), today)


def _day_of_month(match: re.Match[str], today: date, kind: str) -> Day:
    return day_of(match, kind, coming_day(small(match["dd"]), today), bare=True)


def _ago(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_past", kind)


def _lately(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, None, "time_past", kind, weak=True)


def _within(match: re.Match[str], today: date, kind: str) -> Day:
    return Day(match.start(), match.end(), None, today + timedelta(days=small(match["wn"])), None, kind)


def _days_later(match: re.Match[str], today: date, kind: str) -> Day:
    return day_of(match, kind, today + timedelta(days=small(match["ln"] or match["ln2"])))


def _weeks_later(match: re.Match[str], today: date, kind: str) -> Day:
    return day_of(match, kind, today + timedelta(weeks=small(match["wk"] or match["wk2"])))


def _weeks(which: str | None) -> int:
    return _WEEK_NUMBER.get((which or "").replace("个", ""), 0)


def _weekend(match: re.Match[str], today: date, kind: str) -> Day:
    return weekend_of(match, today, kind, _weeks(match["which_e"]))


def _week(match: re.Match[str], today: date, kind: str) -> Day:
    return week_of(match, today, kind, _weeks(match["which_w"]))


def _weekday(match: re.Match[str], today: date, kind: str) -> Day:
    which, number = match["which"] or "", "一二三四五六日".find(match["wd"].replace("天", "日"))
    number = number if number >= 0 else int(match["wd"]) - 1
    day = monday_of(today, _weeks(which)) + timedelta(days=number)
    if not which and day < today:
        day += timedelta(weeks=1)
    last = _until(day, match["wd2"])
    return past_or(day_of(match, kind, day, last, bare=not which), today)


def _until(day: date, other: str | None) -> date | None:
    """周三四, 周六日: the later weekday of the same week."""
    number = "一二三四五六日".find((other or "?").replace("天", "日"))
    return day + timedelta(days=number - day.weekday()) if number > day.weekday() else None


def _pair(match: re.Match[str], today: date, kind: str) -> Day:
    first = today + timedelta(days=0 if match[kind].startswith("今") else 1)
    last = today + timedelta(days=2 if "后" in match[kind] else 1)
    return day_of(match, kind, first, last)


def _relative(match: re.Match[str], today: date, kind: str) -> Day:
    word = match[kind]
    far = 1 if word.startswith("大") else 0
    days = _RELATIVE[word[far]]
    return past_or(day_of(match, kind, today + timedelta(days=days + far * (1 if days > 0 else -1))), today)


def _festival(match: re.Match[str], today: date, kind: str) -> Day:
    name = match[kind].removesuffix("当天").removesuffix("那天")
    day = festivals.coming(name, today) or festivals.coming(name.removesuffix("节"), today)
    return Day(match.start(), match.end(), day, None, None if day else "time_vague", kind)


_READERS: dict[str, Reader] = {
    "relative": _relative,
    "weekday": _weekday,
    "pair": _pair,
    "weekend": _weekend,
    "monthday": _month_day,
    "day": _day_of_month,
    "week": _week,
    "vague": vague,
    "weak": vague,
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
