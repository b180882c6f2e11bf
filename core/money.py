"""Amounts are whole fen inside and decimal strings of yuan outside."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """58050 → "580.50"."""
    sign, amount = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{amount // 100}.{amount % 100:02d}"
