"""Mass members: who is meant by one mass send of WeChat, and how many of them a follower had this month."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from storage.columns import table_of
from storage.outbox_rows import OUTBOX, QUEUED

if TYPE_CHECKING:
    from storage.crm import Crm


class MassMember(SQLModel, table=True):
    """One follower of one mass send, which is a row of the outbox. `counts`: WeChat has taken it for them.

    `words_hash` is of the words and the day: the same words of one day leave together.
    """

    __tablename__ = "mass_member"
    __table_args__ = (UniqueConstraint("outbox_id", "identity_id"),)

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id")
    owner_id: int = Field(foreign_key="owner.id", index=True)
    identity_id: int = Field(foreign_key="identity.id", index=True)
    words_hash: str = Field(max_length=64, index=True)
    month: str = Field(max_length=7)  # "2026-11", the shop's
    counts: bool = True


MEMBERS = table_of(MassMember)


class MassMembers:
    """Verbs on mass members."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def left(self, identity_id: int) -> int:
        """How many mass sends WeChat still takes for that follower this month."""
        theirs = (MEMBERS.c.identity_id == identity_id, MEMBERS.c.month == self._month(), MEMBERS.c.counts)
        used = self.crm.connection.execute(core_select(func.count()).select_from(MEMBERS).where(*theirs)).scalar() or 0
        return self.crm.shop.policy.gate.mass_per_month - used

    def gathering(self, text: str) -> int | None:
        """The row of the outbox that waits with the same words today."""
        query = (
            core_select(MEMBERS.c.outbox_id)
            .join(OUTBOX, OUTBOX.c.id == MEMBERS.c.outbox_id)
            .where(MEMBERS.c.words_hash == self._hash(text), OUTBOX.c.state == QUEUED)
        )
        number: int | None = self.crm.connection.execute(query.order_by(MEMBERS.c.outbox_id).limit(1)).scalar()
        return number

    def join(self, outbox_id: int, owner_id: int, identity_id: int, text: str) -> None:
        facts = {"owner_id": owner_id, "identity_id": identity_id, "month": self._month()}
        self.crm.insert_once(MassMember, outbox_id=outbox_id, words_hash=self._hash(text), **facts)

    def of_row(self, outbox_id: int) -> list[Any]:
        """Rows with owner_id and identity_id."""
        query = core_select(MEMBERS).where(MEMBERS.c.outbox_id == outbox_id, MEMBERS.c.counts)
        return list(self.crm.connection.execute(query.order_by(MEMBERS.c.id)))

    def leave(self, outbox_id: int, owner_id: int | None = None) -> None:
        """They, or all of them, do not get it this way."""
        which = [MEMBERS.c.outbox_id == outbox_id] + ([MEMBERS.c.owner_id == owner_id] if owner_id else [])
        self.crm.connection.execute(update(MEMBERS).where(*which).values(counts=False))

    def _month(self) -> str:
        return f"{self.crm.now.astimezone(self.crm.shop.zone):%Y-%m}"

    def _hash(self, text: str) -> str:
        day = self.crm.now.astimezone(self.crm.shop.zone).date()
        return hashlib.sha256(f"{day} {text}".encode()).hexdigest()
