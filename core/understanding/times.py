"""The hour or the part of the day: 三点半, 14:30, 下午三点, 3点到5点, 3pm, 上午."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from core.understanding.late import Late
from core.understanding.numerals import SMALL, small

MORNING, NOON, AFTERNOON, EVENING = "morning", "noon", "afternoon", "evening"
ENDS = {MORNING: time(12), NOON: time(14), AFTERNOON: time(18), EVENING: time(23, 59)}

_PARTS = {
    MORNING: (
        "凌晨 清晨 清早 大清早 一大早 一早 早上 早晨 上午 早间 大早上 头午 上半天 朝早 朝头早 晨 上昼 头晌 "
        "前晌 早半晌 上半晌 早"
    ),
    NOON: "中午 正午 晌午 午间 大中午",
    AFTERNOON: "下午 午后 后晌 过晌 下晌 后半晌 下半晌 晚半晌 下半天 下昼 晏昼 午",
    EVENING: "傍晚 晚上 夜里 夜晚 晚间 夜间 半夜 大晚上 下班后 下班以后 下班之后 晚 夜",
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}
_ENGLISH_PART = {
    "morning": MORNING,
    "noon": NOON,
    "lunchtime": NOON,
    "afternoon": AFTERNOON,
    "arvo": AFTERNOON,
    "evening": EVENING,
    "night": EVENING,
}
_LONG = "|".join(sorted((word for word in _PART_OF if len(word) > 1), key=len, reverse=True))
_FILLER = r"(?:的|大概|大约|差不多|就|约|吧|，|,| |先|在|那个|以后|之后|后)*"
_PART = (
    rf"(?:{_LONG}|(?<=\x01)[早晚晨夜](?!点)|(?<=\x01)午(?=\d|[一二三四五两]点)|[早晚](?=\d{{1,2}}[点:]"
    rf"|[六七八九十]点))(?!好(?![像不的约]))"
)
_MINUTE = (
    r"(?:过|零)?(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<m>[0-5]\d|[一二三四五]?十[一二三四五六七八九]?"
    r"|[零〇][一二三四五六七八九])(?:分(?!之))?|(?P<m1>\d|[一二三四五六七八九])分(?!之))(?![\d月号日公万])"
)
_CLOCK = Late(
    rf"(?:(?P<part>{_PART}){_FILLER})?"
    rf"(?:(?:差(?P<cut>一刻|{SMALL}分?钟?)(?:到|就)?)?(?P<h>{SMALL})(?:点钟?整?"
    rf"|时(?![间候不常尚代分差节]))(?:{_MINUTE}|差(?P<less>{SMALL})分)?"
    r"|(?<![\d:.])(?P<h24>\d{1,2}):(?P<m24>\d{2})(?![\d:])(?: ?(?P<ap24>am|pm))?"
    r"|(?<![\d.])(?P<hen>\d{1,2}) ?(?:(?P<ap>[ap])\.?m\b\.?|o'?clock)"
    r"|\bat (?P<hat>\d{1,2})\b(?![.:/%]))"
)
_DOTTED = Late(rf"(?P<part>{_PART})(?P<h24>\d{{1,2}})\.(?P<m24>[0-5]\d)(?![\d万公元折])")
_OPENED = Late(
    rf"(?P<part>{_PART})?{_FILLER}(?<![\d点:.年月])(?P<h>{SMALL}) ?(?:-|到|至"
    rf"|~) ?(?:{_PART})?(?={SMALL}(?:点|时(?!间)))"
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PART_ONLY = Late(
    rf"(?P<part>{_PART})|\b(?<!good )(?P<en>morning|noon|lunchtime|afternoon|arvo|evening|(?:to)?night)\b", re.ASCII
)
_WORDED = Late(
    rf"\b(?P<cut>half past|quarter past|quarter to) (?P<h>{_HOURS}|\d{{1,2}})\b|\bat (?P<at>{_HOURS})\b(?! of)",
    re.ASCII,
)
_SEVERAL = Late(r"(?<![十\d点])(?:一两|两三|二三|三四|四五|五六|六七|七八|八九)点(?![一三]刻|半)")
_NOT_TIME = Late(
    r"[有差早晚快慢好多少大小高低近远坏再这那哪几第同贵长短重轻急松紧弱强](?<!最早)(?<!最晚)一?点(?!钟)"
    r"|(?:便宜|优惠|严重|方便|难受|麻烦|仔细|认真|清楚)一?点"
    r"|一点(?:都|也|儿|问题|小|点|不(?!行)|没(?!空)|钱|优惠|异|异响|毛病|划痕|水|油|漏)"
    r"|[两二三四]点(?:建议|意见|问题|要求|需求)|一点一点|点[一两]下"
)
_BEFORE = Late(r"(?:钟|左右)?(?:之前|以前|前(?!台|面|轮|后)|为止)")
_TRIGGERS = frozenset("点时:晨午晌晚早夜昼傍班")
_ENGLISH = Late(
    r"\d ?[ap]\.?m|\d:\d\d|o'?clock|\bat \w|morning|noon|lunchtime|arvo|evening|night|half past|quarter", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour, or only a part of the day, at start–end; `deadline` when it is meant as 五点前."""

    start: int
    end: int
    time: time | None
    part: str | None = None
    doubt: str | None = None
    deadline: bool = False


def find(low: str) -> list[Hour]:
    """Every hour and part of the day in order; days must already be masked with \\x01."""
    if _TRIGGERS.isdisjoint(low) and not _ENGLISH.search(low):
        return []
    blind = _NOT_TIME.sub(lambda m: "\x02" * len(m[0]), low) if "点" in low else low
    found: list[Hour] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(blind):
            hour = read(match, blind)
            found.append(hour)
            blind = blind[: hour.start] + "\x03" * (hour.end - hour.start) + blind[hour.end :]
    found.sort(key=lambda hour: hour.start)
    return found


def settle(low: str, hours: Sequence[Hour]) -> Hour | None:
    """The hour that is meant: the first certain one, else a doubt, else the first part of the day."""
    clocks = [hour for hour in hours if hour.time and not hour.deadline]
    doubtful = [hour for hour in hours if hour.doubt]
    parts = [hour for hour in hours if hour.part and not hour.time]
    if doubtful and doubtful[0].doubt == "time_impossible":
        return doubtful[0]
    if clocks:
        return _with_part(low, clocks[0], parts)
    if doubtful:
        return replace(doubtful[0], part=parts[0].part if parts else None)
    return next(iter(parts or [hour for hour in hours if hour.part]), None)


def _with_part(low: str, hour: Hour, parts: Sequence[Hour]) -> Hour:
    """晚上吧，7点: a part of the day said apart still tells which seven o'clock."""
    before = [part for part in parts if part.end <= hour.start <= part.end + 6 and part.part]
    if not before or hour.part or not hour.time or hour.time.minute < 0:
        return hour
    moved = _hour_of_day(hour.time.hour if hour.time.hour < 13 else hour.time.hour - 12, before[-1].part or "", "")
    return Hour(hour.start, hour.end, time(moved, hour.time.minute)) if moved < 24 else hour


def _clock(match: re.Match[str], low: str) -> Hour:
    groups = match.groupdict()
    word = groups.get("part") or ""
    said = groups.get("h") or groups.get("h24") or groups.get("hen") or groups.get("hat") or ""
    minute = _minute(groups)
    meridiem = groups.get("ap") or (groups.get("ap24") or "")[:1]
    part = {"a": MORNING, "p": AFTERNOON}.get(meridiem) or _PART_OF.get(word, "") or _part_after(low, match.end())
    literal = said.startswith("0") and len(said) == 2
    hour = small(said) if literal and not part else _hour_of_day(small(said), part, word)
    return _hour(match, low, hour, minute, part)


def _hour(match: re.Match[str], low: str, hour: int, minute: int, part: str) -> Hour:
    hour, minute = (hour - 1, minute + 60) if minute < 0 else (hour, minute)
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return Hour(match.start(), match.end(), None, None, "time_impossible")
    deadline = bool(_BEFORE.match(low, match.end()))
    return Hour(match.start(), match.end(), time(hour, minute), part or None, None, deadline)


def _hour_of_day(hour: int, part: str, word: str) -> int:
    """The hour on a 24-hour clock; without a part of the day it is one of working hours (7 is 19:00)."""
    if word in {"凌晨", "半夜"}:
        return 0 if hour == 12 else hour
    if part == MORNING:
        return hour if hour <= 12 else 99
    if part == NOON:
        return hour + 12 if hour <= 3 else hour
    if part in {AFTERNOON, EVENING}:
        return hour + 12 if 1 <= hour <= 11 else hour + 12 if hour == 12 and part == EVENING else hour
    return hour + 12 if 1 <= hour <= 7 else hour


def _part_after(low: str, end: int) -> str:
    match = (
        Late(r" (?:o'?clock )?(?:in the |at )(morning|afternoon|evening|night)").match(low, end)
        if low.isascii()
        else None
    )
    return _ENGLISH_PART[match[1]] if match else ""


def _minute(groups: dict[str, str | None]) -> int:
    if cut := groups.get("cut") or groups.get("less"):
        return -15 if cut == "一刻" else -small(cut.rstrip("分钟"))
    if groups.get("half"):
        return 30
    if quarter := groups.get("quarter"):
        return 15 if quarter == "一" else 45
    said = groups.get("m") or groups.get("m1") or groups.get("m24")
    return small(said.lstrip("零〇")) if said else 0


def _opened(match: re.Match[str], low: str) -> Hour:
    """3-5点: the first number is the hour; the rest is left for the clock rule."""
    part = _PART_OF.get(match["part"] or "", "")
    hour = _hour_of_day(small(match["h"]), part, match["part"] or "")
    if not 0 <= hour <= 23:
        return Hour(match.start(), match.end(), None, None, "time_impossible")
    return Hour(match.start(), match.end(), time(hour), part or None)


def _worded(match: re.Match[str], low: str) -> Hour:
    """half past ten, at nine."""
    said = match["h"] or match["at"]
    number = int(said) if said.isdigit() else _HOURS.split("|").index(said) + 1
    minute = {"half past": 30, "quarter past": 15, "quarter to": -15}.get(match["cut"] or "", 0)
    part = _part_after(low, match.end())
    return _hour(match, low, _hour_of_day(number, part, ""), minute, part)


def _several(match: re.Match[str], low: str) -> Hour:
    return Hour(match.start(), match.end(), None, None, "time_vague")


def _part(match: re.Match[str], low: str) -> Hour:
    english = (match["en"] or "").removeprefix("to")
    part = _ENGLISH_PART[english] if english else _PART_OF[match["part"]]
    return Hour(match.start(), match.end(), None, part)


_READERS = (
    (_DOTTED, _clock),
    (_SEVERAL, _several),
    (_WORDED, _worded),
    (_OPENED, _opened),
    (_CLOCK, _clock),
    (_PART_ONLY, _part),
)
