"""Which days somebody wants off, and who stands in: 请假 下周一到下周三 代班赵工."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.understanding import understand
from core.understanding.numerals import number

_STANDS_IN = "代班|替班|顶班"
_CALLED = r"[\u4e00-\u9fff]{2,4}"
_BACKUP = re.compile(
    rf"[，,\s]*(?:(?:{_STANDS_IN}|代理人?|backup)(?:是|给|由|找|人|:|：)?\s*(?P<after>{_CALLED}|[a-z][a-z' -]{{1,30}})"
    rf"|(?:由|让|请|找)(?P<before>{_CALLED}?)(?:{_STANDS_IN}|替我|代我|顶我))\s*$",
    re.I,
)
_DAYS = re.compile(r"(?P<count>\d{1,3}|[一两二三四五六七八九十]+)\s*(?:天|days?)", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """From the first to the last day; None where no day is said. `backup` as it was written."""

    from_on: date | None
    to_on: date | None
    backup: str = ""


def leave_wanted(text: str, now: datetime) -> Wanted:
    """`now` is in the shop's time zone."""
    stands_in = _BACKUP.search(text)
    days = text[: stands_in.start()] if stands_in else text
    backup = (stands_in["after"] or stands_in["before"] or "").strip() if stands_in else ""
    slots = understand(_DAYS.sub(" ", days), now).slots
    if not slots.get("date"):
        return Wanted(None, None, backup)
    first = date.fromisoformat(str(slots["date"]))
    last = date.fromisoformat(str(slots["date_to"])) if slots.get("date_to") else first
    if last == first and (long := _DAYS.search(days)):
        last = first + timedelta(days=max(1, number(long["count"]) or 1) - 1)
    return Wanted(first, last, backup)
