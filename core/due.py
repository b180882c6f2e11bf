"""When the next maintenance is due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.policy import Maintenance

FAR = 36_500  # days: a car that hardly moves is due by months, long before


@dataclass(frozen=True, slots=True)
class Reading:
    """An odometer reading on a day, in kilometres."""

    on: date
    km: int


def months_after(day: date, months: int) -> date:
    """The same day of the month, that many months on; clamped to the month's end. Negative months go back."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The latest day since which that many months have passed on `day`: from a month's end it is a month's end."""
    back = months_after(day, -months)
    is_months_end = day.day == monthrange(day.year, day.month)[1]
    return back.replace(day=monthrange(back.year, back.month)[1]) if is_months_end else back


def due_day(last_service: date, readings: Sequence[Reading], rule: Maintenance) -> date:
    """The earlier of last maintenance + months and the projected day of last reading there + kilometres."""
    by_month = months_after(last_service, rule.months)
    by_km = _projected_day(last_service, sorted(readings, key=lambda r: (r.on, r.km)), rule.km)
    return min(by_month, by_km) if by_km else by_month


def _projected_day(last_service: date, readings: Sequence[Reading], km: int) -> date | None:
    at_service = [r for r in readings if r.on <= last_service]
    if len(readings) < 2 or not at_service:
        return None
    first, last = readings[0], readings[-1]
    days, driven = (last.on - first.on).days, last.km - first.km
    if days <= 0 or driven <= 0:
        return None
    missing = at_service[-1].km + km - last.km
    return last.on + timedelta(days=min(FAR, max(0, -(-missing * days // driven))))
