"""Who asked to be erased: only a keyed hash of how they could be reached, so that an old file does not bring them back.

The key is a secret of its own, sealed like any other field: it outlives the rotation of the encryption keys, which
could not make these hashes anew, since what they were made of is gone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

FIELDS = {"phone": "phone", "wechat_openid": "wechat", "telegram_id": "telegram"}  # of an import → what is marked
_SECRET = "secret"


class Forgotten(SQLModel, table=True):
    """One mark. `what`: phone, wechat, telegram, web, sms; the row "secret" holds the key of the hashes."""

    __table_args__ = (UniqueConstraint("what", "value_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    what: str = Field(max_length=16)
    value_hash: bytes
    secret_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    at: datetime = Field(sa_type=Moment)


class Forgettings:
    """Verbs on marks."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def mark(self, what: str, value: str) -> None:
        """Never again from an old file; marking twice changes nothing."""
        secret = self._secret or self._make_secret()
        self.crm.insert_once(Forgotten, what=what, value_hash=_hash(secret, what, value), at=self.crm.now)

    def among(self, rows: Sequence[Mapping[str, Any]], *, since: datetime | None = None) -> set[int]:
        """Which rows of an import, by place, name somebody who was erased; `since`: only after that moment."""
        if self._secret is None:
            return set()
        theirs = [{_hash(self._secret, w, str(row[f])) for f, w in FIELDS.items() if f in row} for row in rows]
        marked = set().union(*theirs)
        query = select(Forgotten.value_hash, Forgotten.at).where(col(Forgotten.value_hash).in_(marked))
        found = self.crm.session.exec(query).all() if marked else []
        hashes = {value for value, at in found if since is None or at >= since}
        return {place for place, one in enumerate(theirs) if one & hashes}

    @cached_property
    def _secret(self) -> bytes | None:
        sealed = self.crm.session.exec(select(Forgotten.secret_sealed).where(Forgotten.what == _SECRET)).first()
        return self.crm.keys.unseal_bytes(sealed, "forgotten.secret") if sealed else None

    def _make_secret(self) -> bytes:
        """Of two at once one is kept."""
        sealed = self.crm.keys.seal(secrets.token_bytes(32), "forgotten.secret")
        self.crm.insert_once(Forgotten, what=_SECRET, value_hash=b"", secret_sealed=sealed, at=self.crm.now)
        del self._secret
        assert self._secret is not None
        return self._secret


def _hash(secret: bytes, what: str, value: str) -> bytes:
    return hmac.digest(secret, f"{what}\0{value}".encode(), hashlib.sha256)[:16]
