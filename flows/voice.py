"""Writing to an owner outside a talk of theirs: in which language."""

from __future__ import annotations

from core.say import OwnerSay
from storage.crm import Crm


def voice_for(crm: Crm, owner_id: int) -> OwnerSay:
    """The texts in the language of the talk where they are reached, else in the one on record."""
    best = crm.conversations.best_of_owner(owner_id)
    language = best[1].language if best else ""
    language = language or crm.owners.get(owner_id).language or "zh"
    return OwnerSay(language, crm.shop.zone, crm.shop.policy.texts)
