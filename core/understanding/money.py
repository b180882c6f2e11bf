"""Amounts of money, so that 两百块 is never read as a time, a mileage or a rating."""

from __future__ import annotations

import re

from core.understanding.numerals import NUMBER, number

_FOUND = re.compile(rf"[¥$￥] ?(?P<a>{NUMBER})|(?P<b>{NUMBER})(?:多|来)? ?(?:块钱?|元|rmb|yuan|蚊|大洋|折)")
_HINTS = frozenset("¥￥$块元ry蚊洋折")


def find(low: str) -> tuple[int, int, int | None] | None:
    """Start, end and whole yuan of the first amount (a discount counts as one without yuan)."""
    if _HINTS.isdisjoint(low):
        return None
    match = _FOUND.search(low)
    if not match:
        return None
    yuan = None if match[0].endswith("折") else number(match["a"] or match["b"])
    return match.start(), match.end(), yuan
