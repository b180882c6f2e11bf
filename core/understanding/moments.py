"""Days and hours together: what is past is refused, what is vague is asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.understanding.dates import When
from core.understanding.times import ENDS, Hour

# in these a day that is gone is only part of the story: nothing is asked back
TELLING = frozenset(
    "complaint rate_visit car_sold ask_car_status my_appointments my_coupons my_data erase_me "
    "opt_out opt_in thanks greeting "
    "claim_coupon refer ask_other ask_address unknown yes no cancel back restart help human".split()
)
# and here not even a day to come is what is asked for
TIMELESS = frozenset(
    (
        "complaint rate_visit car_sold my_data erase_me opt_out opt_in thanks greeting claim_coupon "
        "refer unknown my_coupons help"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Moment:
    slots: Mapping[str, str]
    doubts: tuple[str, ...] = ()


def settle(intent: str, when: When, hour: Hour | None, now: datetime) -> Moment:
    """The slots date, date_to, time and part_of_day for a sentence with this intent."""
    if intent in TIMELESS:
        return Moment({})
    doubts = _doubts(intent, when, hour)
    if doubts and doubts != ("time_vague",):
        return Moment({}, doubts)
    if when.date and when.bare and _is_past(when.date, hour, now):
        when = replace(when, date=when.date + timedelta(weeks=1))
    if _is_past(when.date or when.date_to, None if when.date is None else hour, now):
        return Moment({}) if intent in TELLING else Moment({}, ("time_past",))
    return Moment(_day_slots(when) | _hour_slots(hour), doubts)


def _doubts(intent: str, when: When, hour: Hour | None) -> tuple[str, ...]:
    if intent in TELLING:
        return ()
    certain = hour is not None and (hour.time is not None or hour.part is not None)
    weak = when.weak and certain and when.doubts == ("time_vague",)
    days = () if weak else when.doubts
    hours = (hour.doubt,) if hour and hour.doubt else ()
    return (*days, *hours)


def _day_slots(when: When) -> dict[str, str]:
    slots = {"date": when.date, "date_to": when.date_to}
    return {name: day.isoformat() for name, day in slots.items() if day}


def _hour_slots(hour: Hour | None) -> dict[str, str]:
    if hour is None or hour.deadline:
        return {"part_of_day": hour.part} if hour and hour.part else {}
    if hour.time:
        return {"time": hour.time.strftime("%H:%M")}
    return {"part_of_day": hour.part} if hour.part else {}


def _is_past(day: date | None, hour: Hour | None, now: datetime) -> bool:
    if day is None or day > now.date():
        return False
    if day < now.date():
        return True
    at: time | None = hour.time if hour else None
    if hour and at is None and hour.part:
        at = ENDS[hour.part]
    return at is not None and at <= now.time()
