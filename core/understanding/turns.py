"""Which of several days and hours is the new one: 周三改到周五, 不对，是周四, 周三来不了，周五行吗."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from core.understanding import dates, times
from core.understanding.dates import When
from core.understanding.days import Day
from core.understanding.intents import Sentence
from core.understanding.lexicon import mask
from core.understanding.reading import Reading
from core.understanding.times import Hour

Fact = TypeVar("Fact", Day, Hour)

_NEW = mask(("TO_NEW", "WRONG"))
_LEAVING = mask(("NEW_TIME", "CANT_COME", "MOVE"))
_GONE = mask(("CANT_COME",))
_BUSY = mask(("BUSY",))
_NOT_BUT = re.compile(r"不(?:是|要|约|在)[^，。]{1,12}?[，,、 ]?(?:而是|是|要|改|换)")
_TO_DAY = re.compile(r"[换调挪移改推延](?:到|成|为|去|在|至)?(?=\x01)")
_RATHER = re.compile(r"(?:算了|要不|不如|哦不|不对|等等)[，,、 ]*(?:就|改|那)?(?=\x01)")
_OLD = re.compile(
    r"(?:约的?|约在|约好|订的?|订在|原来|本来|原本|原定|之前|定的|booked|from|instead of)(?:的?是|在"
    r"|的|约|了| on)*[ \x01]*$"
)
_ENGLISH_OLD = re.compile(r"(?:'s)? (?:appointment|booking|one|slot)")
_CLAUSE = re.compile(r"[，,。;；!！?？.]|\b(?:how about|but)\b")


def turning_point(sentence: Sentence, reading: Reading) -> int:
    """Where the new answer begins; 0 when nothing is corrected."""
    facts = [*(day.end for day in reading.days), *(hour.end for hour in reading.hours)]
    facts += [mention.start + 1 for mention in reading.services]
    last = max(facts, default=0)
    turns = [end for _, end, bits in sentence.words if bits & _NEW and end < last]
    turns += [match.end() for pattern in (_TO_DAY, _RATHER) for match in pattern.finditer(sentence.low)]
    turns += [match.end() for match in _NOT_BUT.finditer(sentence.low) if match.end() < last]
    return max(turns, default=0)


def offers_another(sentence: Sentence, reading: Reading) -> bool:
    """Whether another clause than 来不了 names a day: then it is an offer, not the day that is lost."""
    gone = [word for word in sentence.words if word[2] & _GONE]
    if not gone:
        return False
    return any(day.start >= gone[0][0] and not day.doubt for day in _outside(sentence.low, gone, reading.days))


def drop_busy(sentence: Sentence, reading: Reading) -> bool:
    """周三没空，周四吧: Wednesday is no answer. True when no other day is left."""
    busy = [word for word in sentence.words if word[2] & _BUSY]
    if not busy or not reading.days:
        return False
    free = _outside(sentence.low, busy, reading.days)
    if free:
        reading.days, reading.hours = free, _outside(sentence.low, busy, reading.hours)
    return not free


def meant(reading: Reading, low: str, turn: int) -> tuple[When, Hour | None]:
    """The day and hour after the turning point, or all of them when nothing follows it."""
    days = [day for day in reading.days if day.start >= turn]
    hours = [hour for hour in reading.hours if hour.start >= turn]
    if not days and not hours:
        days, hours = reading.days, reading.hours
    return dates.settle(low, days or reading.days), times.settle(low, hours or ([] if days and turn else reading.hours))


def only_the_new(sentence: Sentence, reading: Reading, low: str, turn: int) -> tuple[When, Hour | None]:
    """For a change of appointment: the old day and hour are left out."""
    if turn and max(*[day.start for day in reading.days], *[hour.start for hour in reading.hours], -1, -1) >= turn:
        return meant(reading, low, turn)
    leaving = [word for word in sentence.words if word[2] & _LEAVING]
    days = [day for day in reading.days if not _is_old(sentence.low, day.start)]
    hours = [hour for hour in reading.hours if not _is_old(sentence.low, hour.start)]
    gone = [word for word in leaving if word[2] & _GONE]
    if gone:
        days, hours = _outside(low, gone, days), _outside(low, gone, hours)
    elif leaving:
        days = [day for day in days if day.doubt == "time_vague" or _is_new(low, day, leaving)]
        hours = [hour for hour in hours if _is_new(low, hour, leaving)]
    return dates.settle(low, days), times.settle(low, hours)


def _is_old(low: str, start: int) -> bool:
    return bool(_OLD.search(low[max(0, start - 10) : start]))


def _is_new(low: str, fact: Day | Hour, leaving: Sequence[tuple[int, int, int]]) -> bool:
    """After the word of change, or in a clause of its own; Make it Thursday instead has the day before it."""
    if any(fact.start >= end for _, end, _ in leaving):
        return True
    if low.isascii():
        return not _ENGLISH_OLD.match(low, fact.end)
    start, end = _clause(low, fact.start)
    return not any(start <= word[0] < end for word in leaving)


def _outside(low: str, words: Sequence[tuple[int, int, int]], facts: list[Fact]) -> list[Fact]:
    """The facts that do not stand in the clause of one of the words."""
    clauses = [_clause(low, start) for start, _, _ in words]
    return [fact for fact in facts if not any(start <= fact.start < end for start, end in clauses)]


def _clause(low: str, position: int) -> tuple[int, int]:
    borders = [0, *(match.end() for match in _CLAUSE.finditer(low)), len(low) + 1]
    after = next(border for border in borders if border > position)
    return borders[borders.index(after) - 1], after
