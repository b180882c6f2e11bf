"""How identifying words look where the whole group can read them."""

from __future__ import annotations


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
