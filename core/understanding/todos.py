"""What a note says is still to be done, and on which day: 下周三给他回电话."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from core.understanding import understand

_CLAUSE = re.compile(r"[，,。；;！!\n]+|然后|\band then\b")
_TO_DO = re.compile(
    r"回(?:个)?(?:电话?|访|复|他|她|话)|打(?:个)?电话|去电|致电|联系|提醒|跟进|通知|约(?:他|她|个?时间|到店)|报价|发(?:给|报价|资料|方案)|"
    r"问(?:问|一下|他|她)|回头|准备|安排|送(?:去|过|车)|取车|"
    r"\b(?:call|phone|remind|follow[ -]?up|contact|ask|quote|send|tell|arrange|prepare)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do on a day; `at` is None when no hour was said."""

    day: date
    at: time | None
    words: str


def todos(note: str, now: datetime) -> list[Todo]:
    """Every clause that wants something done on a day that it names; `now` is in the shop's time zone."""
    clauses = (clause.strip() for clause in _CLAUSE.split(note))
    found = (_todo(clause, now) for clause in clauses if clause and _TO_DO.search(clause))
    return [one for one in found if one]


def _todo(clause: str, now: datetime) -> Todo | None:
    slots = understand(clause, now).slots
    said = slots.get("date") or slots.get("date_to")
    if not said:
        return None
    clock = slots.get("time")
    return Todo(date.fromisoformat(str(said)), time.fromisoformat(str(clock)) if clock else None, clause)
