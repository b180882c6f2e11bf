"""The appointment as an entry for the owner's own calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from console.h5.booking import booking_of
from console.h5.call import Call, File
from storage.appointments import BOOKED

LINE_BYTES = 75


def entry(call: Call) -> File | None:
    """None while nothing is booked by this link."""
    one = booking_of(call)
    if one is None or one.status != BOOKED:
        return None
    store = call.crm.stores.get(one.store_id)
    service = call.crm.services.get(one.service_id).named(call.language)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huiche//H5//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:appointment-{one.key}@huiche",
        f"DTSTAMP:{_utc(call.crm.now)}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ends_at)}",
        f"SUMMARY:{_text(call.say.calendar_entry(service, store.name))}",
        f"LOCATION:{_text(' '.join(filter(None, (store.name, store.address))))}",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(service)}", "TRIGGER:-PT2H", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    body = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
    return File(body.encode(), "visit.ics", "text/calendar; charset=utf-8")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for special in ("\\", ";", ","):
        words = words.replace(special, "\\" + special)
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line of at most 75 bytes; the rest on lines that begin with a blank. No character is cut in two."""
    part = ""
    for character in line:
        if len((part + character).encode()) > LINE_BYTES:
            yield part
            part = " "
        part += character
    yield part
