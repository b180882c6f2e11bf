"""Signing in: one-time links for staff, and the sessions they open. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.staff import Staff

if TYPE_CHECKING:
    from storage.crm import Crm

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(days=14)


class SignIn(SQLModel, table=True):
    """A link (`kind` "link", works once) or the session it opened (`kind` "session")."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    kind: str = Field(max_length=8)
    token_hash: bytes = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


SIGN_INS = table_of(SignIn)


class SignIns:
    """Verbs on signing in."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def link(self, staff_id: int) -> str:
        """The token of a new one-time link."""
        self.crm.record("sign_in.link_made", "staff", staff_id)
        return self._new(staff_id, "link", LINK_LIFE)

    def use_link(self, token: str) -> str | None:
        """Trade a link's token for a session's; nothing when it was used, is over or never was."""
        now, hash_ = self.crm.now, _hash(token)
        alive = (SIGN_INS.c.token_hash == hash_) & (SIGN_INS.c.kind == "link") & SIGN_INS.c.used_at.is_(None)
        statement = update(SIGN_INS).where(alive, SIGN_INS.c.expires_at > now).values(used_at=now)
        staff_id = self.crm.connection.execute(statement.returning(SIGN_INS.c.staff_id)).scalar()
        if staff_id is None:
            return None
        self.crm.record("sign_in.opened", "staff", staff_id)
        return self._new(staff_id, "session", SESSION_LIFE)

    def staff(self, session_token: str) -> Staff | None:
        """Who is signed in, if they still work here."""
        query = (
            select(Staff)
            .join(SignIn, col(SignIn.staff_id) == col(Staff.id))
            .where(
                SignIn.token_hash == _hash(session_token),
                SignIn.kind == "session",
                col(SignIn.expires_at) > self.crm.now,
                col(Staff.active),
            )
        )
        return self.crm.session.exec(query).first()

    def end_session(self, session_token: str) -> None:
        """Signed out on this device."""
        alive = (SIGN_INS.c.token_hash == _hash(session_token)) & (SIGN_INS.c.expires_at > self.crm.now)
        ended = update(SIGN_INS).where(alive, SIGN_INS.c.kind == "session").values(expires_at=self.crm.now)
        staff_id = self.crm.connection.execute(ended.returning(SIGN_INS.c.staff_id)).scalar()
        if staff_id is not None:
            self.crm.record("sign_in.ended", "staff", staff_id)

    def revoke(self, staff_id: int) -> None:
        statement = update(SIGN_INS).where(SIGN_INS.c.staff_id == staff_id, SIGN_INS.c.expires_at > self.crm.now)
        self.crm.connection.execute(statement.values(expires_at=self.crm.now))

    def _new(self, staff_id: int, kind: str, life: timedelta) -> str:
        token = secrets.token_urlsafe(24)
        row = SignIn(
            staff_id=staff_id,
            kind=kind,
            token_hash=_hash(token),
            expires_at=self.crm.now + life,
            created_at=self.crm.now,
        )
        self.crm.session.add(row)
        self.crm.session.flush()
        return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
