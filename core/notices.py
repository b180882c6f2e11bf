"""Notices for which a platform approves a shape before: their names in [templates], and the values that each gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.messages import Notice

GIVEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "code": ("code",),
        "maintenance_due": ("name", "plate", "service", "price", "due_on"),
        "inspection_due": ("name", "plate", "due_on"),
        "appointment_reminder": ("plate", "service", "store", "starts_at"),
        "car_ready": ("plate", "store", "closes_at", "amount"),
        "rate_visit": ("plate", "work", "visited_on"),
        "no_show": ("plate", "service", "starts_at"),
        "wait_list": ("plate", "service", "store", "starts_at", "until"),
        "extra_item": ("plate", "work", "price", "until"),
        "complaint": ("number",),
        "recall": ("plate", "campaign", "words"),
    }
)
Value = str | date | datetime | None


def notice(name: str, zone: ZoneInfo, /, **values: Value) -> Notice:
    """Days as 2026-12-01, moments as 2026-12-01 15:00 in the shop's time. A value that is not known is left out, and a
    template that wants it goes another way."""
    assert sorted(values) == sorted(GIVEN[name]), f"{name} gives {GIVEN[name]}"
    return Notice(name, tuple((key, text) for key in GIVEN[name] if (text := _written(values[key], zone))))


def _written(value: Value, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value or ""
