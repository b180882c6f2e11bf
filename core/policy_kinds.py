"""The kinds of values in a policy file: how each is read, checked, written again, and told to a person.

Those of time are in core/policy_times.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

NONE = "none"  # in the file, for what has no limit


class Wrong(Exception):
    """A value that its key cannot take; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """says: what the value looks like. read: raises Wrong. write: the same value in TOML."""

    says: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str]


def whole(least: int, most: int) -> Kind:
    """A whole number."""
    says = f"a whole number from {least} to {most}"

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(mismatch(says, value))
        return value

    return Kind(says, read, str)


def share() -> Kind:
    """A part of a whole: a float."""
    says = "a share from 0 to 1"

    def read(value: Any) -> float:
        if not _is_number(value) or not 0 <= value <= 1:
            raise Wrong(mismatch(says, value))
        return float(value)

    return Kind(says, read, lambda value: f"{value:g}" if float(f"{value:g}") == value else repr(value))


def yuan() -> Kind:
    """An amount of money: fen inside."""
    says = "an amount in yuan, such as 200 or 99.50"

    def read(value: Any) -> int:
        if not _is_number(value):
            raise Wrong(mismatch(says, value))
        if not 0 <= value <= 10**10:
            raise Wrong("an amount is not negative" if value < 0 else "more money than there is")
        fen = Decimal(value) * 100
        if fen != int(fen):
            raise Wrong(f"{says}: nothing is smaller than a fen")
        return int(fen)

    def write(fen: int) -> str:
        return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"

    return Kind(says, read, write)


def or_none(kind: Kind) -> Kind:
    """The same, or "none"."""
    says = f'{kind.says}, or "{NONE}"'

    def read(value: Any) -> Any:
        if value == NONE:
            return None
        try:
            return kind.read(value)
        except Wrong as wrong:
            raise Wrong(str(wrong).replace(kind.says, says)) from None

    return Kind(says, read, lambda value: f'"{NONE}"' if value is None else kind.write(value))


def percent() -> Kind:
    """What is still to pay; 0 inside where there is no discount."""
    kind = or_none(whole(1, 99))
    return Kind(kind.says, lambda value: kind.read(value) or 0, lambda value: kind.write(value or None))


def flag() -> Kind:
    """Yes or no."""

    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong(mismatch("true or false", value))
        return value

    return Kind("true or false", read, lambda value: "true" if value else "false")


def words(most: int, *, least: int = 0) -> Kind:
    """A text."""
    says = f"a text of at most {most} characters" if not least else f"a text of {least} to {most} characters"

    def read(value: Any) -> str:
        if not isinstance(value, str) or not least <= len(value.strip()) <= most:
            raise Wrong(mismatch(says, value))
        return value

    return Kind(says, read, written)


def identifier(most: int) -> Kind:
    """A platform's name for something; some are numbers."""
    plain = words(most, least=1)

    def read(value: Any) -> str:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return str(plain.read(str(value) if is_number else value))

    return Kind(plain.says, read, written)


def one_of(names: Collection[str]) -> Kind:
    """One of some words."""
    says = "one of " + ", ".join(f'"{name}"' for name in names)

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise Wrong(mismatch(says, value) + meant(value, names))
        return str(value)

    return Kind(says, read, written)


def list_of(kind: Kind, *, most: int = 50) -> Kind:
    """Several of one kind, each once: a tuple."""
    says = f"a list, each {kind.says}"

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong(mismatch(says, value))
        read = [kind.read(one) for one in value]
        twice = [one for place, one in enumerate(read) if one in read[:place]]
        if twice:
            raise Wrong(f"{twice[0]!r} is there twice")
        return tuple(read)

    return Kind(says, read, lambda value: "[" + ", ".join(map(kind.write, value)) + "]")


def table_of(kind: Kind) -> Kind:
    """A small table on one line, each value of one kind: a mapping."""
    says = f"a table, each {kind.says}"

    def read(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(mismatch(says, value))
        return MappingProxyType({name: _named(name, kind, one) for name, one in value.items()})

    def write(value: Mapping[str, Any]) -> str:
        return "{ " + ", ".join(f"{key_written(name)} = {kind.write(one)}" for name, one in value.items()) + " }"

    return Kind(says, read, write)


def either(first: Kind, second: Kind) -> Kind:
    """One kind or another, told apart by their types."""
    says = f"{first.says}, or {second.says}"

    def read(value: Any) -> Any:
        try:
            return first.read(value)
        except Wrong as wrong:
            try:
                return second.read(value)
            except Wrong:
                raise Wrong(str(wrong).replace(first.says, says)) from None

    def write(value: Any) -> str:
        return first.write(value) if isinstance(value, str) else second.write(value)

    return Kind(says, read, write)


def written(text: str) -> str:
    """A text as TOML writes it on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_written(name: str) -> str:
    """A key as TOML writes it: bare where it can be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else written(name)


def meant(given: Any, names: Collection[str]) -> str:
    """ "; did you mean …?", or nothing."""
    close = get_close_matches(given, names, 1, 0.55) if isinstance(given, str) else []
    return f'; did you mean "{close[0]}"?' if close else ""


def mismatch(says: str, value: Any) -> str:
    """What is wrong with a value that does not look like that: "this is …, not …"."""
    return f"this is {says}, not {_shown(value)}"


def _named(name: str, kind: Kind, value: Any) -> Any:
    try:
        return kind.read(value)
    except Wrong as wrong:
        raise Wrong(f"{name}: {wrong}") from None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and Decimal(value).is_finite()


def _shown(value: Any) -> str:
    """As it stands in the file, or near it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return written(value if len(value) <= 40 else value[:39] + "…")
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list" if len(value) else "an empty list"
    return str(value)
