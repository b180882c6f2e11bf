"""Once a month the shop learns anew who comes back and how cars are driven, and foretells it of each owner.

A tick reads, learns while nobody waits for the store, keeps what it has learnt, and then writes of the owners one chunk
each time; `refit` does all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from core.errors import BadInput
from journeys.parts import Found, Pause
from storage.churn_models import ChurnModel, Lesson, learn
from storage.crm import Crm
from storage.db import Database


def run(crm: Crm, _room: int, lesson: Lesson | None = None) -> Found:
    """Decides nothing about anybody. One query when the month's predictions are written."""
    if lesson is not None:
        model = _keep(crm, lesson, _month(lesson.as_of))
    else:
        newest = crm.churn_models.newest()
        if newest is None or _month(newest.as_of) != _month(crm.churn_models.today()):
            return [], Pause(_to_learn(crm))
        model = None if newest.written_to is None else crm.churn_models.get(newest.id)
    if model is not None:
        crm.predictions.write_next(model)
    return [], None


def refit(database: Database, on_owners: Callable[[int], None] = lambda _: None) -> ChurnModel:
    """Learn from what there is now, without holding the store, and write everybody's prediction in short steps.

    on_owners: told how many owners more are done.
    """
    lesson = database.read(_to_learn)()
    model = database.transact(lambda crm: _keep(crm, lesson, crm.now.isoformat()))
    if model is None:
        raise BadInput("somebody else learns at this very moment: try again")
    write_next = partial(_write_next, model_id=model.key)
    while model.written_to is not None:
        model, written = database.transact(write_next)
        on_owners(written)
        database.give_way()
    return model


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _to_learn(crm: Crm) -> Callable[[], Lesson]:
    """What has been read is all that it needs."""
    today = crm.churn_models.today()
    return partial(learn, crm.churn_models.past(today), today, crm.shop.policy.prediction)


def _keep(crm: Crm, lesson: Lesson, occurrence: str) -> ChurnModel | None:
    """None: somebody has learnt it meanwhile."""
    claimed = crm.churn_models.claim(occurrence)
    if claimed is None:
        return None
    crm.driving.relearn(lesson.as_of)
    return crm.churn_models.keep(claimed, lesson)


def _write_next(crm: Crm, model_id: int) -> tuple[ChurnModel, int]:
    model = crm.churn_models.get(model_id)
    written = crm.predictions.write_next(model)
    crm.session.refresh(model)
    return model, written
