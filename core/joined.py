"""Dictionaries that several files fill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def joined(*parts: Mapping[str, T]) -> dict[str, T]:
    """All together. Raises ValueError where two of them name the same, of which one would be lost silently."""
    every = [name for part in parts for name in part]
    if twice := sorted({name for name in every if every.count(name) > 1}):
        raise ValueError(f"named twice: {', '.join(twice)}")
    return {name: value for part in parts for name, value in part.items()}
