"""JSON bodies from outside: decoded, or refused with one sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from core.errors import BadInput

LONGEST_READ = 4096  # characters of a text that anybody looks at; the whole of it stays in the raw body
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")


def decoded(body: bytes) -> Any:
    """What the JSON says, with every string fit for UTF-8. Raises BadInput."""
    try:
        value = json.loads(body)
        if _HALF_PAIR.search(body):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadInput("the body is not JSON in UTF-8") from error
    return value


def words(text: object) -> str:
    """A text as far as it is read: no NUL, not endless; anything but a string is empty."""
    return text.replace("\0", "")[:LONGEST_READ] if isinstance(text, str) else ""


def parts_of(text: str, most: int, size: Any = len) -> list[str]:
    """Split at paragraphs, lines, sentences or blanks so that no part is larger than `most` by `size`."""
    parts: list[str] = []
    rest = text.strip()
    while size(rest) > most:
        cut = _cut(rest, most, size)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def _cut(text: str, most: int, size: Any) -> int:
    """Where the first part ends: after the last good break in its second half, else where it is full."""
    end = min(len(text), most)
    while size(text[:end]) > most:
        end -= max(1, (size(text[:end]) - most) // 4)
    for mark in ("\n\n", "\n", "。", "；", ". ", " "):
        at = text.rfind(mark, end // 2, end)
        if at > 0:
            return at + len(mark)
    return end
