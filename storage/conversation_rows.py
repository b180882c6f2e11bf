"""The rows of conversations, and how one turn and the sender see them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, table_of


class Conversation(SQLModel, table=True):
    """One talk. `state_sealed` holds the dialogue stack; `person_until`: a person has the thread, the bot is silent.

    `pushed_sealed`: the choices of what was sent since the owner wrote last, so that "2" can be read back into one.
    `look_again_at`: something is unfinished, and time looks at it then: to remind of it once, at last to end it.
    """

    __table_args__ = (
        Index(
            "ix_conversation_unfinished",
            "look_again_at",
            sqlite_where=text("look_again_at IS NOT NULL"),
            postgresql_where=text("look_again_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id", unique=True)
    language: str = Field(default="", max_length=8)
    state_sealed: bytes | None = None
    pushed_sealed: bytes | None = None
    person_until: datetime | None = Field(default=None, sa_type=Moment)
    window_left: int = 0  # customer-service messages WeChat still takes for this person …
    window_until: datetime | None = Field(default=None, sa_type=Moment)  # … until then
    started_at: datetime = Field(sa_type=Moment)
    last_in_at: datetime | None = Field(default=None, sa_type=Moment)
    look_again_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Talk:
    """A conversation as one turn sees it: the row, who it is with, and its state in clear."""

    __slots__ = (
        "channel",
        "id",
        "identity_id",
        "language",
        "look_again_at",
        "owner_id",
        "person_until",
        "pushed",
        "reachable",
        "staff_id",
        "state",
        "window_left",
        "window_until",
    )

    def __init__(self, row: Any, state: bytes, pushed: bytes) -> None:
        self.id: int = row.id
        self.identity_id: int = row.identity_id
        self.channel: str = row.channel
        self.owner_id: int | None = row.owner_id
        self.staff_id: int | None = row.staff_id
        self.reachable: bool = row.reachable
        self.language: str = row.language
        self.person_until: datetime | None = row.person_until
        self.window_left: int = row.window_left
        self.window_until: datetime | None = row.window_until
        self.look_again_at: datetime | None = row.look_again_at
        self.state = state
        self.pushed: list[list[str]] = json.loads(pushed) if pushed else []  # [id, label] of each choice


class Addressee:
    """A person as the sender sees them: where they are, and what may be sent there."""

    __slots__ = (
        "account", "conversation_id", "identity_id", "language", "owner_id", "reachable", "window_left", "window_until",
    )  # fmt: skip

    def __init__(self, row: Any, account: str) -> None:
        self.account = account
        self.identity_id: int = row.identity_id
        self.conversation_id: int | None = row.id
        self.owner_id: int | None = row.owner_id
        self.language: str = row.language or "zh"
        self.reachable: bool = row.reachable
        self.window_left: int = row.window_left or 0
        self.window_until: datetime | None = row.window_until


CONVERSATIONS = table_of(Conversation)
