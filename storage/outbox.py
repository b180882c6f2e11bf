"""The outbox: everything that must leave, written in the same transaction as the effect it tells of.

`state`: queued → claimed → sent; or failed (permanently refused), expired, skipped (nothing to say any more),
unknown (may have arrived, not to be repeated), answered (returned in the response of the request itself).
Statements here run in every turn and every send, so they are Core statements.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Index,
    LargeBinary,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal,
    literal_column,
    or_,
    update,
)
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select, text

from core.messages import Bubble, Rank, TapAnswer
from storage import locks
from storage.columns import Moment, table_of
from storage.conversations import CONVERSATIONS
from storage.identities import IDENTITIES
from storage.statements import Prepared, inserting, numbered, one_of

if TYPE_CHECKING:
    from storage.conversations import Talk
    from storage.crm import Crm
    from storage.identities import Identity
    from storage.tasks import Task

QUEUED, CLAIMED, SENT, ANSWERED = "queued", "claimed", "sent", "answered"
FAILED, EXPIRED, SKIPPED, UNKNOWN = "failed", "expired", "skipped", "unknown"
PULLED = ("web", "staff_web")  # channels whose page fetches what there is: nothing is sent to them
WAITING = (QUEUED, CLAIMED)
REPLY_LIFE = timedelta(hours=6)
CARD_LIFE = timedelta(days=2)
TAP_LIFE = timedelta(seconds=30)  # Telegram forgets a tap soon after
LEASE_SECONDS = 60.0
POSTPONED = "waits for its turn"


class OutboxRow(SQLModel, table=True):
    """One thing to send.

    `kind`: bubble (words to an owner), card (a task's card), note (words to staff), tap (the answer to a tap).
    `destination`: "telegram:identity:7", "telegram:store:2", "telegram:member:3", "wecom:store:2", "web:identity:4" —
    resolved to an address only when it is sent. `chain`: rows of one chain never fly at the same time, so that
    a crash repeats one send at the most.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "rank",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_busy_destination",
            "destination",
            sqlite_where=text("state IN ('queued', 'claimed')"),
            postgresql_where=text("state IN ('queued', 'claimed')"),
        ),
        Index(
            "ix_outbox_claimed_chain",
            "chain",
            sqlite_where=text("state = 'claimed'"),
            postgresql_where=text("state = 'claimed'"),
        ),
        Index(
            "ix_outbox_told",
            "platform_id",
            sqlite_where=text("task_id IS NOT NULL"),
            postgresql_where=text("task_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    rank: int
    kind: str = Field(max_length=8)
    destination: str = Field(max_length=48)
    chain: str = Field(max_length=32)
    payload_sealed: bytes = Field(sa_type=LargeBinary)
    state: str = Field(default=QUEUED, max_length=8)
    due_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    attempts: int = 0
    claimed_by: str = Field(default="", max_length=64)
    claimed_until: float = 0.0  # the machine's own clock: leases are about processes, not about the shop's time
    reason: str = Field(default="", max_length=200)
    platform_id: str = Field(default="", max_length=64)
    message_id: int | None = Field(default=None, foreign_key="message_in.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    instead_of: int | None = None  # the row of this table that could not go its way
    created_at: datetime = Field(sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)


class OutboxAttempt(SQLModel, table=True):
    """One try that did not end well, with the platform's words. A success stands on the row itself."""

    __tablename__ = "outbox_attempt"

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id", index=True)
    at: datetime = Field(sa_type=Moment)
    outcome: str = Field(max_length=16)
    error: str = Field(default="", max_length=300)


OUTBOX = table_of(OutboxRow)
ATTEMPTS = table_of(OutboxAttempt)
# Written out, not bound: SQLite uses a partial index only where it reads the very words of its condition.
_QUEUED: Any = literal_column("'queued'")
_CLAIMED: Any = literal_column("'claimed'")
NO_RANK = 99
_LEFT = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row"), or_(OUTBOX.c.state == QUEUED, OUTBOX.c.state == CLAIMED))
    .values(state=SENT, platform_id=bindparam("platform"), left_at=bindparam("left", type_=Moment()))
)


class Outbox:
    """Verbs on the outbox."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def reply(self, talk: Talk, bubbles: Sequence[Bubble], *, answered: int = 0) -> list[int]:
        """Answers in a talk; the first `answered` of them leave in the response of the request itself."""
        ids = []
        for index, bubble in enumerate(bubbles):
            state = ANSWERED if index < answered else QUEUED
            ids.append(
                self._insert(
                    Rank.REPLY,
                    "bubble",
                    f"{talk.channel}:identity:{talk.identity_id}",
                    bubble.packed(),
                    life=REPLY_LIFE,
                    state=state,
                    conversation_id=talk.id,
                )
            )
        return ids

    def queue_bubble(
        self,
        channel: str,
        identity_id: int,
        conversation_id: int,
        bubble: Bubble,
        rank: Rank,
        life: timedelta,
        due_at: datetime | None = None,
        task_id: int | None = None,
    ) -> int:
        """Words to an owner that are not an answer to what they just wrote; they live from `due_at` on.

        With a task they are a person's, who is told when they do not arrive.
        """
        if bubble.choices:
            self.crm.conversations.pushed(conversation_id, bubble.choices)
        return self._insert(
            rank,
            "bubble",
            f"{channel}:identity:{identity_id}",
            bubble.packed(),
            life=life,
            conversation_id=conversation_id,
            due_at=due_at,
            task_id=task_id,
        )

    def tell_owner(
        self,
        owner_id: int,
        bubble: Bubble,
        rank: Rank,
        life: timedelta,
        *,
        channels: Sequence[str] = (),
        due_at: datetime | None = None,
    ) -> OutboxRow | None:
        """Words to an owner where they are reached best; the sender looks for another way when that one is shut.

        None when there is no account of theirs to write to.
        """
        best = self.crm.conversations.best_of_owner(owner_id, channels)
        if best is None:
            return None
        identity, talk = best
        return self.get(self.queue_bubble(identity.channel, identity.key, talk.key, bubble, rank, life, due_at))

    def queue_instead(self, row_id: int, identity: Identity, life: timedelta) -> int:
        """The same words to another account of the same person, since they could not go where they were meant to."""
        row, talk = self.get(row_id), self.crm.conversations.begun_with(identity)
        return self._insert(
            Rank(row.rank),
            row.kind,
            f"{identity.channel}:identity:{identity.key}",
            self.payload(row),
            life=life,
            conversation_id=talk.key,
            task_id=row.task_id,
            instead_of=row_id,
        )

    def tried(self, row_id: int) -> set[int]:
        """The accounts (identities) that this message was meant for, first and instead."""
        found: set[int] = set()
        row: OutboxRow | None = self.get(row_id)
        while row is not None:
            found.add(int(row.destination.rpartition(":")[2]))
            row = self.get(row.instead_of) if row.instead_of else None
        return found

    def queue_card(self, place: str, task_id: int, post_id: int) -> int:
        """Bring the card at a place up to date; what it shows is read when it leaves."""
        payload = json.dumps({"task": task_id, "post": post_id}).encode()
        return self._insert(Rank.STAFF, "card", place, payload, life=CARD_LIFE, task_id=task_id)

    def queue_private_card(self, channel: str, staff_id: int, task: Task) -> int:
        """The full card, for the eyes of the one who took it."""
        payload = json.dumps({"task": task.key, "private": staff_id}).encode()
        destination = f"{channel}:member:{staff_id}"
        return self._insert(Rank.STAFF, "card", destination, payload, life=CARD_LIFE, task_id=task.key)

    def queue_note(self, place: str, bubble: Bubble, task_id: int | None = None) -> int:
        """Plain words to a staff group or a member; about a task, when one is given: a reply to them is about it."""
        return self._insert(Rank.STAFF, "note", place, bubble.packed(), life=CARD_LIFE, task_id=task_id)

    def told(self, destination: str, platform_id: str) -> Any:
        """The message about a task that stands there under the platform's id: `task_id`, `created_at`; or None."""
        query = core_select(OUTBOX.c.task_id, OUTBOX.c.created_at).where(
            OUTBOX.c.destination == destination, OUTBOX.c.platform_id == platform_id, OUTBOX.c.task_id.is_not(None)
        )
        return self.crm.connection.execute(query.order_by(OUTBOX.c.id.desc()).limit(1)).first()

    def answer_tap(self, channel: str, answer: TapAnswer) -> int:
        payload = json.dumps([answer.tap_id, answer.text, answer.url, answer.alert], ensure_ascii=False).encode()
        return self._insert(Rank.TAP, "tap", f"{channel}:tap:{answer.tap_id[:24]}", payload, life=TAP_LIFE)

    def payload(self, row: Any) -> bytes:
        return self.crm.keys.unseal_bytes(row.payload_sealed, "outbox.payload")

    def of_message(self, message_id: int) -> list[Any]:
        """What was answered to a message, in order: rows with id, state and the bubble."""
        query = (
            core_select(OUTBOX)
            .where(OUTBOX.c.message_id == message_id, OUTBOX.c.kind == "bubble")
            .order_by(OUTBOX.c.id)
        )
        return list(self.crm.connection.execute(query))

    def of_conversation(self, conversation_id: int, after: int = 0) -> list[Any]:
        """Everything said to an owner in a talk, in order."""
        query = core_select(OUTBOX).where(
            OUTBOX.c.conversation_id == conversation_id, OUTBOX.c.id > after, OUTBOX.c.kind == "bubble"
        )
        return list(self.crm.connection.execute(query.order_by(OUTBOX.c.id)))

    def fetch_again(self, ids: Sequence[int], by: str) -> None:
        """A repeated request takes the answers over: from now on only `by` may give them to the sender."""
        statement = update(OUTBOX).where(OUTBOX.c.id.in_(ids), OUTBOX.c.state == ANSWERED)
        self.crm.connection.execute(statement.values(reason=by))

    def latest_of_conversation(self, conversation_id: int, limit: int) -> list[Any]:
        """The newest things said to an owner in a talk, newest first."""
        query = core_select(OUTBOX).where(OUTBOX.c.conversation_id == conversation_id, OUTBOX.c.kind == "bubble")
        return list(self.crm.connection.execute(query.order_by(OUTBOX.c.id.desc()).limit(limit)))

    def give_to_sender(self, ids: Sequence[int], by: str = "") -> None:
        """Answers that did not make it into the response after all leave by the API, unless another took them over."""
        mine = (OUTBOX.c.id.in_(ids), OUTBOX.c.state == ANSWERED, OUTBOX.c.reason == by)
        statement = update(OUTBOX).where(*mine)
        self.crm.connection.execute(statement.values(state=QUEUED, due_at=self.crm.now))
        self.crm.after_commit_wake()

    def get(self, outbox_id: int) -> OutboxRow:
        return self.crm.session.get_one(OutboxRow, outbox_id)

    def waiting(self) -> int:
        """How many rows are on their way."""
        return len(self.crm.session.exec(select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING))).all())

    def skip_marketing(self, owner_id: int, channel: str, reason: str) -> int:
        """What waits for them there ("*": anywhere) and is marketing is not sent any more. Returns how many."""
        theirs = core_select(CONVERSATIONS.c.id).join(IDENTITIES, CONVERSATIONS.c.identity_id == IDENTITIES.c.id)
        theirs = theirs.where(IDENTITIES.c.owner_id == owner_id)
        if channel != "*":
            theirs = theirs.where(IDENTITIES.c.channel == channel)
        waiting = (
            OUTBOX.c.state == _QUEUED,
            OUTBOX.c.rank >= int(Rank.MARKETING),
            OUTBOX.c.conversation_id.in_(theirs),
        )
        statement = update(OUTBOX).where(*waiting).values(state=SKIPPED, reason=reason, left_at=self.crm.now)
        return self.crm.connection.execute(statement).rowcount

    # — the sender's verbs —

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

    def _insert(
        self,
        rank: Rank,
        kind: str,
        destination: str,
        payload: bytes,
        *,
        life: timedelta,
        state: str = QUEUED,
        conversation_id: int | None = None,
        task_id: int | None = None,
        instead_of: int | None = None,
        due_at: datetime | None = None,
    ) -> int:
        now, chain = self.crm.now, self.crm.chain
        if destination.partition(":")[0] in PULLED:
            state = ANSWERED
        row = {
            "rank": int(rank),
            "kind": kind,
            "destination": destination,
            "chain": chain or destination[:32],
            "payload_sealed": self.crm.keys.seal(payload, "outbox.payload"),
            "state": state,
            "due_at": due_at or now,
            "expires_at": (due_at or now) + life,
            "attempts": 0,
            "claimed_by": "",
            "claimed_until": 0.0,
            "reason": "",
            "platform_id": "",
            "message_id": self.crm.message_id,
            "conversation_id": conversation_id,
            "task_id": task_id,
            "instead_of": instead_of,
            "created_at": now,
            "left_at": now if state == ANSWERED else None,
        }
        if state == QUEUED:
            self.crm.after_commit_wake()
        number: int = inserting(OutboxRow).value(self.crm.connection, **row)
        return number

    def _close(self, row_id: int, state: str, **values: Any) -> None:
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state.in_(WAITING))
        self.crm.connection.execute(statement.values(state=state, left_at=self.crm.now, **values))

    def _attempt(self, row_id: int, outcome: str, error: str) -> None:
        row = {"outbox_id": row_id, "at": self.crm.now, "outcome": outcome, "error": error[:300]}
        self.crm.connection.execute(insert(ATTEMPTS), row)


def _in_the_air() -> Select[Any]:
    """What flies already of the row's chain."""
    flying = OUTBOX.alias("flying")
    return core_select(flying.c.id).where(flying.c.chain == OUTBOX.c.chain, flying.c.state == _CLAIMED)


@functools.cache
def _claimable(sqlite: bool, full: tuple[str, ...]) -> Prepared:
    """Due rows with nothing in front of them and nothing of their chain in the air; `now`, `below`, `most`."""
    earlier, now = OUTBOX.alias("earlier"), bindparam("now", type_=Moment())
    in_front = core_select(earlier.c.id).where(
        earlier.c.destination == OUTBOX.c.destination,
        earlier.c.id < OUTBOX.c.id,
        earlier.c.state.in_((_QUEUED, _CLAIMED)),
        earlier.c.rank <= OUTBOX.c.rank,
        or_(earlier.c.due_at <= now, earlier.c.reason != ""),
    )
    chain_lock = func.pg_try_advisory_xact_lock(locks.CLAIMING, func.hashtext(OUTBOX.c.chain))
    alone = literal(True) if sqlite else chain_lock  # two senders may look at the same moment
    open_ = [~OUTBOX.c.destination.startswith(f"{channel}:", autoescape=True) for channel in full]
    return Prepared(
        core_select(OUTBOX, alone.label("alone"))
        .where(OUTBOX.c.state == _QUEUED, OUTBOX.c.due_at <= now, OUTBOX.c.rank < bindparam("below"), *open_)
        .where(~in_front.exists(), ~_in_the_air().exists())
        .order_by(OUTBOX.c.rank, OUTBOX.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@functools.cache
def _claiming(count: int) -> Prepared:
    return Prepared(
        update(OUTBOX)
        .where(one_of(OUTBOX.c.id, count), OUTBOX.c.state == _QUEUED, ~_in_the_air().exists())
        .values(
            state=CLAIMED,
            attempts=OUTBOX.c.attempts + 1,
            claimed_by=bindparam("worker"),
            claimed_until=bindparam("until"),
        )
        .returning(OUTBOX.c.id)
    )


_NEXT_DUE = Prepared(core_select(OUTBOX.c.due_at).where(OUTBOX.c.state == _QUEUED).order_by(OUTBOX.c.due_at).limit(1))
