"""Conversations: the state of one talk in one channel, and the ledger of what WeChat still lets us send there.

These rows are read and written in every turn, so they go by Core statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.identities import IDENTITIES, Identity
from storage.statements import Prepared, numbered, one_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Conversation(SQLModel, table=True):
    """One talk. `state_sealed` holds the dialogue stack; `person_until`: a person has the thread, the bot is silent."""

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id", unique=True)
    language: str = Field(default="", max_length=8)
    state_sealed: bytes | None = None
    person_until: datetime | None = Field(default=None, sa_type=Moment)
    window_left: int = 0  # customer-service messages WeChat still takes for this person …
    window_until: datetime | None = Field(default=None, sa_type=Moment)  # … until then
    started_at: datetime = Field(sa_type=Moment)
    last_in_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


CONVERSATIONS = table_of(Conversation)
_COLUMNS = (
    CONVERSATIONS.c.id,
    CONVERSATIONS.c.identity_id,
    CONVERSATIONS.c.language,
    CONVERSATIONS.c.state_sealed,
    CONVERSATIONS.c.person_until,
    CONVERSATIONS.c.window_left,
    CONVERSATIONS.c.window_until,
    IDENTITIES.c.channel,
    IDENTITIES.c.owner_id,
    IDENTITIES.c.staff_id,
    IDENTITIES.c.reachable,
)
_ADDRESS = (
    IDENTITIES.c.id.label("identity_id"),
    IDENTITIES.c.account_sealed,
    IDENTITIES.c.owner_id,
    IDENTITIES.c.reachable,
    CONVERSATIONS.c.id,
    CONVERSATIONS.c.language,
    CONVERSATIONS.c.window_left,
    CONVERSATIONS.c.window_until,
)


def _locked(account: ColumnElement[bool]) -> Select[Any]:
    return (
        core_select(*_COLUMNS)
        .join(IDENTITIES, CONVERSATIONS.c.identity_id == IDENTITIES.c.id)
        .where(IDENTITIES.c.channel == bindparam("channel"), account)
        .with_for_update(of=[CONVERSATIONS, IDENTITIES], key_share=True)
    )


_LOCKED = Prepared(_locked(IDENTITIES.c.account_hash == bindparam("hash")))
_LOCKED_WHILE_ROTATING = _locked(IDENTITIES.c.account_hash.in_(bindparam("hashes", expanding=True)))
_SAVED = ("language", "state_sealed", "person_until", "window_left", "window_until", "last_in_at")
_SAVE = Prepared(
    update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("number")).values({n: bindparam(n) for n in _SAVED})
)


@cache
def _addresses(count: int) -> Prepared:
    return Prepared(
        core_select(*_ADDRESS)
        .join(CONVERSATIONS, CONVERSATIONS.c.identity_id == IDENTITIES.c.id, isouter=True)
        .where(one_of(IDENTITIES.c.id, count))
    )


class Talk:
    """A conversation as one turn sees it: the row, who it is with, and its state in clear."""

    __slots__ = (
        "channel",
        "id",
        "identity_id",
        "language",
        "owner_id",
        "person_until",
        "reachable",
        "staff_id",
        "state",
        "window_left",
        "window_until",
    )

    def __init__(self, row: Any, state: bytes) -> None:
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
        self.state = state


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


class Conversations:
    """Verbs on conversations."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def locked(self, channel: str, account: str) -> Talk:
        """The conversation with that account, new if there was none, locked until the turn commits.

        The identity is locked too: PostgreSQL reads anew what it had to wait for, and nothing else of the row.
        """
        row = self._row(channel, account)
        if row is None:
            self._begin(channel, account)
            row = self._row(channel, account)
        sealed = row.state_sealed
        return Talk(row, self.crm.keys.unseal_bytes(sealed, "conversation.state") if sealed else b"")

    def save(self, talk: Talk) -> None:
        """Write back what the turn changed."""
        values = {
            "number": talk.id,
            "language": talk.language,
            "state_sealed": self.crm.keys.seal(talk.state, "conversation.state") if talk.state else None,
            "person_until": talk.person_until,
            "window_left": talk.window_left,
            "window_until": talk.window_until,
            "last_in_at": self.crm.now,
        }
        _SAVE.run(self.crm.connection, **values)

    def get(self, conversation_id: int) -> Conversation:
        return self.crm.session.get_one(Conversation, conversation_id)

    def of_identity(self, identity_id: int) -> Conversation | None:
        return self.crm.session.exec(select(Conversation).where(Conversation.identity_id == identity_id)).first()

    def of_owner(self, owner_id: int) -> list[Conversation]:
        """The owner's talks, the one they used last first."""
        query = (
            select(Conversation)
            .join(Identity, col(Conversation.identity_id) == col(Identity.id))
            .where(Identity.owner_id == owner_id, col(Identity.reachable))
        )
        return list(self.crm.session.exec(query.order_by(col(Conversation.last_in_at).desc())))

    def begun_with(self, identity: Identity) -> Conversation:
        """The talk with that account; an account that never wrote gets one now."""
        talk = self.of_identity(identity.key)
        if talk is None:
            self.crm.insert_once(Conversation, identity_id=identity.key, started_at=self.crm.now)
            talk = self.of_identity(identity.key)
        assert talk is not None
        return talk

    def best_of_owner(self, owner_id: int, channels: Sequence[str] = ()) -> tuple[Identity, Conversation] | None:
        """Where to write to an owner first: the account they used last, of `channels` only where those are given.

        WeChat takes nothing outside its window, so an account there comes first only while that is open; a text
        message costs money, so the phone comes last.
        """
        found = [
            (identity, self.begun_with(identity))
            for identity in self.crm.identities.to_write_to(owner_id)
            if not channels or identity.channel in channels
        ]
        return max(found, key=lambda pair: self._ease(*pair), default=None)

    def _ease(self, identity: Identity, talk: Conversation) -> tuple[int, datetime]:
        open_now = talk.window_left > 0 and talk.window_until is not None and talk.window_until > self.crm.now
        ease = {"wechat": 2 if open_now else 0, "sms": 1}.get(identity.channel, 2)
        return ease, talk.last_in_at or talk.started_at

    def addressees(self, identity_ids: Iterable[int]) -> dict[int, Addressee]:
        """The people behind those identities, by identity."""
        ids = list(identity_ids)
        open_account = self.crm.keys.unseal
        return {
            row.identity_id: Addressee(row, open_account(row.account_sealed, "identity.account"))
            for row in _addresses(len(ids)).all(self.crm.connection, **numbered(ids))
        }

    def use_window(self, conversation_id: int) -> bool:
        """Take one send out of the WeChat window. False: it is closed or used up."""
        statement = (
            update(CONVERSATIONS)
            .where(
                CONVERSATIONS.c.id == conversation_id,
                CONVERSATIONS.c.window_left > 0,
                CONVERSATIONS.c.window_until > self.crm.now,
            )
            .values(window_left=CONVERSATIONS.c.window_left - 1)
        )
        return self.crm.connection.execute(statement).rowcount == 1

    def close_window(self, conversation_id: int) -> None:
        """The platform says that nothing more may be sent."""
        statement = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id).values(window_left=0)
        self.crm.connection.execute(statement)

    def _row(self, channel: str, account: str) -> Any:
        hashes = self.crm.keys.indexes(account, f"identity.{channel}")
        if len(hashes) == 1:
            return _LOCKED.first(self.crm.connection, channel=channel, hash=hashes[0])
        return self.crm.connection.execute(_LOCKED_WHILE_ROTATING, {"channel": channel, "hashes": hashes}).first()

    def _begin(self, channel: str, account: str) -> None:
        identity_id = self.crm.identities.number(channel, account)
        self.crm.insert_once(Conversation, identity_id=identity_id, started_at=self.crm.now)
