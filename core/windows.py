"""What WeChat lets us send to a person who did something, until when; a table, since the platform changes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.messages import Kind

# (messages, for how long). They do not add up: a new action sets the larger limit.
_WROTE = (5, timedelta(hours=48))
_TOUCHED = (3, timedelta(minutes=1))
OPENS = {
    Kind.TEXT: _WROTE,
    Kind.PHOTO: _WROTE,
    Kind.VOICE: _WROTE,
    Kind.LOCATION: _WROTE,
    Kind.CHOICE: _TOUCHED,
    Kind.MENU: _TOUCHED,
    Kind.SCAN: _TOUCHED,
    Kind.FOLLOW: _TOUCHED,
}


def window_after(kind: Kind, left: int, until: datetime | None, now: datetime) -> tuple[int, datetime | None]:
    """The window (messages left, closing moment) once a person has done that."""
    if kind not in OPENS:
        return left, until
    count, life = OPENS[kind]
    still_better = until is not None and until > now + life and left > 0
    if still_better and kind is not Kind.TEXT:
        return left, until
    return count, now + life
