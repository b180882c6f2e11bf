"""An extra item as an advisor proposes it, and a prediction as the model writes it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from storage.crm import Crm
from storage.extra_items import ExtraItem
from storage.predictions import PREDICTIONS


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


def a_prediction(crm: Crm, owner: int) -> None:
    shares = {"p_alive": 0.9, "p_return_90d": 0.4, "p_return_365d": 0.8, "expected_visits_365": 1.7}
    model, today = crm.churn_models.claim(f"of {owner}"), crm.churn_models.today()
    facts = {"owner_id": owner, "model_id": model, "ltv_fen": 123_400, "as_of": today, "expected_next_on": today}
    crm.connection.execute(insert(PREDICTIONS).values(**facts, **shares))
