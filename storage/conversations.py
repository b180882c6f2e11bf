"""Conversations: the state of one talk in one channel, and the ledger of what WeChat still lets us send there.

These rows are read and written in every turn, so they go by Core statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from core.messages import Choice
from storage.conversation_rows import CONVERSATIONS, Addressee, Conversation, Talk
from storage.identities import IDENTITIES, Identity
from storage.statements import Prepared, numbered, one_of

if TYPE_CHECKING:
    from storage.crm import Crm


_COLUMNS = (
    CONVERSATIONS.c.id,
    CONVERSATIONS.c.identity_id,
    CONVERSATIONS.c.language,
    CONVERSATIONS.c.state_sealed,
    CONVERSATIONS.c.pushed_sealed,
    CONVERSATIONS.c.person_until,
    CONVERSATIONS.c.window_left,
    CONVERSATIONS.c.window_until,
    CONVERSATIONS.c.look_again_at,
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


def _locked(*which: ColumnElement[bool]) -> Select[Any]:
    return (
        core_select(*_COLUMNS)
        .join(IDENTITIES, CONVERSATIONS.c.identity_id == IDENTITIES.c.id)
        .where(*which)
        .with_for_update(of=[CONVERSATIONS, IDENTITIES], key_share=True)
    )


_IN_CHANNEL = IDENTITIES.c.channel == bindparam("channel")
_LOCKED = Prepared(_locked(_IN_CHANNEL, IDENTITIES.c.account_hash == bindparam("hash")))
_LOCKED_WHILE_ROTATING = _locked(_IN_CHANNEL, IDENTITIES.c.account_hash.in_(bindparam("hashes", expanding=True)))
_LOCKED_BY_NUMBER = Prepared(_locked(CONVERSATIONS.c.id == bindparam("number")))
_SAVED = (
    "language", "state_sealed", "pushed_sealed", "person_until", "window_left", "window_until", "look_again_at",
    "last_in_at",
)  # fmt: skip
_SAVE = Prepared(
    update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("number")).values({n: bindparam(n) for n in _SAVED})
)
_PUT_DOWN = Prepared(
    update(CONVERSATIONS)
    .where(CONVERSATIONS.c.id == bindparam("number"))
    .values({n: bindparam(n) for n in ("state_sealed", "look_again_at")})
)
_TO_LOOK_AT = Prepared(
    core_select(CONVERSATIONS.c.id)
    .where(CONVERSATIONS.c.look_again_at <= bindparam("now"))
    .order_by(CONVERSATIONS.c.look_again_at)
    .limit(bindparam("most"))
)


@cache
def _addresses(count: int) -> Prepared:
    return Prepared(
        core_select(*_ADDRESS)
        .join(CONVERSATIONS, CONVERSATIONS.c.identity_id == IDENTITIES.c.id, isouter=True)
        .where(one_of(IDENTITIES.c.id, count))
    )


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
        return self._talk(row)

    def locked_by_number(self, conversation_id: int) -> Talk:
        """The same of a talk that is there."""
        return self._talk(_LOCKED_BY_NUMBER.first(self.crm.connection, number=conversation_id))

    def to_look_at(self, most: int = 200) -> list[int]:
        """Talks that time has to look at by now."""
        return [row.id for row in _TO_LOOK_AT.all(self.crm.connection, now=self.crm.now, most=most)]

    def pushed(self, conversation_id: int, choices: Sequence[Choice]) -> None:
        """Something with these choices was sent although the owner had not written."""
        options = json.dumps([[choice.id, choice.label] for choice in choices], ensure_ascii=False)
        sealed = self.crm.keys.seal(options, "conversation.pushed")
        statement = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
        self.crm.connection.execute(statement.values(pushed_sealed=sealed))

    def put_down(self, talk: Talk) -> None:
        """Write what time changed; the owner has said nothing."""
        facts = {"state_sealed": self._sealed(talk), "look_again_at": talk.look_again_at}
        _PUT_DOWN.run(self.crm.connection, number=talk.id, **facts)

    def save(self, talk: Talk) -> None:
        """Write back what the turn changed."""
        values = {
            "number": talk.id,
            "language": talk.language,
            "state_sealed": self._sealed(talk),
            "pushed_sealed": None,
            "look_again_at": talk.look_again_at,
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

    def speak(self, owner_id: int, language: str) -> None:
        """All of the owner's talks go on in that language."""
        theirs = core_select(IDENTITIES.c.id).where(IDENTITIES.c.owner_id == owner_id)
        statement = update(CONVERSATIONS).where(CONVERSATIONS.c.identity_id.in_(theirs))
        self.crm.connection.execute(statement.values(language=language))

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

    def _talk(self, row: Any) -> Talk:
        unseal, state, pushed = self.crm.keys.unseal_bytes, row.state_sealed, row.pushed_sealed
        return Talk(
            row,
            unseal(state, "conversation.state") if state else b"",
            unseal(pushed, "conversation.pushed") if pushed else b"",
        )

    def _sealed(self, talk: Talk) -> bytes | None:
        return self.crm.keys.seal(talk.state, "conversation.state") if talk.state else None

    def _row(self, channel: str, account: str) -> Any:
        hashes = self.crm.keys.indexes(account, f"identity.{channel}")
        if len(hashes) == 1:
            return _LOCKED.first(self.crm.connection, channel=channel, hash=hashes[0])
        return self.crm.connection.execute(_LOCKED_WHILE_ROTATING, {"channel": channel, "hashes": hashes}).first()

    def _begin(self, channel: str, account: str) -> None:
        identity_id = self.crm.identities.number(channel, account)
        self.crm.insert_once(Conversation, identity_id=identity_id, started_at=self.crm.now)
