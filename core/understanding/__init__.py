"""What an owner's sentence means: one intent and the facts it carries, by rules alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.understanding import dates, intents, moments, services, times
from core.understanding.choices import choice_index
from core.understanding.dates import When
from core.understanding.normalise import lower, normalise
from core.understanding.plates import normalise_plate, plate_kind
from core.understanding.reading import Reading, read
from core.understanding.times import Hour

__all__ = ["Understood", "choice_index", "normalise_plate", "plate_kind", "understand"]

_TO_NEW = intents.mask(("TO_NEW",))
_WRONG = intents.mask(("WRONG",))
_LEAVING = intents.mask(("NEW_TIME", "CANT_COME", "MOVE"))
_NOT_BUT = re.compile(r"不(?:是|要|约|在)[^，。]{1,12}?[，,、 ]?(?:而是|是|要|改|换)")


@dataclass(frozen=True, slots=True)
class Understood:
    """An intent of the contract, its slots, and why something must be asked back."""

    intent: str
    slots: Mapping[str, str | int]
    asks_back: bool = False
    by: str = "rules"
    doubts: tuple[str, ...] = ()
    suggestion: str | None = None
    corrects: bool = False


def understand(text: str, now: datetime, *, stores: Sequence[str] = ()) -> Understood:
    """Reads one message; `now` is aware and in the shop's time zone, `stores` are the shop's store names."""
    plain = normalise(text)
    low = lower(plain)
    if intent := intents.exact(low):
        return Understood(intent, {})
    reading = read(plain, low, now.date(), stores)
    sentence = intents.look(reading.low, _signals(reading))
    turn = _turning_point(sentence, reading)
    when, hour = _meant(reading, low, turn)
    if _comes_later(sentence, reading):
        sentence = intents.also(sentence, "LATER")
    intent = intents.decide(sentence, bool(reading.seen or reading.plate_doubtful or reading.services))
    if intent == "reschedule":
        when, hour = _only_the_new(sentence, reading, when, hour, turn)
    return _compose(intent, reading, sentence, moments.settle(intent, when, hour, now), turn)


def _signals(reading: Reading) -> set[str]:
    """Which kinds of facts are there, for the rules."""
    signals = set(reading.seen)
    if any(day.doubt is None or day.doubt == "date_impossible" for day in reading.days):
        signals.add("DATE")
    if any(day.doubt and not day.weak for day in reading.days):
        signals.add("VAGUE")
    if any(hour.time or hour.doubt for hour in reading.hours):
        signals.add("TIME")
    if any(hour.part for hour in reading.hours):
        signals.add("PART")
    if reading.services:
        signals.add("SERVICE")
    if any(mention.service == "warranty" for mention in reading.services):
        signals.add("WARRANTY")
    reading.seen |= signals - {"VAGUE"} | ({"VAGUE"} if reading.days else set())
    return signals


def _turning_point(sentence: intents.Sentence, reading: Reading) -> int:
    """Where the new answer begins in 周三改到周五 or 不对，是周四; 0 when nothing is corrected."""
    facts = [*(day.end for day in reading.days), *(hour.end for hour in reading.hours)]
    facts += [mention.start + 1 for mention in reading.services]
    last = max(facts, default=0)
    turns = [end for _, end, bits in sentence.words if bits & (_TO_NEW | _WRONG) and end < last]
    turns += [match.end() for match in _NOT_BUT.finditer(sentence.low) if match.end() < last]
    return max(turns, default=0)


def _meant(reading: Reading, low: str, turn: int) -> tuple[When, Hour | None]:
    days = [day for day in reading.days if day.start >= turn]
    hours = [hour for hour in reading.hours if hour.start >= turn]
    if turn and not hours and not days:
        return dates.settle(low, reading.days), times.settle(low, reading.hours)
    return dates.settle(low, days or reading.days), times.settle(
        low, hours or ([] if days and turn else reading.hours)
    )


def _comes_later(sentence: intents.Sentence, reading: Reading) -> bool:
    """Whether a day follows 来不了: then it is an offer, not the day that is lost."""
    gone = [end for _, end, bits in sentence.words if bits & intents.mask(("CANT_COME",))]
    return bool(gone) and any(day.start >= gone[0] and not day.doubt for day in reading.days)


def _only_the_new(
    sentence: intents.Sentence, reading: Reading, when: When, hour: Hour | None, turn: int
) -> tuple[When, Hour | None]:
    """周三的预约改个时间: Wednesday is the old day, so no new one is said."""
    leaving = [start for start, _, bits in sentence.words if bits & _LEAVING]
    starts = [day.start for day in reading.days] + [part.start for part in reading.hours]
    if not turn and leaving and starts and max(starts) < max(leaving):
        vague = [day for day in reading.days if day.doubt == "time_vague"]
        return (When(doubts=("time_vague",)) if vague else When()), None
    later = [day for day in reading.days if leaving and day.start >= leaving[0]]
    if not turn and later:
        return dates.settle(sentence.low, later), hour
    return when, hour


def _compose(
    intent: str, reading: Reading, sentence: intents.Sentence, moment: moments.Moment, turn: int
) -> Understood:
    slots: dict[str, str | int] = {**reading.slots, **moment.slots}
    if service := services.pick(reading.services, turn):
        slots["service"] = service
    if intent not in {"rate_visit", "complaint"}:
        slots.pop("rating", None)
    doubts = moment.doubts + (("plate_doubtful",) if reading.plate_doubtful else ())
    changing = _TO_NEW | _WRONG
    corrects = bool(sentence.bits & changing) and intent in {"answer", "reschedule", "booking", "no"}
    return Understood(intent, slots, bool(doubts), "rules", doubts, reading.suggestion, corrects)
