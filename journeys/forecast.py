"""Once a month the shop learns anew who comes back and how cars are driven, and foretells it of each owner.

A tick does it within its transaction, the owners in chunks, one a tick; `refit` does it at once and computes while
nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from core.errors import BadInput
from journeys.items import TickItem
from storage.churn_models import ChurnModel, Lesson
from storage.crm import Crm
from storage.db import Database


def run(crm: Crm) -> list[TickItem]:
    """Decides nothing about anybody. One query when the month's predictions are written."""
    newest, today = crm.churn_models.newest(), crm.churn_models.today()
    if newest is not None and _month(newest.as_of) == _month(today):
        model = None if newest.written_to is None else crm.churn_models.get(newest.id)
    elif model := crm.churn_models.refit(_month(today)):
        crm.driving.relearn(today)
    if model is not None:
        crm.predictions.write_next(model)
    return []


def refit(database: Database, on_owners: Callable[[int], None] = lambda _: None) -> ChurnModel:
    """Learn from what there is now, without holding the store, and write everybody's prediction in short steps.

    on_owners: told how many owners more are done.
    """
    lesson = database.read(_lesson)
    model = database.transact(lambda crm: _keep(crm, lesson))
    write_next = partial(_write_next, model_id=model.key)
    while model.written_to is not None:
        model, written = database.transact(write_next)
        on_owners(written)
        database.give_way()
    return model


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _lesson(crm: Crm) -> Lesson:
    today = crm.churn_models.today()
    return crm.churn_models.learn(crm.churn_models.past(today), today)


def _keep(crm: Crm, lesson: Lesson) -> ChurnModel:
    crm.driving.relearn(lesson.as_of)
    claimed = crm.churn_models.claim(crm.now.isoformat())
    if claimed is None:
        raise BadInput("somebody else learns at this very moment: try again")
    return crm.churn_models.keep(claimed, lesson)


def _write_next(crm: Crm, model_id: int) -> tuple[ChurnModel, int]:
    model = crm.churn_models.get(model_id)
    written = crm.predictions.write_next(model)
    crm.session.refresh(model)
    return model, written
