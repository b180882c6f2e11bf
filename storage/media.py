"""Photos and voice messages: what an owner sent to help with their car, sealed, and erased when its time is over.

The platform only gives a handle with the message; the picture itself is fetched outside of any transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, LargeBinary, select, text, update
from sqlmodel import Field, SQLModel, col
from sqlmodel import select as orm_select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

WANTED, KEPT, LOST, ERASED = "wanted", "kept", "lost", "erased"
CARE = "care"  # may be used to help with what the owner wrote about, and for nothing else
TRY_AGAIN = (timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))


class Medium(SQLModel, table=True):
    """One photo or voice message. `state`: wanted → kept or lost (the platform has it no more); erased at its end.

    `consent`: what it may be used for. `kind`: photo or voice. `size` in bytes.
    """

    __table_args__ = (
        Index(
            "ix_medium_wanted",
            "next_try_at",
            sqlite_where=text("state = 'wanted'"),
            postgresql_where=text("state = 'wanted'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message_in.id", unique=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    channel: str = Field(max_length=16)
    kind: str = Field(max_length=8)
    consent: str = Field(default=CARE, max_length=16)
    handle_sealed: bytes
    state: str = Field(default=WANTED, max_length=8)
    body_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    mime: str = Field(default="", max_length=64)
    size: int = 0
    reason: str = Field(default="", max_length=200)
    tries: int = 0
    next_try_at: datetime = Field(sa_type=Moment)
    keep_until: datetime = Field(sa_type=Moment, index=True)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


MEDIA = table_of(Medium)


class Media:
    """Verbs on photos and voice messages."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def find(self, medium_id: int) -> Medium | None:
        return self.crm.session.get(Medium, medium_id)

    def of_conversation(self, conversation_id: int, since: datetime) -> list[Medium]:
        """What was sent in the talk since then, and is not erased."""
        query = orm_select(Medium).where(
            Medium.conversation_id == conversation_id, col(Medium.created_at) >= since, Medium.state != ERASED
        )
        return list(self.crm.session.exec(query.order_by(col(Medium.id))))

    def want(self, channel: str, kind: str, handle: str, *, conversation_id: int, owner_id: int) -> int:
        """Note that the message of this turn carries one, to be fetched soon."""
        assert self.crm.message_id is not None
        now = self.crm.now
        number = self.crm.insert(
            Medium,
            message_id=self.crm.message_id,
            conversation_id=conversation_id,
            owner_id=owner_id,
            channel=channel,
            kind=kind,
            handle_sealed=self.crm.keys.seal(handle, "medium.handle"),
            next_try_at=now,
            keep_until=now + self.crm.shop.policy.media_kept,
            created_at=now,
        )
        self.crm.record("medium.received", "medium", number, owner_id=owner_id, detail=kind)
        self.crm.after_commit_wake()
        return number

    def claim(self, limit: int) -> list[tuple[int, str, str]]:
        """Numbers, channels and handles of what is to be fetched now; nobody else gets them for a while."""
        due = (MEDIA.c.state == WANTED, MEDIA.c.next_try_at <= self.crm.now)
        query = select(MEDIA.c.id, MEDIA.c.channel, MEDIA.c.handle_sealed, MEDIA.c.tries).where(*due)
        rows = self.crm.connection.execute(query.order_by(MEDIA.c.id).limit(limit)).all()
        return [
            (row.id, row.channel, self.crm.keys.unseal(row.handle_sealed, "medium.handle"))
            for row in rows
            if self._mine(row)
        ]

    def keep(self, medium_id: int, body: bytes, mime: str) -> None:
        """Here it is."""
        sealed = self.crm.keys.seal(body, "medium.body")
        self._end(medium_id, state=KEPT, body_sealed=sealed, mime=mime[:64], size=len(body))

    def failed(self, medium_id: int, reason: str, *, for_good: bool) -> None:
        """It could not be fetched: the next try has its moment already, unless there is none any more."""
        tries: Any = self.crm.connection.execute(select(MEDIA.c.tries).where(MEDIA.c.id == medium_id)).scalar()
        if for_good or tries > len(TRY_AGAIN):
            self._end(medium_id, state=LOST, reason=reason[:200])

    def body(self, medium: Medium) -> bytes:
        return self.crm.keys.unseal_bytes(medium.body_sealed, "medium.body") if medium.body_sealed else b""

    def forget_old(self) -> int:
        """Erase what was kept long enough. Returns how many."""
        old = update(MEDIA).where(MEDIA.c.keep_until <= self.crm.now, MEDIA.c.state != ERASED)
        return self.crm.connection.execute(old.values(state=ERASED, body_sealed=None)).rowcount

    def _mine(self, row: Any) -> bool:
        """The next try's moment is the lease: of two that look at once, one moves it on."""
        wait = TRY_AGAIN[min(row.tries, len(TRY_AGAIN) - 1)]
        mine = (MEDIA.c.id == row.id, MEDIA.c.state == WANTED, MEDIA.c.tries == row.tries)
        statement = update(MEDIA).where(*mine).values(tries=row.tries + 1, next_try_at=self.crm.now + wait)
        return self.crm.connection.execute(statement).rowcount == 1

    def _end(self, medium_id: int, **values: Any) -> None:
        statement = update(MEDIA).where(MEDIA.c.id == medium_id, MEDIA.c.state == WANTED)
        self.crm.connection.execute(statement.values(values))
