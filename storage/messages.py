"""Messages in: what people sent, as it came, kept under the platform's own unique key."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from core.messages import Inbound
from storage.columns import Moment, table_of
from storage.statements import inserting_once

if TYPE_CHECKING:
    from storage.crm import Crm

KEY_BYTES = 16


class MessageIn(SQLModel, table=True):
    """One accepted message. `state`: done, or failed (a bug, answered kindly; `error` says which)."""

    __tablename__ = "message_in"
    __table_args__ = (UniqueConstraint("channel", "key_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=16)
    key_hash: bytes  # of the platform's key, which for some WeChat events names the person
    kind: str = Field(max_length=16)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", index=True)
    text_sealed: bytes | None = None
    raw_sealed: bytes = Field(sa_type=LargeBinary)
    state: str = Field(default="done", max_length=8)
    error: str = ""
    received_at: datetime = Field(sa_type=Moment, index=True)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


MESSAGES_IN = table_of(MessageIn)


class Messages:
    """Verbs on messages in."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def accept(self, inbound: Inbound, conversation_id: int | None) -> int | None:
        """Keep the message. None when one with its key was accepted before."""
        keys = self.crm.keys
        words = inbound.text or inbound.choice
        row = {
            "channel": inbound.channel,
            "key_hash": key_hash(inbound.key),
            "kind": inbound.kind.value,
            "conversation_id": conversation_id,
            "text_sealed": keys.seal(words, "message.text") if words else None,
            "raw_sealed": keys.seal(inbound.raw, "message.raw"),
            "state": "done",
            "error": "",
            "received_at": self.crm.now,
        }
        number: int | None = inserting_once(MessageIn, self.crm.is_sqlite).value(self.crm.connection, **row)
        return number

    def find(self, channel: str, key: str) -> int | None:
        """The number of the message accepted under that key."""
        query = select(MessageIn.id).where(MessageIn.channel == channel, MessageIn.key_hash == key_hash(key))
        return self.crm.session.exec(query).first()

    def fail(self, message_id: int, error: str) -> None:
        statement = MESSAGES_IN.update().where(MESSAGES_IN.c.id == message_id).values(state="failed", error=error[:500])
        self.crm.connection.execute(statement)

    def of_conversation(self, conversation_id: int, latest: int | None = None) -> list[MessageIn]:
        """What they sent, in order; only the `latest` so many when that is given."""
        query = select(MessageIn).where(MessageIn.conversation_id == conversation_id)
        newest_first = self.crm.session.exec(query.order_by(col(MessageIn.id).desc()).limit(latest))
        return list(reversed(newest_first.all()))

    def text(self, message: MessageIn) -> str:
        return self.crm.keys.unseal(message.text_sealed, "message.text") if message.text_sealed else ""


def key_hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()[:KEY_BYTES]
