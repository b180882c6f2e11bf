"""A shop with a past: owners who come in a rhythm, as many as asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from core.prediction.returning import Returning
from storage.churn_models import ChurnModel, learn
from storage.crm import Crm
from storage.owners import OWNERS
from storage.visits import VISITS
from tests.core.prediction.simulated import DAYS, visits

RHYTHM = Returning(1.6, 60, 0.5, 2.5, 4, at_first=True)
SPENT = (38_000, 58_000, 96_000)  # fen; what owners spend differs, and they stay with it


def a_past(crm: Crm, owners: int, seed: int = 1) -> list[int]:
    """Four years of visits up to yesterday; the owners' numbers."""
    first = crm.now.astimezone(crm.shop.zone).date() - timedelta(days=DAYS)
    people = [{"name": f"车主{number}", **_defaults(crm, OWNERS, "name")} for number in range(owners)]
    numbers = list(crm.connection.execute(insert(OWNERS).returning(OWNERS.c.id), people).scalars())
    rows = [
        {
            **_defaults(crm, VISITS, "number", "owner_id", "visited_on", "amount_fen"),
            "number": f"P{number}-{day}",
            "owner_id": number,
            "visited_on": first + timedelta(days=day),
            "amount_fen": SPENT[number % 3],
        }
        for number, days in zip(numbers, visits(RHYTHM, owners, seed), strict=True)
        for day in days
    ]
    crm.connection.execute(insert(VISITS), rows)
    return numbers


def learnt(crm: Crm, occurrence: str = "2026-11") -> ChurnModel | None:
    """What that past teaches, kept. None: that occurrence was learnt before."""
    claimed, today = crm.churn_models.claim(occurrence), crm.churn_models.today()
    if claimed is None:
        return None
    lesson = learn(crm.churn_models.past(today), today, crm.shop.policy.prediction)
    return crm.churn_models.keep(claimed, lesson)


def _defaults(crm: Crm, table: Any, *given: str) -> dict[str, Any]:
    usual = {
        "status": "completed" if table is VISITS else "active",
        "created_at": crm.now,
        "items": "",
        "amount_fen": 0,
    }
    usual |= {"maintenance": False, "phone_verified": False, "language": "zh", "source": "", "remarks": ""}
    usual |= {"grade": "normal", "stage": "new", "churn_level": "none"}
    return {name: value for name, value in usual.items() if name in table.c and name not in given}
