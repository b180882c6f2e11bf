"""Small documents that are written and read in every turn, as JSON in UTF-8."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json, to_json


def pack(document: Any) -> bytes:
    """Raises ValueError for half a character (a lone surrogate)."""
    return to_json(document)


def unpack(body: bytes) -> Any:
    """Raises ValueError when it is no JSON. Words of people are not kept for the next time."""
    return from_json(body, cache_strings="keys")
