"""What the sender does with the rows of the outbox: claims them, and writes what became of each.

Statements here run in every send, so they are Core statements.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, func, insert, literal, or_, update
from sqlalchemy import select as core_select

from core.messages import Rank
from storage import locks
from storage.columns import Moment
from storage.outbox_rows import (
    ATTEMPTS,
    CLAIMED,
    FAILED,
    OUTBOX,
    QUEUED,
    SENT,
    SKIPPED,
    UNKNOWN,
    WAITING,
    WORD_CLAIMED,
    WORD_QUEUED,
)
from storage.statements import Prepared, numbered, one_of

if TYPE_CHECKING:
    from storage.crm import Crm

LEASE_SECONDS = 60.0
POSTPONED = "waits for its turn"
NO_RANK = 99
_LEFT = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row"), or_(OUTBOX.c.state == QUEUED, OUTBOX.c.state == CLAIMED))
    .values(state=SENT, platform_id=bindparam("platform"), left_at=bindparam("left", type_=Moment()))
)


class Sending:
    """The sender's verbs on the outbox."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def claim(
        self, worker: str, real_now: float, limit: int, *, full: Sequence[str] = (), below: int | None = None
    ) -> list[Any]:
        """Rows that may leave now, first things first, at most one per destination and per chain, claimed for `worker`.

        Not those of channels that are `full`, and only ranks `below` one where that is given.
        """
        wanted: list[Any] = []
        seen: set[str] = set()
        claimable = _claimable(self.crm.is_sqlite, tuple(full))
        for row in claimable.all(self.crm.connection, now=self.crm.now, below=below or NO_RANK, most=limit):
            if row.alone and row.destination not in seen and row.chain not in seen:
                wanted.append(row)
                seen |= {row.destination, row.chain}
        if not wanted:
            return []
        ids, until = numbered(row.id for row in wanted), real_now + LEASE_SECONDS
        claimed = _claiming(len(wanted)).all(self.crm.connection, worker=worker, until=until, **ids)
        mine = {row.id for row in claimed}
        return [row for row in wanted if row.id in mine]

    def next_due(self) -> datetime | None:
        """When the next queued row may leave."""
        moment: datetime | None = _NEXT_DUE.value(self.crm.connection)
        return moment

    def left(self, row_id: int, platform_id: str) -> None:
        self._close(row_id, SENT, platform_id=platform_id)

    def all_left(self, sent: Sequence[tuple[int, str]]) -> None:
        """Row numbers and the platform's ids of the messages, in one statement."""
        if sent:
            now = self.crm.now
            values = [{"row": row_id, "platform": platform_id, "left": now} for row_id, platform_id in sent]
            _LEFT.run_all(self.crm.connection, values)

    def give_up(self, row_id: int, state: str, reason: str) -> None:
        """failed, expired, skipped or unknown, and why."""
        self._close(row_id, state, reason=reason[:200])
        self._attempt(row_id, state, reason)
        if state != UNKNOWN:
            self.crm.steps.came_to_nothing(row_id, reason)

    def try_again(self, row_id: int, due_at: datetime, reason: str, *, counts: bool = True) -> None:
        """`counts` false: the platform was only busy, this was not one of the tries."""
        values: dict[str, Any] = {"state": QUEUED, "due_at": due_at, "reason": reason[:200] or "again"}
        if not counts:
            values["attempts"] = OUTBOX.c.attempts - 1
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == CLAIMED)
        self.crm.connection.execute(statement.values(values))
        self._attempt(row_id, "retry", reason)

    def postpone(self, row_id: int, due_at: datetime) -> None:
        """Not tried: the destination has had its share for now. What comes after it waits behind it."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == CLAIMED)
        values = {"state": QUEUED, "due_at": due_at, "attempts": OUTBOX.c.attempts - 1, "reason": POSTPONED}
        self.crm.connection.execute(statement.values(values))

    def bounced(self, row_id: int, reason: str) -> bool:
        """The platform had taken it and says that it was not delivered. False: it said so before."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == SENT)
        if self.crm.connection.execute(statement.values(state=FAILED, reason=reason[:200])).rowcount == 0:
            return False
        self._attempt(row_id, FAILED, reason)
        return True

    def wait_until(self, row_id: int, due_at: datetime) -> None:
        """Not now: what comes after it need not wait behind it."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == CLAIMED)
        values = {"state": QUEUED, "due_at": due_at, "attempts": OUTBOX.c.attempts - 1}
        self.crm.connection.execute(statement.values(values))

    def goes(self, row_id: int, way: str) -> None:
        """The gate has let it out by that way, which is paid for."""
        self.crm.connection.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(way=way))

    def is_there(self, row_id: int) -> None:
        """A page fetches it, under the number of the row that stands for it."""
        self._close(row_id, SKIPPED, reason="shown by another row")

    def recover(self, real_now: float, dead: Sequence[str] = ()) -> int:
        """Rows whose sender died are queued again; marketing that may have arrived is not repeated."""
        lost = and_(OUTBOX.c.state == CLAIMED, or_(OUTBOX.c.claimed_until < real_now, OUTBOX.c.claimed_by.in_(dead)))
        risky = and_(lost, OUTBOX.c.rank >= Rank.MARKETING)
        self.crm.connection.execute(
            update(OUTBOX).where(risky).values(state=UNKNOWN, reason="the sender stopped in the middle")
        )
        return self.crm.connection.execute(update(OUTBOX).where(lost).values(state=QUEUED)).rowcount

    def forgotten(self, worker: str, known: Sequence[int]) -> int:
        """Rows claimed for that sender of which it never heard, as when the database went away in a commit."""
        mine = and_(OUTBOX.c.state == CLAIMED, OUTBOX.c.claimed_by == worker, OUTBOX.c.id.not_in(list(known)))
        return self.crm.connection.execute(update(OUTBOX).where(mine).values(state=QUEUED)).rowcount

    def claimers(self) -> list[str]:
        query = core_select(OUTBOX.c.claimed_by).where(OUTBOX.c.state == CLAIMED).distinct()
        return list(self.crm.connection.execute(query).scalars())

    def _close(self, row_id: int, state: str, **values: Any) -> None:
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state.in_(WAITING))
        self.crm.connection.execute(statement.values(state=state, left_at=self.crm.now, **values))

    def _attempt(self, row_id: int, outcome: str, error: str) -> None:
        row = {"outbox_id": row_id, "at": self.crm.now, "outcome": outcome, "error": error[:300]}
        self.crm.connection.execute(insert(ATTEMPTS), row)


def _in_the_air() -> Select[Any]:
    """What flies already of the row's chain."""
    flying = OUTBOX.alias("flying")
    return core_select(flying.c.id).where(flying.c.chain == OUTBOX.c.chain, flying.c.state == WORD_CLAIMED)


@functools.cache
def _claimable(sqlite: bool, full: tuple[str, ...]) -> Prepared:
    """Due rows with nothing in front of them and nothing of their chain in the air; `now`, `below`, `most`."""
    earlier, now = OUTBOX.alias("earlier"), bindparam("now", type_=Moment())
    in_front = core_select(earlier.c.id).where(
        earlier.c.destination == OUTBOX.c.destination,
        earlier.c.id < OUTBOX.c.id,
        earlier.c.state.in_((WORD_QUEUED, WORD_CLAIMED)),
        earlier.c.rank <= OUTBOX.c.rank,
        or_(earlier.c.due_at <= now, earlier.c.reason != ""),
    )
    chain_lock = func.pg_try_advisory_xact_lock(locks.CLAIMING, func.hashtext(OUTBOX.c.chain))
    alone = literal(True) if sqlite else chain_lock  # two senders may look at the same moment
    open_ = [~OUTBOX.c.destination.startswith(f"{channel}:", autoescape=True) for channel in full]
    return Prepared(
        core_select(OUTBOX, alone.label("alone"))
        .where(OUTBOX.c.state == WORD_QUEUED, OUTBOX.c.due_at <= now, OUTBOX.c.rank < bindparam("below"), *open_)
        .where(~in_front.exists(), ~_in_the_air().exists())
        .order_by(OUTBOX.c.rank, OUTBOX.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@functools.cache
def _claiming(count: int) -> Prepared:
    return Prepared(
        update(OUTBOX)
        .where(one_of(OUTBOX.c.id, count), OUTBOX.c.state == WORD_QUEUED, ~_in_the_air().exists())
        .values(
            state=CLAIMED,
            attempts=OUTBOX.c.attempts + 1,
            claimed_by=bindparam("worker"),
            claimed_until=bindparam("until"),
        )
        .returning(OUTBOX.c.id)
    )


_NEXT_DUE = Prepared(
    core_select(OUTBOX.c.due_at).where(OUTBOX.c.state == WORD_QUEUED).order_by(OUTBOX.c.due_at).limit(1)
)
