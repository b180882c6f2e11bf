"""The sentence while it is read: facts that were found are blanked, so that nothing is read twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.understanding import mileage, money, names, phones, phrases, plates, ratings, services, stores, vins
from core.understanding.dates import TOLD
from core.understanding.day_words import find as find_days
from core.understanding.days import Day
from core.understanding.times import Hour
from core.understanding.times import find as find_hours

_DAY, _OTHER = "\x01", "\x02"
_UNWANTED = re.compile(r"(?:不要|不想要|除了|避开)(?:在|约)?$")
_REFUSED = re.compile(r"(?:不是|不要|别|不约|不在|取消|没说要?|没约|not|isn'?t)(?:了|掉|是| on)? ?$")


@dataclass(slots=True)
class Reading:
    text: str  # as normalised, with case, for names
    low: str  # the same in lower case, same length
    slots: dict[str, str | int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    days: list[Day] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    services: list[services.Mention] = field(default_factory=list)
    plate_doubtful: bool = False
    suggestion: str | None = None


def read(text: str, low: str, today: date, store_names: Sequence[str]) -> Reading:
    """All facts of a normalised sentence."""
    reading = Reading(text, low)
    _identifiers(reading)
    _numbers(reading)
    _moments(reading, today)
    _take(reading, "rating", "RATING", ratings.find(reading.low))  # after the hours: 三点零五分 is no mark
    _take(reading, "store", "STORE", stores.find(reading.low, store_names))
    _take(reading, "name", "NAME", names.find(reading.text))
    reading.low = phrases.smooth(reading.low)
    reading.services = services.find(reading.low)
    return reading


def _identifiers(reading: Reading) -> None:
    _take(reading, "vin", "VIN", vins.find(reading.low))
    plate = plates.find(reading.low)
    if plate:
        reading.plate_doubtful, reading.suggestion = plate.plate is None, plate.suggestion
        _take(reading, "plate", "PLATE", (plate.start, plate.end, plate.plate))
    _take(reading, "phone", "PHONE", phones.find(reading.low))
    if "VIN" not in reading.seen:
        _take(reading, "vin", "VIN", vins.find(reading.low, spaced=True))


def _numbers(reading: Reading) -> None:
    _take(reading, "mileage_km", "KM", mileage.find(reading.low))
    _take(reading, "", "", money.find(reading.low))


def _moments(reading: Reading, today: date) -> None:
    low = reading.low
    said = find_days(low, today)
    told = [day for day in said if day.kind not in TOLD]
    reading.days = _without_refused(low, told)
    if 0 < len(reading.days) < len(told):
        reading.seen.add("NOT_THAT_DAY")
    for day in said:
        _blank(reading, day.start, day.end, _DAY)
    reading.hours = find_hours(reading.low)
    for hour in reading.hours:
        _blank(reading, hour.start, hour.end, _DAY)


def _without_refused(low: str, days: list[Day]) -> list[Day]:
    """不是周三，周四: the refused day is no answer as long as another is named."""
    kept = [day for day in days if not _REFUSED.search(low[max(0, day.start - 8) : day.start])]
    return kept or [day for day in days if not _UNWANTED.search(low[max(0, day.start - 8) : day.start])]


def _take(reading: Reading, slot: str, signal: str, found: tuple[int, int, str | int | None] | None) -> None:
    if found is None:
        return
    start, end, value = found
    _blank(reading, start, end, _OTHER)
    if signal:
        reading.seen.add(signal)
    if value is not None and slot:
        reading.slots[slot] = value


def _blank(reading: Reading, start: int, end: int, sign: str) -> None:
    gap = sign * (end - start)
    reading.low = reading.low[:start] + gap + reading.low[end:]
    reading.text = reading.text[:start] + gap + reading.text[end:]
