"""How typed values are read; what cannot be read becomes a line of its own and exit 2."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, datetime
from decimal import Decimal, InvalidOperation


def bays(text: str) -> dict[str, int]:
    """ "general=2,quick=1" → counts by type."""
    counts: dict[str, int] = {}
    for part in text.split(","):
        type_, _, count = part.strip().partition("=")
        if not type_ or not count.isdecimal() or len(type_) > 32 or int(count) > 500:
            raise ArgumentTypeError(f"bays look like general=2,quick=1, not {text!r}")
        counts[type_] = int(count)
    return counts


def hours(text: str) -> str:
    """ "09:00-18:00", also with a break: "09:00-12:00,13:30-18:00"."""
    from core.errors import BadInput
    from core.hours import parse_hours

    try:
        parse_hours(text)
    except BadInput as error:
        raise ArgumentTypeError(str(error)) from None
    return text.replace("，", ",").replace("：", ":")


def weekdays(text: str) -> str:
    """ "67" or "6,7": ISO numbers, Monday is 1; "" for none."""
    numbers = text.replace(",", "")
    if set(numbers) - set("1234567"):
        raise ArgumentTypeError(f"weekdays are numbers, Monday is 1, as in 6,7, not {text!r}")
    return "".join(sorted(set(numbers)))


def day(text: str) -> date:
    """YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"a day looks like 2026-10-01, not {text!r}") from None


def month(text: str) -> date:
    """YYYY-MM; its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentTypeError(f"a month looks like 2026-10, not {text!r}") from None


def moment(text: str) -> datetime:
    """ISO 8601; without an offset it is the shop's time."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"a moment looks like 2026-10-01T09:00, not {text!r}") from None


def fen(text: str) -> int:
    """An amount in yuan → fen."""
    try:
        amount = Decimal(text.replace(",", "").removesuffix("元")) * 100
    except InvalidOperation:
        raise ArgumentTypeError(f"an amount looks like 580 or 580.50, not {text!r}") from None
    if not amount.is_finite() or amount != int(amount) or not 0 <= amount <= 10**9:
        raise ArgumentTypeError(f"an amount is in yuan and fen and not negative, not {text!r}")
    return int(amount)


def short(text: str) -> str:
    """A name or code of 1 to 64 characters."""
    plain = text.strip()
    if not 1 <= len(plain) <= 64:
        raise ArgumentTypeError("1 to 64 characters")
    return plain


def code(text: str) -> str:
    """A short code without blanks."""
    if not 1 <= len(text) <= 32 or not text.isprintable() or " " in text:
        raise ArgumentTypeError(f"a code has 1 to 32 characters and no blanks, not {text!r}")
    return text


def minutes(text: str) -> int:
    """The length of a piece of work."""
    if not text.isdecimal() or not 5 <= int(text) <= 600:
        raise ArgumentTypeError(f"5 to 600 minutes, not {text!r}")
    return int(text)
