"""Which day or days a sentence means: single days, spans, deadlines, and what must be asked back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.understanding.days import Day

_RANGE = re.compile(r"[ （(]*(?:到|至|-|~|to|until|through)[ ]*")
_EITHER = re.compile(r"[ ]*(?:和|或者?|或是|还是|及|跟|、|,|，|都|or|and|&|/)?[ ]*(?:在|是)?")
_SAME_DAY = re.compile(r"[ （(,，]*(?:也就是|就是|即|是)?[ （(]*")
_BEFORE = re.compile(r"[ ）)]*(?:这天|那天)?(?:之前|以前|为止|前(?!台|面|轮|保(?!养)|挡|杠|刹|后|天|边))")
_NEXT_TO = re.compile(r"(?:的)?(前|后|第)(?:一[天日]|二[天日]|夕)")
_INSIDE = re.compile(r"(?:之内|以内|内(?!饰))")
_AFTER = re.compile(
    r"[ ）)]*(?:这天|那天)?(?:之后|以后|过后|[过完]了|过完了?|完了?(?=再|之?后|以后)"
    r"|后(?!天|面|台|轮|备|保(?!养)|视|杠|边|刹|日|晌|半晌))"
)
_BY = re.compile(r"(?:\bby|\bbefore|\buntil|\bno later than)(?: the)? $")
_SINCE = re.compile(r"\bafter(?: the)? $")


TOLD = {"ago", "lately"}  # 去年, 三天前: nobody asks for such a day


@dataclass(frozen=True, slots=True)
class When:
    """The days meant; `doubts` say why something is left out."""

    date: dt.date | None = None
    date_to: dt.date | None = None
    doubts: tuple[str, ...] = ()
    bare: bool = False  # one weekday without its week: when its hour is gone, the next one is meant
    weak: bool = False  # only words like 有空 or 昨天, which matter only where a time is wanted


def settle(low: str, days: Sequence[Day]) -> When:
    """The first day or span that is meant; doubts count when nothing certain is said."""
    merged = _merge(low, list(days))
    certain = [when for when in merged if not when.doubts]
    strong = [when for when in merged if when.doubts and not when.weak]
    impossible = [when for when in strong if when.doubts != ("time_vague",) and when.doubts != ("time_past",)]
    return (impossible or certain or strong or merged or [When()])[0]


def _merge(low: str, days: list[Day]) -> list[When]:
    result, index = [], 0
    while index < len(days):
        count, when = _one(low, days[index:])
        result.append(when)
        index += count
    return result


def _one(low: str, days: list[Day]) -> tuple[int, When]:
    """How many phrases belong to the first statement, and what it says."""
    head = days[0]
    if head.doubt:
        return 1, When(doubts=(head.doubt,), weak=head.weak)
    if head.first is None:
        return 1, When(date_to=head.last)
    first, last, used = head.first, head.last, 1
    for following in days[1:]:
        gap = low[days[used - 1].end : following.start]
        joined = _join(first, last, days[used - 1], following, gap)
        if joined is None:
            break
        if isinstance(joined, str) and joined:
            return used + 1, When(doubts=(joined,))
        last = joined if isinstance(joined, date) else last
        used += 1
    bare = used == 1 and head.bare and head.kind.endswith("weekday")
    return used, replace(_bounded(low, head.start, days[used - 1].end, first, last), bare=bare)


def _join(first: date, last: date | None, before: Day, day: Day, gap: str) -> date | str | None:
    """The new last day, "" when the same day is only said twice, a doubt, or None when unrelated."""
    if len(gap) > 4:
        return None
    if _RANGE.fullmatch(gap):
        return _range_end(first, day)
    if day.first is None:
        return None
    if _SAME_DAY.fullmatch(gap) and _one_weekday(before, day):
        both = before.first or first
        same = (
            both == day.first
            or (day.kind.endswith("weekday") and both.weekday() == day.first.weekday())
            or (both.day == day.first.day and day.kind == "day")
        )
        return "" if same else "date_impossible"
    if _EITHER.fullmatch(gap) and day.first == (last or first) + timedelta(days=1):
        return day.last or day.first
    return None


def _one_weekday(a: Day, b: Day) -> bool:
    """Whether the two are different ways to name a day (11月24日 周二), so that they must agree."""
    weekday = [day for day in (a, b) if day.kind in {"weekday", "en_weekday"}]
    dated = [
        day
        for day in (a, b)
        if day.kind in {"full", "monthday", "day", "slash", "dot", "ofmonth", "en_md", "relative", "en_rel"}
    ]
    return len(weekday) == 1 and len(dated) == 1


def _range_end(first: date, day: Day) -> date | str | None:
    if day.doubt:
        return day.doubt
    end = day.last or day.first
    if end is None:
        return None
    if day.bare and day.kind.endswith("weekday"):
        end = first + timedelta(days=(end.weekday() - first.weekday()) % 7)
    elif day.kind == "day":
        end = _on_or_after(first, end.day) or end
    return end if end >= first else "date_impossible"


def _on_or_after(first: date, day: int) -> date | None:
    index = first.month - 1 + (1 if day < first.day else 0)
    try:
        return date(first.year + index // 12, index % 12 + 1, day)
    except ValueError:
        return None


def _bounded(low: str, start: int, end: int, first: date, last: date | None) -> When:
    if match := _NEXT_TO.match(low, end):
        return When(date=first + timedelta(days=1 if match[1] in "后第" else -1))
    if _BEFORE.match(low, end) or _BY.search(low[:start]):
        return When(date_to=first)
    if _INSIDE.match(low, end):
        return When(date=first, date_to=last or first)
    if _AFTER.match(low, end) or _SINCE.search(low[:start]):
        return When(doubts=("time_vague",))
    return When(date=first, date_to=last)
