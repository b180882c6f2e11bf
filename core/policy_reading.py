"""Reads the tables of a policy file by their keys, and notes every problem with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from core.policy_kinds import Wrong, meant
from core.policy_lines import Path, lines_of
from core.policy_tables import Key

T = TypeVar("T")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one key, and on which line of the file; line 0: with the whole file."""

    line: int
    key: str
    words: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.line or ""), self.key, self.words) if part)


class Notes:
    """The problems found so far."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.problems: list[Problem] = []

    def add(self, path: Path, words: str) -> None:
        """At the line of that key, or of the table that it would stand in."""
        known = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in self.lines), ())
        self.problems.append(Problem(self.lines.get(known, 0), named(path), words))

    def has(self, path: Path) -> bool:
        """Whether the file says it at all."""
        return path in self.lines


def named(path: Path) -> str:
    """("journeys", "winter", "steps", 0, "days") → "journeys.winter.steps[1].days": people count from one."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def filled(base: T, keys: Sequence[Key], told: Any, path: Path, notes: Notes, *, beside: Collection[str] = ()) -> T:
    """The base with what the table says of these keys. beside: other keys that are read elsewhere."""
    known = {key.name: key for key in keys}
    for name, value in items(told, path, notes):
        if name in known:
            try:
                base = placed(base, known[name].place, known[name].kind.read(value))
            except Wrong as wrong:
                notes.add((*path, name), str(wrong))
        elif name not in beside:
            unknown((*path, name), (*known, *beside), notes)
    return base


def items(told: Any, path: Path, notes: Notes) -> Iterator[tuple[str, Any]]:
    """What is in a table; a problem where it is none."""
    if isinstance(told, Mapping):
        yield from told.items()
    else:
        notes.add(path, f"this is a table, [{named(path)}]")


def unknown(path: Path, names: Collection[str], notes: Notes) -> None:
    """A key or table that means nothing here."""
    guess = meant(path[-1], names)
    notes.add(path, f"unknown{guess}" if guess else "unknown: here may stand " + ", ".join(sorted(names)))


def table_of(value: Any) -> Mapping[str, Any]:
    """The same where it is a table, else an empty one: the problem is noted by whoever reads it."""
    return value if isinstance(value, Mapping) else {}


def fine_name(path: Path, notes: Notes) -> None:
    """A name that ends up in records and codes."""
    if not _NAME.fullmatch(str(path[-1])):
        notes.add(path, "a name has at most 32 of a–z, 0–9 and _, and starts with a letter")


def placed(base: Any, place: Sequence[str], value: Any) -> Any:
    """The same with that value at that place: in a dataclass, a mapping or a tuple."""
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(base, Mapping):
        return MappingProxyType({**base, first: placed(base.get(first), rest, value)})
    if isinstance(base, tuple):
        number = int(first)
        return (*base[:number], placed(base[number], rest, value), *base[number + 1 :])
    return replace(base, **{first: placed(getattr(base, first), rest, value)})


def taken(base: Any, place: Sequence[str]) -> Any:
    """What stands at that place; "" where a mapping has nothing."""
    for part in place:
        if isinstance(base, Mapping):
            base = base.get(part, "")
        else:
            base = base[int(part)] if isinstance(base, tuple) else getattr(base, part)
    return base
