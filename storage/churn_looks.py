"""Whom churn alerts look at today: owners about whom something was written, whose day has come, or whose card waits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, bindparam, func, select, update

from storage.columns import METADATA
from storage.figures_statement import figures, these
from storage.grading import Rulebook, days_of, on, rulebook
from storage.owners import OWNERS
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

BATCH = 5000  # owners at a time
LAST_OF_ALL = date(1, 1, 1)  # the rank of a card about no car that is due


class ChurnLooks:
    """Verbs on the days kept in `owner_figures`."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        self.table = METADATA.tables["owner_figures"]

    def batches(self, today: date, most: int, had: Mapping[int | None, int]) -> Iterator[list[int]]:
        """Owners to look at: first those whose cards wait, `most` per store and day less what it has had; then those
        whose day has come. Whoever takes a batch must `plan` it before the next."""
        self.crm.figures.alone()
        rows = _waiting().all(self.crm.connection, most=most)
        if waiting := sorted(row.owner_id for row in rows if row.n <= most - had.get(row.store_id, 0)):
            yield waiting
        due = _due()
        while rows := due.all(self.crm.connection, today=today):
            yield sorted(row.owner_id for row in rows)

    def plan(self, owner_ids: Sequence[int], today: date) -> None:
        """Looked at as of that day: the next look is when their facts may be others; no card of theirs waits."""
        ids = json.dumps(list(owner_ids))
        book, since = rulebook(self.crm.shop), self.crm.now - timedelta(days=1)
        _planned(book).run(self.crm.connection, ids=ids, booked_since=since, **days_of(book, today))

    def wait(self, ranks: dict[int, date | None]) -> None:
        """Cards about these owners wait for room, those of the car that became due last first."""
        rows = [{"owner": owner, "rank": rank or LAST_OF_ALL} for owner, rank in ranks.items()]
        if rows:
            mine = update(self.table).where(self.table.c.owner_id == bindparam("owner", type_=OWNERS.c.id.type))
            self.crm.connection.execute(mine.values(waits_on=bindparam("rank", type_=Date())), rows)


@lru_cache
def _due() -> Prepared:
    """By the index of the days alone: who is active is few owners' matter."""
    table = METADATA.tables["owner_figures"]
    active = select(OWNERS.c.id).where(OWNERS.c.id == table.c.owner_id, OWNERS.c.status == "active").exists()
    return Prepared(select(table.c.owner_id).where(table.c.alert_on <= on("today"), active).limit(BATCH))


@lru_cache
def _waiting() -> Prepared:
    t = METADATA.tables["owner_figures"].c
    store = select(OWNERS.c.store_id).where(OWNERS.c.id == t.owner_id).scalar_subquery()
    active = select(OWNERS.c.id).where(OWNERS.c.id == t.owner_id, OWNERS.c.status == "active").exists()
    first = func.row_number().over(partition_by=store, order_by=[t.waits_on.desc(), t.owner_id])
    ranked = (
        select(t.owner_id, store.label("store_id"), first.label("n")).where(t.waits_on.is_not(None), active).subquery()
    )
    return Prepared(select(ranked).where(ranked.c.n <= bindparam("most", type_=Integer())))


@lru_cache(16)
def _planned(book: Rulebook) -> Prepared:
    table: Any = METADATA.tables["owner_figures"]
    fresh = figures(book, these).cte("fresh").prefix_with("MATERIALIZED")
    mine = update(table).where(table.c.owner_id == fresh.c.owner_id)
    return Prepared(mine.values(alert_on=fresh.c.alert_next_on, waits_on=None))
