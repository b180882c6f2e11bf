"""What an offer gives, in words: the same for owners, staff and pages."""

from __future__ import annotations

from core.offers import Offer
from core.say.words import Words


def title(say: Words, offer: Offer) -> str:
    return say.pick(*offer.title)


def gives(say: Words, offer: Offer) -> str:
    """8 折，另送洗车一次 · 20% off, plus a car wash."""
    parts = [_discount(say, offer.percent)] if offer.percent else []
    if offer.amount_fen:
        parts.append(say.pick(f"立减 {say.money(offer.amount_fen)}", f"{say.money(offer.amount_fen)} off"))
    gifts = say.pick(*offer.gifts)
    if not parts or not gifts:
        return gifts or say.pick("，", ", ").join(parts)
    given = gifts if gifts.startswith(("或", "or ")) else say.pick("另送", "plus ") + gifts
    return say.pick("，", ", ").join([*parts, given])


def _discount(say: Words, percent: int) -> str:
    return say.pick(f"{percent / 10:g} 折", f"{100 - percent}% off")
