"""Whom churn alerts look at today: owners about whom something was written, whose day has come, or whose card waits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, bindparam, func, select, update

from storage.columns import METADATA
from storage.days import day
from storage.figures_statement import figures, these
from storage.grading import Rulebook, rulebook
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

    def batches(self, today: date, most: int) -> Iterator[list[int]]:
        """Owners to look at, first those of the cards that wait, `most` per store. Whoever takes a batch must `plan` it
        before the next."""
        self.crm.figures.alone()
        if waiting := self._waiting(most):
            yield waiting
        t = self.table.c
        query = select(t.owner_id).join(OWNERS, OWNERS.c.id == t.owner_id)
        query = query.where(t.alert_on <= day(today), OWNERS.c.status == "active").limit(BATCH)
        while ids := sorted(self.crm.connection.execute(query).scalars()):
            yield ids

    def plan(self, owner_ids: Sequence[int], today: date) -> None:
        """Looked at as of that day: the next look is when their facts may be others; no card of theirs waits."""
        ids = json.dumps(list(owner_ids))
        since = self.crm.now - timedelta(days=1)
        _planned(rulebook(self.crm.shop), today).run(self.crm.connection, ids=ids, booked_since=since)

    def wait(self, ranks: dict[int, date | None]) -> None:
        """Cards about these owners wait for room, those of the car that became due last first."""
        rows = [{"owner": owner, "rank": rank or LAST_OF_ALL} for owner, rank in ranks.items()]
        if rows:
            mine = update(self.table).where(self.table.c.owner_id == bindparam("owner", type_=OWNERS.c.id.type))
            self.crm.connection.execute(mine.values(waits_on=bindparam("rank", type_=Date())), rows)

    def _waiting(self, most: int) -> list[int]:
        t = self.table.c
        first = func.row_number().over(partition_by=OWNERS.c.store_id, order_by=[t.waits_on.desc(), t.owner_id])
        ranked = (
            select(t.owner_id, first.label("n"))
            .join(OWNERS, OWNERS.c.id == t.owner_id)
            .where(t.waits_on.is_not(None), OWNERS.c.status == "active")
            .subquery()
        )
        query = select(ranked.c.owner_id).where(ranked.c.n <= most)
        return sorted(self.crm.connection.execute(query).scalars())


@lru_cache(16)
def _planned(book: Rulebook, today: date) -> Prepared:
    table: Any = METADATA.tables["owner_figures"]
    fresh = figures(book, these, today).cte("fresh").prefix_with("MATERIALIZED")
    mine = update(table).where(table.c.owner_id == fresh.c.owner_id)
    return Prepared(mine.values(alert_on=fresh.c.alert_next_on, waits_on=None))
