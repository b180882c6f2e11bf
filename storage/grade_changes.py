"""Changes of grade and stage: written on the owner once, and kept with the reasons of that day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from core.grades import GradeFacts, grade
from core.stages import StageFacts, stage
from storage.columns import METADATA
from storage.figures_statement import Whose, said_again, these
from storage.grading import Rulebook, days_of, grade_on, new_on, rulebook, stage_on
from storage.owners import OWNERS
from storage.statements import Prepared, inserting

if TYPE_CHECKING:
    from storage.crm import Crm


class GradeChange(SQLModel, table=True):
    """One change. `what`: grade or stage; `reasons`: JSON, [key of the text catalogue, value] each."""

    __tablename__ = "grade_change"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    on: date
    what: str = Field(max_length=8)
    before: str = Field(max_length=16)
    after: str = Field(max_length=16)
    reasons: str = "[]"

    @property
    def because(self) -> list[tuple[str, int | str]]:
        return [(why, value) for why, value in json.loads(self.reasons)]


class GradeChanges:
    """Verbs on changes of grade and stage."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def note(self, whose: Whose, values: dict[str, Any], today: date) -> int:
        """Write the grades and stages that are others than what the owners' records say. Returns how many changes."""
        self.crm.session.flush()
        book = rulebook(self.crm.shop)
        found = _changed(book, whose).all(self.crm.connection, **values, **days_of(book, today))
        changes = [change for row in found for change in _changes(self.crm, row, today)]
        rows = [
            row
            for what in ("grade", "stage")
            for row in self._written(what, [change for change in changes if change["what"] == what])
        ]
        if rows:
            inserting(GradeChange).run_all(self.crm.connection, rows)
            self.crm.session.expire_all()
        return len(changes)

    def _written(self, what: str, changes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Each on the owner's row, if that still says what was before; only what was written has a history."""
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for change in changes:
            groups[change["before"], change["after"]].append(change)
        for (before, after), group in groups.items():
            ids = json.dumps([change["owner_id"] for change in group])
            found = _claiming(what).all(self.crm.connection, ids=ids, before=before, after=after)
            written = {row.id for row in found}
            yield from (change for change in group if change["owner_id"] in written)


@lru_cache(16)
def _changed(book: Rulebook, whose: Whose) -> Prepared:
    """Owners of `whose` whose grade or stage is another by their figures, with the facts."""
    figures = METADATA.tables["owner_figures"]
    f = figures.c
    now = grade_on(book.grades, f.last_visit_on, f.visits_12m, f.spend_12m_fen)
    is_new = new_on(book.stages, f.first_visit_on, OWNERS.c.created_at)
    graded = (
        core_select(
            OWNERS.c.id, OWNERS.c.grade, OWNERS.c.stage, OWNERS.c.churn_level, OWNERS.c.created_at, f.last_visit_on,
            f.first_visit_on, f.visits_12m, f.spend_12m_fen, f.visits_total, now.label("now"), is_new.label("is_new"),
        )
        .select_from(OWNERS.join(figures, f.owner_id == OWNERS.c.id))
        .where(whose(OWNERS.c.id), OWNERS.c.status == "active", said_again(whose, f.owner_id))
        .cte("graded")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    g = graded.c
    then = stage_on(book.stages, g.now, g.churn_level, g.visits_total, g.is_new)
    return Prepared(core_select(graded).where(or_(g.grade != g.now, g.stage != then)).order_by(g.id))


@lru_cache
def _claiming(what: str) -> Prepared:
    """Claims the change on the owners' own rows."""
    mine = update(OWNERS).where(these(OWNERS.c.id), OWNERS.c[what] == bindparam("before", type_=String()))
    return Prepared(mine.values({what: bindparam("after", type_=String())}).returning(OWNERS.c.id))


def _changes(crm: Crm, row: Any, today: date) -> Iterator[dict[str, Any]]:
    """What changes for one owner, by the rules themselves, with their reasons."""
    policy = crm.shop.policy
    facts = GradeFacts(row.last_visit_on, row.visits_12m, row.spend_12m_fen)
    now, why = grade(facts, today, policy.grades)
    if now != row.grade:
        yield _change(row, "grade", now, why, today)
    since = row.first_visit_on or row.created_at.astimezone(crm.shop.zone).date()
    then, because = stage(StageFacts(since, row.visits_total, now, row.churn_level), today, policy.stages)
    if then != row.stage:
        yield _change(row, "stage", then, because, today)


def _change(row: Any, what: str, after: str, reasons: tuple[tuple[str, Any], ...], today: date) -> dict[str, Any]:
    kept = json.dumps(reasons, ensure_ascii=False)
    before = row.grade if what == "grade" else row.stage
    return {"owner_id": row.id, "on": today, "what": what, "before": before, "after": str(after), "reasons": kept}
