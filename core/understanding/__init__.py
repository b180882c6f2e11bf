"""What an owner's sentence means: one intent and the facts it carries, by rules alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.understanding import intents, moments, services, turns
from core.understanding.choices import choice_index
from core.understanding.lexicon import mask
from core.understanding.normalise import lower, normalise
from core.understanding.plates import normalise_plate, plate_kind
from core.understanding.reading import Reading, read
from core.understanding.topics import topic

__all__ = ["Understood", "choice_index", "normalise_plate", "plate_kind", "understand"]

_CHANGING = mask(("TO_NEW", "WRONG"))
_MOMENTS = {"DATE", "TIME", "PART", "VAGUE"}


@dataclass(frozen=True, slots=True)
class Understood:
    """An intent of the contract, its slots, and why something must be asked back; `topic` is finer than the intent."""

    intent: str
    slots: Mapping[str, str | int]
    asks_back: bool = False
    by: str = "rules"
    doubts: tuple[str, ...] = ()
    suggestion: str | None = None
    corrects: bool = False
    topic: str = ""


def understand(text: str, now: datetime, *, stores: Sequence[str] = ()) -> Understood:
    """Reads one message; `now` is aware and in the shop's time zone, `stores` are the shop's store names."""
    plain = normalise(text)
    low = lower(plain)
    if intent := intents.exact(low):
        return Understood(intent, {})
    reading = read(plain, low, now.date(), stores)
    sentence = intents.look(reading.low, _signals(reading), reading.services)
    all_busy = turns.drop_busy(sentence, reading)
    turn = turns.turning_point(sentence, reading)
    when, hour = turns.meant(reading, low, turn)
    if turns.offers_another(sentence, reading):
        sentence = intents.also(sentence, "LATER")
    intent = intents.decide(sentence, bool(reading.seen or reading.plate_doubtful), reading.seen <= _MOMENTS)
    if intent == "answer" and all_busy and not reading.slots:
        return Understood("no", {})
    if intent == "reschedule":
        when, hour = turns.only_the_new(sentence, reading, low, turn)
    return _compose(intent, reading, sentence, moments.settle(intent, when, hour, now), turn)


def _signals(reading: Reading) -> set[str]:
    """Which kinds of facts are there, for the rules."""
    signals = set(reading.seen)
    if any(day.doubt is None or day.doubt == "date_impossible" for day in reading.days):
        signals.add("DATE")
    if any(day.doubt and (not day.weak or day.doubt == "time_past") for day in reading.days) and "DATE" not in signals:
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


def _compose(
    intent: str, reading: Reading, sentence: intents.Sentence, moment: moments.Moment, turn: int
) -> Understood:
    slots: dict[str, str | int] = {**reading.slots, **moment.slots}
    service = services.pick(reading.services, turn)
    if service is None and intent == "cancel_appointment" and reading.services:
        service = reading.services[0].service
    if service:
        slots["service"] = service
    if intent not in {"rate_visit", "complaint"}:
        slots.pop("rating", None)
    doubts = moment.doubts + (("plate_doubtful",) if reading.plate_doubtful else ())
    corrects = bool(sentence.bits & _CHANGING) and intent in {"answer", "reschedule", "booking", "no"}
    about = topic(reading.low, intent)
    return Understood(intent, slots, bool(doubts), "rules", doubts, reading.suggestion, corrects, about)
