"""When somebody can come: a strip of days, and the free times of one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from console.h5.call import Call
from core.hours import GRID
from storage.appointments import Appointment
from storage.service_items import ServiceItem
from storage.stores import Store

STRIP = 14  # days at once
NEAREST = 3
_PARTS = ((12, "morning"), (18, "afternoon"), (24, "evening"))  # until which hour
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip: "free", "full" or "closed"."""

    day: date
    state: str
    free: list[datetime]


def days(call: Call, store: Store, service: ServiceItem, moved: Appointment | None) -> list[Day]:
    """The strip that the address asks for; by itself it begins today. `moved`: the booking that would move."""
    return [_day(call, store, service, day, moved) for day in _window(call)]


def times_page(call: Call, store: Store, service: ServiceItem, moved: Appointment | None) -> dict[str, Any]:
    """The strip, the chosen day (else the first free one), its times by part of day, and what is near to a lost one."""
    strip = days(call, store, service, moved)
    today, last = _bounds(call)
    wished = call.asked.get("day", "")
    free = [one for one in strip if one.free]
    chosen = next((one for one in strip if one.day.isoformat() == wished), free[0] if free else None)
    first = strip[0].day
    earlier, later = first - timedelta(days=STRIP), first + timedelta(days=STRIP)
    return {
        "strip": strip,
        "chosen": chosen,
        "today": today,
        "parts": _by_part(call, chosen.free if chosen else []),
        "near": _near(call, [moment for one in strip for moment in one.free]),
        "earlier": max(earlier, today).isoformat() if first > today else "",
        "later": later.isoformat() if later <= last else "",
    }


def moment_of(call: Call, text: str) -> datetime | None:
    """ "2026-11-24T15:00" of the shop's time; nothing for anything else."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=call.crm.shop.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def local(call: Call, moment: datetime) -> str:
    return moment.astimezone(call.crm.shop.zone).strftime("%Y-%m-%dT%H:%M")


def _bounds(call: Call) -> tuple[date, date]:
    today = call.crm.now.astimezone(call.crm.shop.zone).date()
    return today, today + call.crm.shop.policy.book_ahead


def _window(call: Call) -> list[date]:
    today, last = _bounds(call)
    first = max(today, _date(call.asked.get("from", "")) or today)
    first = min(first, last)
    return [first + timedelta(days=n) for n in range(min(STRIP, (last - first).days + 1))]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(call: Call, store: Store, service: ServiceItem, day: date, moved: Appointment | None) -> Day:
    """Nobody is asked to be here this minute; what this link holds, and what would move, is free for it."""
    own = (call.link.hold_id or 0, moved.key if moved else 0)
    slots = call.crm.appointments.slots(store, service, day, own=own)
    latest, now_at = call.crm.now + call.crm.shop.policy.book_ahead, moved.starts_at if moved else None
    starts = [one.starts_at for one in slots if one.free and one.starts_at != now_at]
    free = [moment for moment in starts if call.crm.now + GRID <= moment <= latest]
    state = "free" if free else "full" if call.crm.stores.open_spans(store, day) else "closed"
    return Day(day, state, free)


def _by_part(call: Call, free: list[datetime]) -> list[tuple[str, list[tuple[str, str]]]]:
    """("morning", [("2026-11-24T09:00", "09:00"), …]), …"""
    parts: dict[str, list[tuple[str, str]]] = {}
    for moment in free:
        hour = moment.astimezone(call.crm.shop.zone).hour
        name = next(name for until, name in _PARTS if hour < until)
        parts.setdefault(name, []).append((local(call, moment), call.say.clock(moment)))
    return list(parts.items())


def _near(call: Call, free: list[datetime]) -> list[tuple[str, str]]:
    """The free times around the one that was lost."""
    lost = moment_of(call, call.asked.get("near", ""))
    if lost is None:
        return []
    nearest = sorted(sorted(free, key=lambda moment: abs(moment - lost))[:NEAREST])
    return [(local(call, moment), call.say.short_moment(moment)) for moment in nearest]
