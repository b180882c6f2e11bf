"""Churn models: what was learnt of who comes back, when, from how many, and how well it foretold the last year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Subquery, case, cast, func, literal, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.owners import OWNERS
from storage.statements import Prepared
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from core.prediction.fitting import NotEnough
    from core.prediction.learning import Learnt
    from core.prediction.past import Past
    from core.prediction.returning import Returning
    from core.prediction.rules import PredictionRules
    from core.prediction.value import Spending
    from storage.crm import Crm

LEARNING, FITTED, UNSURE, NOT_ENOUGH = "learning", "fitted", "unsure", "not_enough"
_AT_ONCE = 5_000  # rows that are fetched together


class ChurnModel(SQLModel, table=True):
    """One fit. `occurrence` is unique: the month, or the moment when somebody asked for it.

    `state`: learning, fitted, unsure (the search did not end on level ground: nothing is foretold), not_enough.
    `alpha` is in days, `spend_mean_fen` a visit's, `trial` JSON of core.prediction's Trial or NotEnough. `written_to`:
    the last owner whose prediction is written; none once all are.
    """

    __tablename__ = "churn_model"

    id: int | None = Field(default=None, primary_key=True)
    occurrence: str = Field(unique=True, max_length=32)
    state: str = Field(default=LEARNING, max_length=12)
    as_of: date
    k: int = 1
    at_first: bool = False
    r: float = 0.0
    alpha: float = 0.0
    a: float = 0.0
    b: float = 0.0
    log_likelihood: float = 0.0
    owners: int = 0
    repeaters: int = 0
    spend_mean_fen: int = 0
    spend_trust: float = 0.0
    trial: str = "{}"
    written_to: int | None = None
    fitted_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def returning(self) -> Returning:
        from core.prediction.returning import Returning

        return Returning(self.r, self.alpha, self.a, self.b, self.k, self.at_first)

    def spending(self) -> Spending:
        from core.prediction.value import Spending

        return Spending(self.spend_mean_fen, self.spend_trust)

    def tried(self) -> dict[str, Any]:
        trial: dict[str, Any] = json.loads(self.trial)
        return trial


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt from all visits until a day."""

    as_of: date
    learnt: Learnt | NotEnough
    spending: Spending


MODELS = table_of(ChurnModel)
_NEWEST = Prepared(core_select(MODELS.c.id, MODELS.c.as_of, MODELS.c.written_to).order_by(MODELS.c.id.desc()).limit(1))


def learn(past: Past, today: date, rules: PredictionRules) -> Lesson:
    """Computes for seconds where there are many owners."""
    from core.prediction.learning import learn as learn_from

    held_out = past.held_out(_split(today, rules), rules.held_out_days)
    return Lesson(today, learn_from(past.history(today), held_out, rules), past.spending())


class ChurnModels:
    """Verbs on churn models."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def latest(self) -> ChurnModel | None:
        return self.crm.session.exec(select(ChurnModel).order_by(col(ChurnModel.id).desc()).limit(1)).first()

    def newest(self) -> Any:
        """(id, as_of, written_to) of the same: what every tick looks at."""
        return _NEWEST.first(self.crm.connection)

    def get(self, model_id: int) -> ChurnModel:
        return self.crm.session.get_one(ChurnModel, model_id)

    def claim(self, occurrence: str) -> int | None:
        """The number of the new model. None: somebody had that occurrence before."""
        return self.crm.insert_once(ChurnModel, occurrence=occurrence, as_of=self.today(), fitted_at=self.crm.now)

    def past(self, today: date, after: int = 0, until: int | None = None) -> Past:
        """Of the owners with numbers above `after` and up to `until` who have been here, in one statement."""
        from core.prediction.past import Past

        return Past.of(self._rows(today, after, until))

    def keep(self, model_id: int, lesson: Lesson) -> ChurnModel:
        """Write what was learnt; where it is sure, predictions may follow."""
        spending = {"spend_mean_fen": round(lesson.spending.mean), "spend_trust": lesson.spending.trust}
        values = _values(lesson.learnt) | spending | {"as_of": lesson.as_of}
        self.crm.connection.execute(update(MODELS).where(MODELS.c.id == model_id).values(values))
        self.crm.record("churn_model.fitted", "churn_model", model_id, detail=values["state"])
        return self.crm.session.get_one(ChurnModel, model_id, populate_existing=True)

    def today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()

    def _rows(self, today: date, after: int, until: int | None) -> Iterator[Any]:
        days, split = self._days(today, after, until), literal(_split(today, self.crm.shop.policy.prediction))
        before = days.c.day <= split
        query = (
            core_select(
                days.c.owner_id,
                func.count(),
                func.min(days.c.day),
                func.max(days.c.day),
                func.sum(days.c.spent),
                func.sum(days.c.spent * days.c.spent),
                func.sum(case((before, 1), else_=0)),
                func.max(case((before, days.c.day))),
                func.min(case((~before, days.c.day))),
            )
            .group_by(days.c.owner_id)
            .order_by(days.c.owner_id)
        )
        yield from self.crm.connection.execute(query.execution_options(yield_per=_AT_ONCE))

    def _days(self, today: date, after: int, until: int | None) -> Subquery:
        """Each active owner's days with completed work orders, however many on one day, and what was spent on it."""
        spent = func.sum(cast(VISITS.c.amount_fen, Float)).label("spent")
        query = (
            core_select(VISITS.c.owner_id, VISITS.c.visited_on.label("day"), spent)
            .join(OWNERS, OWNERS.c.id == VISITS.c.owner_id)
            .where(VISITS.c.status == COMPLETED, VISITS.c.visited_on <= today, OWNERS.c.status == "active")
            .where(VISITS.c.owner_id > after)
            .group_by(VISITS.c.owner_id, VISITS.c.visited_on)
        )
        return (query if until is None else query.where(VISITS.c.owner_id <= until)).subquery()


def _split(today: date, rules: PredictionRules) -> date:
    """Visits after that day are held out, to see how well they would have been foretold."""
    return today - timedelta(days=rules.held_out_days)


def _values(learnt: Learnt | NotEnough) -> dict[str, Any]:
    from core.prediction.fitting import NotEnough

    if isinstance(learnt, NotEnough):
        counts = {"owners": learnt.owners, "repeaters": learnt.repeaters}
        return {"state": NOT_ENOUGH, "trial": json.dumps(asdict(learnt)), **counts}
    fit = learnt.fit
    return {
        **asdict(fit.model),
        "state": FITTED if fit.sure else UNSURE,
        "log_likelihood": fit.log_likelihood,
        "owners": fit.owners,
        "repeaters": fit.repeaters,
        "trial": json.dumps(asdict(learnt.trial)),
        "written_to": 0 if fit.sure else None,
    }
