"""How far a car will have been driven, and when it reaches so many kilometres, with how sure that is.

The due day of a maintenance is core/due.py's plain projection; this tells how much to trust it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, sqrt
from statistics import quantiles

from core.due import FAR, Reading, months_after
from core.policy import Maintenance

_EIGHTY_PER_CENT = 1.2816  # standard deviations to either side
_MOST_A_DAY, _MOST_ONCE = 400, 800  # km: a taxi's days, and a holiday trip on top
_SWING = 1.5  # how much single days differ, in a usual day's kilometres
_SWING_WEIGHT = 2  # readings' worth of that experience
_FEW_CARS = 20  # fewer say nothing about others
_QUARTER = 0.6745  # standard deviations from the middle to a quartile


@dataclass(frozen=True, slots=True)
class Driving:
    """What is usual: kilometres a day, and by how much cars differ (a standard deviation)."""

    km_per_day: float
    spread: float


USUAL = Driving(38.0, 22.0)  # of cars of which nothing is known


def usual_driving(paces: Sequence[float]) -> Driving | None:
    """From many cars' kilometres a day; by quartiles, so that wrong readings do not count. None: too few cars."""
    if len(paces) < _FEW_CARS:
        return None
    low, middle, high = quantiles(paces, n=4)
    return Driving(middle, max(1.0, (high - low) / (2 * _QUARTER)))


@dataclass(frozen=True, slots=True)
class Forecast:
    """From the last reading on. `doubt`: standard deviation of km_per_day; `swing`: of one day's kilometres."""

    last: Reading
    km_per_day: float
    doubt: float
    swing: float


@dataclass(frozen=True, slots=True)
class KmRange:
    """Kilometres expected, and the range in which they are in four cases of five."""

    low: int
    expected: int
    high: int


@dataclass(frozen=True, slots=True)
class DayRange:
    """The same for a day; `late` is None when it may never be."""

    early: date
    expected: date
    late: date | None


@dataclass(frozen=True, slots=True)
class _Chain:
    """Readings that may all be true, and how much they are worth: days with a reading, days between, kilometres."""

    readings: list[Reading]
    worth: tuple[int, int, int]

    @classmethod
    def of(cls, readings: list[Reading]) -> _Chain:
        first, last = readings[0], readings[-1]
        return cls(readings, (len({one.on for one in readings}), (last.on - first.on).days, last.km))


def plausible(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that can all be true, oldest first: an odometer neither falls nor leaps.

    A wrong one (a digit too few or too many) contradicts more of the others than they do each other. Where that does
    not decide, the longer time and then the higher figure is believed.
    """
    chains: list[_Chain] = []  # the best one that ends with each reading
    for one in sorted(set(readings), key=lambda one: (one.on, one.km)):
        before = [chain for chain in chains if _may_follow(chain.readings[-1], one)]
        chains.append(_Chain.of([*max(before, key=_worth).readings, one] if before else [one]))
    return max(chains, key=_worth).readings if chains else []


def forecast(readings: Sequence[Reading], usual: Driving = USUAL) -> Forecast | None:
    """How the car is driven: its own readings, and what is usual as long as they span little time.

    None without a reading. With one, the pace is the usual one, and as uncertain as cars differ.
    """
    known = plausible(readings)
    if not known:
        return None
    days = (known[-1].on - known[0].on).days
    driven = known[-1].km - known[0].km
    swing = _swing(known, driven / days if days else 0.0, usual)
    usual_days = (swing / usual.spread) ** 2  # days of readings that weigh as much as what is usual
    pace = (usual.km_per_day * usual_days + driven) / (usual_days + days)
    return Forecast(known[-1], pace, swing / sqrt(usual_days + days), swing)


def km_on(driven: Forecast, day: date) -> KmRange:
    """The odometer on a day; before the last reading it is that reading."""
    days = max(0, (day - driven.last.on).days)
    expected = driven.last.km + driven.km_per_day * days
    around = _EIGHTY_PER_CENT * sqrt((days * driven.doubt) ** 2 + days * driven.swing**2)
    return KmRange(max(driven.last.km, round(expected - around)), round(expected), round(expected + around))


def day_of(driven: Forecast, km: int) -> DayRange:
    """When the odometer shows so much."""
    missing = km - driven.last.km
    if missing <= 0:
        return DayRange(driven.last.on, driven.last.on, driven.last.on)
    early, late = _crossings(driven, missing)
    expected = missing / driven.km_per_day if driven.km_per_day > 0 else FAR
    return DayRange(_on(driven, early), _on(driven, expected), None if late is None else _on(driven, late))


def due_between(driven: Forecast, readings: Sequence[Reading], last_service: date, rule: Maintenance) -> DayRange:
    """Between which days the next maintenance falls due: by kilometres where a reading is known from the last one,
    and never later than by months. `expected` is the middle; the promised due day is core.due's."""
    by_month = months_after(last_service, rule.months)
    at_service = [one for one in plausible(readings) if one.on <= last_service]
    if not at_service:
        return DayRange(by_month, by_month, by_month)
    by_km = day_of(driven, at_service[-1].km + rule.km)
    late = by_month if by_km.late is None else min(by_km.late, by_month)
    return DayRange(min(by_km.early, by_month), min(by_km.expected, by_month), late)


def _may_follow(before: Reading, after: Reading) -> bool:
    days, km = (after.on - before.on).days, after.km - before.km
    return 0 <= km <= _MOST_A_DAY * days + _MOST_ONCE


def _worth(chain: _Chain) -> tuple[int, int, int]:
    return chain.worth


def _swing(known: Sequence[Reading], pace: float, usual: Driving) -> float:
    """From how unevenly it was driven between readings, and what is usual."""
    spans = [(b.km - a.km, (b.on - a.on).days) for a, b in pairwise(known) if b.on > a.on]
    uneven = sum((km - pace * days) ** 2 / days for km, days in spans)
    free = max(0, len(spans) - 1)
    return sqrt((_SWING_WEIGHT * (_SWING * usual.km_per_day) ** 2 + uneven) / (_SWING_WEIGHT + free))


def _crossings(driven: Forecast, missing: float) -> tuple[float, float | None]:
    """After how many days the upper and the lower bound of km_on have gone that far: the roots of one quadratic."""
    square = driven.km_per_day**2 - (_EIGHTY_PER_CENT * driven.doubt) ** 2
    linear = 2 * driven.km_per_day * missing + (_EIGHTY_PER_CENT * driven.swing) ** 2
    root = sqrt(max(0.0, linear**2 - 4 * square * missing**2))
    early = 2 * missing**2 / (linear + root)
    return early, (linear + root) / (2 * square) if square > 0 else None


def _on(driven: Forecast, days: float) -> date:
    return driven.last.on + timedelta(days=min(FAR, ceil(days)))
