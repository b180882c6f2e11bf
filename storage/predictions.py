"""Predictions: whether each owner will come back, when, how often, and what that is worth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from storage.churn_models import MODELS, ChurnModel
from storage.columns import table_of
from storage.owners import OWNERS

if TYPE_CHECKING:
    from core.prediction.past import Foretold
    from storage.crm import Crm

CHUNK = 1_000  # owners whose predictions are written in one transaction


class Prediction(SQLModel, table=True):
    """Of one owner, by the newest model. Shares 0–1. `next_on`: half of those like them who come back have come by
    then, a tenth before `next_early_on`, a tenth after `next_late_on`. `ltv_fen`: what the visits of the next years
    are worth today; what was spent already is not in it."""

    owner_id: int = Field(primary_key=True, foreign_key="owner.id")
    model_id: int = Field(foreign_key="churn_model.id")
    p_alive: float
    p_return_90d: float
    p_return_365d: float
    expected_visits_365: float
    expected_next_on: date | None = None
    next_early_on: date | None = None
    next_late_on: date | None = None
    ltv_fen: int
    as_of: date


PREDICTIONS = table_of(Prediction)


class Predictions:
    """Verbs on predictions."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def of_owner(self, owner_id: int) -> Prediction | None:
        return self.crm.session.get(Prediction, owner_id)

    def count(self) -> int:
        return self.crm.connection.execute(core_select(func.count()).select_from(PREDICTIONS)).scalar_one()

    def owners(self) -> int:
        """How many owners `write_next` comes past in all."""
        return self.crm.connection.execute(core_select(func.count()).select_from(OWNERS)).scalar_one()

    def write_next(self, model: ChurnModel, most: int = CHUNK) -> int:
        """Write those of the next owners, claimed by where the model has come to; of two at once one does it.

        Returns how many owners it has come past; 0: all are written, or somebody else is at it.
        """
        after = model.written_to
        if after is None:
            return 0
        numbers = self._next_owners(after, most)
        until = numbers[-1] if len(numbers) == most else None
        mine = update(MODELS).where(MODELS.c.id == model.key, MODELS.c.written_to == after)
        if self.crm.connection.execute(mine.values(written_to=until)).rowcount == 0:
            return 0
        self._write(model, after, until)
        return len(numbers)

    def move_owner(self, old: int, new: int) -> None:
        """A joined record keeps its own prediction until the next one, else takes over the other's."""
        there = core_select(PREDICTIONS.c.owner_id).where(PREDICTIONS.c.owner_id == new)
        run = self.crm.connection.execute
        if run(there).first() is None:
            run(update(PREDICTIONS).where(PREDICTIONS.c.owner_id == old).values(owner_id=new))
        run(delete(PREDICTIONS).where(PREDICTIONS.c.owner_id == old))

    def _next_owners(self, after: int, most: int) -> list[int]:
        query = core_select(OWNERS.c.id).where(OWNERS.c.id > after).order_by(OWNERS.c.id).limit(most)
        return list(self.crm.connection.execute(query).scalars())

    def _write(self, model: ChurnModel, after: int, until: int | None) -> None:
        """In place of what stood there, also of those who are not foretold any more."""
        from core.prediction.past import foretell

        past = self.crm.churn_models.past(model.as_of, after, until)
        rules = self.crm.shop.policy.prediction
        foretold = foretell(model.returning(), model.spending(), past, model.as_of, rules)
        stale = delete(PREDICTIONS).where(PREDICTIONS.c.owner_id > after)
        self.crm.connection.execute(stale if until is None else stale.where(PREDICTIONS.c.owner_id <= until))
        if foretold:
            self.crm.connection.execute(insert(PREDICTIONS), [_row(model, one) for one in foretold])
        self.crm.session.expire_all()


def _row(model: ChurnModel, foretold: Foretold) -> dict[str, Any]:
    return {
        "owner_id": foretold.owner_id,
        "model_id": model.key,
        "p_alive": foretold.alive,
        "p_return_90d": foretold.returns_soon,
        "p_return_365d": foretold.returns_in_a_year,
        "expected_visits_365": foretold.visits_in_a_year,
        "expected_next_on": foretold.next_on,
        "next_early_on": foretold.early_on,
        "next_late_on": foretold.late_on,
        "ltv_fen": foretold.future_fen,
        "as_of": model.as_of,
    }
