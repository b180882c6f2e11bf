"""Whom churn alerts look at today: owners about whom something was written, whose day has come, or whose card waits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Date, Integer, bindparam, select, update

from storage.figures import FIGURES
from storage.figures_statement import figures, these
from storage.grading import Rulebook, days_of, on, rulebook
from storage.owners import OWNERS
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

BATCH = 2000  # owners at a time: a look with its alerts holds the store for a moment
LAST_OF_ALL = date(1, 1, 1)  # the rank of a card about no car that is due
NO_STORE = 0
# Asked per row that the index gives: as a join PostgreSQL would read every owner.
_ACTIVE = select(OWNERS.c.status).where(OWNERS.c.id == FIGURES.c.owner_id).scalar_subquery() == "active"
_DUE = Prepared(
    select(FIGURES.c.owner_id)
    .where(FIGURES.c.alert_on <= on("today"), _ACTIVE)
    .order_by(FIGURES.c.alert_on)
    .limit(BATCH)
)
_STORE = bindparam("store", type_=Integer())
_WAITING = Prepared(
    select(FIGURES.c.owner_id)
    .where(FIGURES.c.waits_at == _STORE, _ACTIVE)
    .order_by(FIGURES.c.waits_on.desc(), FIGURES.c.owner_id)
    .limit(bindparam("most", type_=Integer()))
)
_WAIT = Prepared(
    update(FIGURES)
    .where(FIGURES.c.owner_id == bindparam("owner", type_=Integer()))
    .values(waits_at=_STORE, waits_on=bindparam("rank", type_=Date()))
)


class ChurnLooks:
    """Verbs on the days kept in `owner_figures`."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def alone(self) -> None:
        """Of two ticks on PostgreSQL the second waits here."""
        self.crm.figures.alone()

    def due(self, today: date) -> list[int]:
        """The next owners whose day has come. Whoever takes them must `plan` them."""
        return sorted(row.owner_id for row in _DUE.all(self.crm.connection, today=today))

    def waiting(self, most: int, had: Mapping[int | None, int]) -> list[int]:
        """Owners whose card waits, `most` per store and day less what it has had, the first in rank. `plan` them."""
        found: list[int] = []
        for store_id in (None, *(store.key for store in self.crm.stores.all())):
            if (room := most - had.get(store_id, 0)) > 0:
                rows = _WAITING.all(self.crm.connection, store=store_id or NO_STORE, most=room)
                found += [row.owner_id for row in rows]
        return sorted(found)

    def plan(self, owner_ids: Sequence[int], today: date) -> None:
        """Looked at as of that day: the next look is when their facts may be others; no card of theirs waits."""
        ids = json.dumps(list(owner_ids))
        book, since = rulebook(self.crm.shop), self.crm.now - timedelta(days=1)
        _planned(book).run(self.crm.connection, ids=ids, booked_since=since, **days_of(book, today))

    def wait(self, cards: Iterable[tuple[int, int | None, date | None]]) -> None:
        """Cards wait for room, each by its owner, store and due day: the car that became due last comes first."""
        ranks = (
            {"owner": owner_id, "store": store_id or NO_STORE, "rank": due_on or LAST_OF_ALL}
            for owner_id, store_id, due_on in cards
        )
        _WAIT.run_all(self.crm.connection, ranks)


@lru_cache(16)
def _planned(book: Rulebook) -> Prepared:
    fresh = figures(book, these).cte("fresh").prefix_with("MATERIALIZED")
    mine = update(FIGURES).where(FIGURES.c.owner_id == fresh.c.owner_id)
    return Prepared(mine.values(alert_on=fresh.c.alert_next_on, waits_at=None, waits_on=None))
