"""Who asked to be erased: only a keyed hash of how they could be reached, so that an old file does not bring them back.

The key is a secret of its own, sealed like any other field: it outlives the rotation of the encryption keys, which
could not make these hashes anew, since what they were made of is gone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
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
        self.crm.insert_once(Forgotten, what=what, value_hash=self._hash(what, value), at=self.crm.now)

    def knows(self, values: Mapping[str, Any], *, since: datetime | None = None) -> bool:
        """Whether a row of an import names somebody who was erased; `since`: after that moment."""
        marked = [(what, values[field]) for field, what in FIELDS.items() if field in values]
        return any(since is None or at >= since for at in self._moments(marked))

    def _moments(self, marked: Iterable[tuple[str, str]]) -> list[datetime]:
        if self._secret() is None:
            return []
        hashes = {self._hash(what, value) for what, value in marked}
        query = select(Forgotten.at).where(col(Forgotten.value_hash).in_(hashes), Forgotten.what != _SECRET)
        return list(self.crm.session.exec(query)) if hashes else []

    def _hash(self, what: str, value: str) -> bytes:
        return hmac.digest(self._secret() or self._make_secret(), f"{what}\0{value}".encode(), hashlib.sha256)[:16]

    def _make_secret(self) -> bytes:
        """Of two at once one is kept."""
        sealed = self.crm.keys.seal(secrets.token_bytes(32), "forgotten.secret")
        self.crm.insert_once(Forgotten, what=_SECRET, value_hash=b"", secret_sealed=sealed, at=self.crm.now)
        kept = self._secret()
        assert kept is not None
        return kept

    def _secret(self) -> bytes | None:
        sealed = self.crm.session.exec(select(Forgotten.secret_sealed).where(Forgotten.what == _SECRET)).first()
        return self.crm.keys.unseal_bytes(sealed, "forgotten.secret") if sealed else None
