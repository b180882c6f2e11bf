"""An extra item as an advisor proposes it."""

from __future__ import annotations

from datetime import timedelta

from storage.crm import Crm
from storage.extra_items import ExtraItem


def an_extra_item(
    crm: Crm, owner: int, vehicle: int, advisor: int, name: str = "更换刹车片", amount_fen: int = 68_000
) -> ExtraItem:
    item = ExtraItem(
        owner_id=owner,
        vehicle_id=vehicle,
        plate="粤B12345",
        store_id=1,
        proposed_by=advisor,
        name=name,
        amount_fen=amount_fen,
        wording="extra-1",
        asked_at=crm.now,
        expires_at=crm.now + timedelta(hours=8),
    )
    return crm.extra_items.propose(item)
