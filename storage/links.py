"""Links: short signed addresses of an owner's pages (`/h/{token}`), each for one purpose and until one moment.

A token is the row's number and a keyed signature of it, so a guess is refused without a look into the store.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE_LENGTH = 16  # of base32 letters: 80 bits
_TOKEN = re.compile(rf"([0-9a-z]{{1,12}})-([a-z2-7]{{{SIGNATURE_LENGTH}}})")
_WHAT = "link.token"


class Link(SQLModel, table=True):
    """One address. `purpose`: booking, coupon, survey, complaint or my_data; `subject`: the row it is about."""

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    subject: int | None = None
    expires_at: datetime = Field(sa_type=Moment)
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Links:
    """Verbs on links."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def make(self, purpose: str, owner_id: int, life: timedelta, *, subject: int | None = None) -> str:
        """A token for that owner and purpose."""
        now = self.crm.now
        number = self.crm.insert(
            Link, purpose=purpose, owner_id=owner_id, subject=subject, expires_at=now + life, created_at=now
        )
        return f"{_in_36(number)}-{_signature(self.crm.keys.index(f'{number}', _WHAT))}"

    def address(self, token: str) -> str:
        """The whole address; only the path while the shop has no public one."""
        return f"{self.crm.shop.public_url}/h/{token}"

    def opened(self, token: str) -> Link | None:
        """What the token is for; nothing when it is forged or over."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            return None
        number = int(found[1], 36)
        signatures = (_signature(index) for index in self.crm.keys.indexes(f"{number}", _WHAT))
        if not any(hmac.compare_digest(found[2], one) for one in signatures) or number >= 2**31:
            return None
        link = self.crm.session.get(Link, number)
        if link is None or link.expires_at <= self.crm.now:
            return None
        if link.opened_at is None:
            link.opened_at = self.crm.now
            self.crm.session.flush()
        return link


def _signature(index: bytes) -> str:
    return base64.b32encode(index).decode().lower()[:SIGNATURE_LENGTH]


def _in_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
