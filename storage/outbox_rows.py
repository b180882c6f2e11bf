"""The rows of the outbox: everything that must leave, and the tries that did not end well.

`state`: queued → claimed → sent; or failed (permanently refused), expired, skipped (nothing to say any more),
unknown (may have arrived, not to be repeated), answered (returned in the response of the request itself), handed (a
person sends it).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, literal_column
from sqlmodel import Field, SQLModel, text

from storage.columns import Moment, table_of

QUEUED, CLAIMED, SENT, ANSWERED = "queued", "claimed", "sent", "answered"
FAILED, EXPIRED, SKIPPED, UNKNOWN = "failed", "expired", "skipped", "unknown"
HANDED = "handed"
WAITING = (QUEUED, CLAIMED)


class OutboxRow(SQLModel, table=True):
    """One thing to send.

    `kind`: bubble (words to an owner), card (a task's card), note (words to staff), tap (the answer to a tap), mass
    (the same words to many followers), hand (words that a person is asked to send). `way`: how a bubble left where
    its channel has several ways (template, subscribe …); empty until the gate has let it out.
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
            "ix_outbox_receipt",
            "platform_id",
            sqlite_where=text("way IN ('template', 'mass')"),
            postgresql_where=text("way IN ('template', 'mass')"),
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
    way: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": text("''")})
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
WORD_QUEUED: Any = literal_column("'queued'")
WORD_CLAIMED: Any = literal_column("'claimed'")
