"""What somebody else made of a sentence, a language model for example, held against the sentence itself.

A proposal may choose an intent. Its facts count only as far as the sentence carries them: our own parsers read the
words it points to, and where they read something else, they are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.understanding import Understood, understand
from core.understanding.mileage import find as find_mileage
from core.understanding.normalise import lower, normalise
from core.understanding.numerals import number
from core.understanding.ratings import find as find_rating

INTENTS = (
    "booking reschedule cancel_appointment my_appointments claim_coupon my_coupons rate_visit complaint refer "
    "ask_hours ask_price ask_car_status ask_address ask_other car_sold warning_light human my_data erase_me "
    "cancel back restart help no greeting thanks answer unknown"
).split()  # what takes effect at once (yes, opt_in, opt_out) is heard by our own ears only
SERVICES = (
    "maintenance tyres alignment battery brakes air_conditioning wash inspection bodywork warranty other"
).split()
SLOTS = "plate service date date_to time part_of_day store rating phone mileage_km vin name".split()
SURE = frozenset("warning_light human opt_out opt_in erase_me complaint yes".split())
_PARTS = ("morning", "noon", "afternoon", "evening")
_FURTHEST = timedelta(days=366)
_ONLY_OURS = {"plate", "phone", "vin"}  # these stand in the words, or they are not taken


@dataclass(frozen=True, slots=True)
class Fact:
    """One proposed slot, and the words of the sentence that it was taken from."""

    slot: str
    value: str
    evidence: str


def checked(intent: str, facts: Iterable[Fact], text: str, now: datetime, ours: Understood) -> Understood:
    """The proposal as far as it holds. `ours` is what the rules made of the same text; what they found stays."""
    intent = ours.intent if ours.intent in SURE or intent not in INTENTS else intent
    slots: dict[str, str | int] = {}
    plain = lower(normalise(text))
    for fact in facts:
        evidence = lower(normalise(fact.evidence))
        if evidence and evidence in plain and (value := _held(fact, evidence, now)) is not None:
            slots[fact.slot] = value
    if "time_vague" in ours.doubts or "date_impossible" in ours.doubts or "time_past" in ours.doubts:
        slots = {slot: value for slot, value in slots.items() if slot not in {"date", "date_to"}}
    slots = _in_order({**slots, **ours.slots})
    if intent not in {"rate_visit", "complaint"}:
        slots.pop("rating", None)
    return replace(ours, intent=intent, slots=slots, by="llm")


def _held(fact: Fact, evidence: str, now: datetime) -> str | int | None:
    """The value that the evidence carries, by our own parsers where they know the kind; None when it does not."""
    if fact.slot in {"date", "date_to", "time", "part_of_day"}:
        return _moment(fact, evidence, now)
    if fact.slot in _ONLY_OURS:
        return understand(fact.evidence, now).slots.get(fact.slot)
    if fact.slot == "mileage_km":
        found = find_mileage(evidence) or find_mileage(f"{evidence}公里")
        return found[2] if found and found[2] == number(fact.value) else None
    if fact.slot == "rating":
        mark = find_rating(evidence)
        return mark[2] if mark else None
    if fact.slot == "service":
        return fact.value if fact.value in SERVICES else None
    said = fact.value.strip()
    return said if 0 < len(said) <= 40 and lower(normalise(said)) in evidence else None


def _moment(fact: Fact, evidence: str, now: datetime) -> str | None:
    read = understand(evidence, now)
    if read.doubts:
        return None
    ours = {slot: read.slots[slot] for slot in ("date", "date_to", "time", "part_of_day") if slot in read.slots}
    if fact.slot in ours:
        return str(ours[fact.slot])
    if ours.keys() & ({"date", "date_to"} if fact.slot.startswith("date") else {"time", "part_of_day"}):
        return None  # our parsers read the same words as something else
    return fact.value if _possible(fact, now) else None


def _possible(fact: Fact, now: datetime) -> bool:
    """A day from today on within a year, an hour of the day, a part of it."""
    if fact.slot == "part_of_day":
        return fact.value in _PARTS
    try:
        if fact.slot == "time":
            return len(fact.value) == 5 and time.fromisoformat(fact.value).isoformat("minutes") == fact.value
        day = date.fromisoformat(fact.value)
    except ValueError:
        return False
    return day.isoformat() == fact.value and now.date() <= day <= now.date() + _FURTHEST


def _in_order(slots: Mapping[str, str | int]) -> dict[str, str | int]:
    """A span ends after it begins."""
    if "date" in slots and "date_to" in slots and str(slots["date_to"]) < str(slots["date"]):
        return {slot: value for slot, value in slots.items() if slot != "date_to"}
    return dict(slots)
