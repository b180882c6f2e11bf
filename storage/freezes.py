"""Freezes: why nothing of marketing goes to an owner at the moment, whoever decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.gate import FROZEN, RECALLED

if TYPE_CHECKING:
    from storage.crm import Crm


class Freezes:
    """Verbs on freezes."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def why(self, owner_id: int) -> str:
        """ "" when nothing is in the way; else the reason of the gate."""
        if self.crm.tickets.freezes(owner_id):
            return FROZEN
        return RECALLED if self.crm.recalls.freezes(owner_id) else ""
