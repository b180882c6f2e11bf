"""How identifying words look where the whole group can read them."""

from __future__ import annotations

import re

_VIN = re.compile(r"(?<![A-Za-z0-9])[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ ·.-]?[A-Za-z][ ·.-]?"
    r"[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳]"
)
_NUMBER = re.compile(r"\+?\d[\d -]{5,}\d")


def masked_plate(plate: str) -> str:
    """粤B12345 → 粤B·**45."""
    return f"{plate[:2]}·**{plate[-2:]}" if len(plate) >= 6 else "***"


def masked_phone(phone: str) -> str:
    """+8613812345678 → 138****5678."""
    digits = phone.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "***"


def masked_name(name: str) -> str:
    """李明 → 李*; John → J***."""
    return name[:1] + "*" * max(1, min(3, len(name) - 1)) if name else ""


def masked_words(text: str) -> str:
    """Free text without what identifies somebody: long numbers, plates and vehicle numbers."""
    return _NUMBER.sub("***", _PLATE.sub(lambda plate: masked_plate(plate[0]), _VIN.sub("***", text)))


def masked_place(place: str) -> str:
    """深圳市南山区科苑路1号 → 深圳市***: enough to see which way, not where."""
    return f"{place[:3]}***" if len(place) > 3 else "***"
