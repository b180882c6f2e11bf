"""A moment that stands beside something else in one answer: 明天早上八点，科技园北区清华信息港."""

from __future__ import annotations

import re
from datetime import datetime

from core.understanding import understand
from core.understanding.normalise import lower, normalise
from core.understanding.reading import read

_CLAUSES = re.compile(r"[，,。;；\n]+")
_MOMENT = {"date", "date_to", "time", "part_of_day"}
_FACTS_AND_FILLERS = re.compile(r"[\x01\x02\s]|[就约在是到吧的了可以那请]|\b(?:at|on|the|please)\b")

Slots = dict[str, str | int]


def told_apart(text: str, now: datetime) -> tuple[str, Slots]:
    """The clauses that name no moment, as they were written, and the slots of those that name nothing else."""
    rest: list[str] = []
    moment: Slots = {}
    for clause in filter(None, map(str.strip, _CLAUSES.split(text))):
        heard = understand(clause, now).slots if _is_moment(clause, now) else {}
        if heard and heard.keys() <= _MOMENT:
            moment |= heard
        else:
            rest.append(clause)
    return "，".join(rest) if moment else text.strip(), moment


def _is_moment(clause: str, now: datetime) -> bool:
    """Whether nothing is left of it without the day and the hour: 8号 is one, 科技园8号 is none."""
    plain = normalise(clause)
    return not _FACTS_AND_FILLERS.sub("", read(plain, lower(plain), now.date(), ()).low)
