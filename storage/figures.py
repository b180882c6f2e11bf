"""Figures of owners: what their visits come to, the grade and stage that follow, and how those have changed.

Kept up by what changes: `look_at` takes owners about whom something was written, `night` those whose day has come (a
visit leaves the twelve months, a recency is crossed, the first 90 days are over). Nobody else is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Index, and_, case, literal, or_, text
from sqlalchemy import select as core_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, col, select

from core.churn import alert_day
from storage import locks
from storage.columns import table_of
from storage.figures_mark import follow_policy
from storage.figures_statement import Whose, between, figures, said_again, these
from storage.grade_changes import GradeChange, GradeChanges
from storage.grading import Rulebook, days_of, on, rulebook
from storage.owners import OWNERS
from storage.rule_tags import RuleTags
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

BATCH = 5000  # owners per statement


class OwnerFigures(SQLModel, table=True):
    """One owner's figures as of a day, in fen; they hold until `next_change_on` unless something is written.

    `alert_on`: when churn alerts look at them again. `waits_at`: the store (0: none) where a card about them waits for
    room, the one with the latest `waits_on` first.
    """

    __tablename__ = "owner_figures"
    __table_args__ = (Index("ix_owner_figures_waits", "waits_at", "waits_on"),)

    owner_id: int = Field(primary_key=True, foreign_key="owner.id", sa_column_kwargs={"autoincrement": False})
    last_visit_on: date | None = Field(default=None, index=True)
    first_visit_on: date | None = None
    visits_12m: int = 0
    spend_12m_fen: int = Field(default=0, sa_type=BigInteger)
    visits_total: int = 0
    spend_total_fen: int = Field(default=0, sa_type=BigInteger)
    last_rating: int | None = None
    next_change_on: date | None = Field(default=None, index=True)
    alert_on: date | None = Field(default=None, index=True)
    waits_at: int | None = None
    waits_on: date | None = None
    as_of: date


FIGURES = table_of(OwnerFigures)
Alert = Callable[[Any, Any], Any]  # when churn alerts look at an owner, by the fresh and the old figures
# In order, so that PostgreSQL goes by the index, of which it would else expect nothing.
_DUE = Prepared(
    core_select(FIGURES.c.owner_id)
    .where(FIGURES.c.next_change_on <= on("today"))
    .order_by(FIGURES.c.next_change_on)
    .limit(BATCH)
)
_KEPT = (
    "last_visit_on", "first_visit_on", "visits_12m", "spend_12m_fen", "visits_total", "spend_total_fen",
    "last_rating", "next_change_on",
)  # fmt: skip


class Figures:
    """Verbs on figures, grades and stages."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        self.changes = GradeChanges(crm)
        self.tags = RuleTags(crm)

    def of_owner(self, owner_id: int) -> OwnerFigures | None:
        """As they were looked at last; None before that."""
        return self.crm.session.get(OwnerFigures, owner_id)

    def history(self, owner_id: int) -> list[GradeChange]:
        """Every change of grade and stage, newest first."""
        query = select(GradeChange).where(GradeChange.owner_id == owner_id)
        return list(self.crm.session.exec(query.order_by(col(GradeChange.id).desc())))

    def look_at(self, owner_ids: Sequence[int]) -> None:
        """Something was written about them: figures, grade, stage and tags anew, and churn alerts look at them next."""
        for start in range(0, len(owner_ids), BATCH):
            self._look(sorted(owner_ids[start : start + BATCH]), self.today, _asked_now)

    def night(self, today: date) -> list[int]:
        """The next of those whose day has come by `today`, looked at; after a change of the policy everybody follows.
        [] once all are done."""
        follow_policy(self.crm)
        if due := self._due(today):
            self._look(due, today, _as_it_was)
        return due

    def recompute(self) -> None:
        """Everybody, batch by batch, all in this transaction; `recompute_after` does one batch."""
        done: int | None = 0
        while done is not None:
            done = self.recompute_after(done)

    def recompute_after(self, number: int, most: int = BATCH) -> int | None:
        """The next owners by number. Returns the last number that is done, None when there are no more."""
        following = core_select(OWNERS.c.id).where(OWNERS.c.id > number).order_by(OWNERS.c.id)
        first = self.crm.connection.execute(following.limit(1)).scalar()
        if first is None:
            return None
        self.alone()
        last = int(first) + most - 1
        self._follow(between, {"first": first, "last": last}, self.today, _as_it_should_be)
        return last

    def levels_changed(self, owner_ids: Sequence[int]) -> None:
        """Their churn level is another: the stage follows."""
        self.alone()
        for start in range(0, len(owner_ids), BATCH):
            ids = {"ids": json.dumps(owner_ids[start : start + BATCH])}
            self.changes.note(these, ids, self.today)

    def move_owner(self, old: int, new: int) -> None:
        """Two records became one: the next tick reckons its figures anew, until then those of one of them hold."""
        self.crm.session.flush()
        mine, others = FIGURES.c.owner_id == old, [column for column in FIGURES.c if column.name != "owner_id"]
        copied = core_select(literal(new), *others).where(mine)
        kept = _on_conflict(self.crm.is_sqlite)(FIGURES).from_select([FIGURES.c.owner_id, *others], copied)
        self.crm.connection.execute(kept.on_conflict_do_nothing())
        self.crm.connection.execute(FIGURES.delete().where(mine))

    def alone(self) -> None:
        """Of two transactions on PostgreSQL the second waits, and then reads what the first has written."""
        self.crm.session.flush()
        if not self.crm.is_sqlite:
            self.crm.connection.execute(text(f"SELECT pg_advisory_xact_lock({locks.FIGURES})"))

    @property
    def today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()

    def _due(self, today: date) -> list[int]:
        return sorted(row.owner_id for row in _DUE.all(self.crm.connection, today=today))

    def _look(self, owner_ids: list[int], today: date, alert: Alert) -> None:
        self.alone()
        ids = {"ids": json.dumps(owner_ids)}
        gone = core_select(OWNERS.c.id).where(these(OWNERS.c.id), OWNERS.c.status != "active")
        self.crm.connection.execute(FIGURES.delete().where(FIGURES.c.owner_id.in_(gone)), ids)  # merged or erased
        self._follow(these, ids, today, alert)

    def _follow(self, whose: Whose, values: dict[str, Any], today: date, alert: Alert) -> None:
        moments = {
            "booked_since": self.crm.now - timedelta(days=1),
            "asked_on": alert_day(self.crm.now, self.crm.shop.zone, self.crm.shop.policy.churn),
        }
        book = rulebook(self.crm.shop)
        keep = _keeping(book, whose, alert, self.crm.is_sqlite)
        keep.run(self.crm.connection, **values, **moments, **days_of(book, today))
        self.crm.session.expire_all()
        self.changes.note(whose, values, today)
        self.tags.follow(whose, values, today)


@lru_cache(16)
def _keeping(book: Rulebook, whose: Whose, alert: Alert, is_sqlite: bool) -> Prepared:
    """Writes the rows that are others than before, in one statement."""
    fresh, old = figures(book, whose).subquery("fresh"), FIGURES.alias("old")
    when, kept = alert(fresh.c, old.c), [fresh.c[name] for name in _KEPT]
    another = [column.is_distinct_from(old.c[column.name]) for column in kept]
    changed = (
        core_select(fresh.c.owner_id, *kept, when.label("alert_on"), on("today").label("as_of"))
        .select_from(fresh.outerjoin(old, and_(old.c.owner_id == fresh.c.owner_id, said_again(whose, old.c.owner_id))))
        .where(or_(old.c.owner_id.is_(None), *another, when.is_distinct_from(old.c.alert_on)))
    )
    names = ["owner_id", *_KEPT, "alert_on", "as_of"]
    statement = _on_conflict(is_sqlite)(FIGURES).from_select(names, changed)
    written = {name: statement.excluded[name] for name in names[1:]}
    return Prepared(statement.on_conflict_do_update(index_elements=["owner_id"], set_=written))


def _on_conflict(is_sqlite: bool) -> Any:
    return sqlite.insert if is_sqlite else postgresql.insert


def _asked_now(_fresh: Any, _old: Any) -> Any:
    """Churn alerts look at them in their next run."""
    return on("asked_on")


def _as_it_was(fresh: Any, old: Any) -> Any:
    """Nothing that churn alerts go by has changed."""
    return case((old.owner_id.is_(None), _asked_now(fresh, old)), else_=old.alert_on)


def _as_it_should_be(fresh: Any, old: Any) -> Any:
    """In the next run, where that waits already or the rules give another level now; else when their day comes."""
    now = _asked_now(fresh, old)
    waits = or_(old.owner_id.is_(None), old.alert_on <= now, fresh.level != fresh.churn_level)
    return case((waits, now), else_=fresh.alert_next_on)
