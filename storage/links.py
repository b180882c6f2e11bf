"""Links: short signed addresses of an owner's pages (`/h/{token}`), each for one purpose and until one moment.

A token is the row's number and a keyed signature of it, so a guess is refused without a look into the store.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

BOOKING, COUPON, SURVEY, COMPLAINT, MY_DATA = "booking", "coupon", "survey", "complaint", "my_data"
NOTICES = "notices"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE_LENGTH = 16  # of base32 letters: 80 bits
_TOKEN = re.compile(rf"([0-9a-z]{{1,12}})-([a-z2-7]{{{SIGNATURE_LENGTH}}})")
_WHAT = "link.token"


class Link(SQLModel, table=True):
    """One address. `purpose`: booking, coupon, survey, complaint, my_data or notices; `subject`: the row it is about.

    `hold_id` and `appointment_id` are what its page holds and has booked: the same link never books twice.
    """

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    subject: int | None = None
    hold_id: int | None = None
    appointment_id: int | None = None
    expires_at: datetime = Field(sa_type=Moment)
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def evidence(self) -> str:
        """How records name the page on which something was said."""
        return f"link:{self.key}"


LINKS = table_of(Link)


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
        return self._token(number)

    def ready(self, purpose: str, owner_id: int, life: timedelta) -> str:
        """A token of that purpose that is open and has not been used; a new one if there is none."""
        query = select(Link).where(
            Link.owner_id == owner_id,
            Link.purpose == purpose,
            col(Link.subject).is_(None),
            col(Link.used_at).is_(None),
            col(Link.revoked_at).is_(None),
            col(Link.expires_at) > self.crm.now,
        )
        found = self.crm.session.exec(query.order_by(col(Link.id).desc())).first()
        return self._token(found.key) if found else self.make(purpose, owner_id, life)

    def address(self, token: str) -> str:
        """The whole address; only the path while the shop has no public one."""
        return f"{self.crm.shop.public_url}/h/{token}"

    def find(self, token: str, *, lock: bool = False) -> Link | None:
        """What the token was made for, over or not; nothing when it is forged.

        lock: nobody else acts by it until this is committed.
        """
        found = _TOKEN.fullmatch(token)
        if found is None:
            return None
        number = int(found[1], 36)
        signatures = (_signature(index) for index in self.crm.keys.indexes(f"{number}", _WHAT))
        if not any(hmac.compare_digest(found[2], one) for one in signatures) or number >= 2**31:
            return None
        query = select(Link).where(Link.id == number)
        return self.crm.session.exec(query.with_for_update() if lock else query).first()

    def is_over(self, link: Link) -> bool:
        return link.revoked_at is not None or link.expires_at <= self.crm.now

    def opened(self, token: str) -> Link | None:
        """What the token is for, opened now; nothing when it is forged or over."""
        link = self.find(token)
        if link is None or self.is_over(link):
            return None
        self.mark_opened(link)
        return link

    def mark_opened(self, link: Link) -> None:
        """Somebody has seen the page; the first time counts."""
        first = update(LINKS).where(LINKS.c.id == link.key, LINKS.c.opened_at.is_(None))
        self.crm.connection.execute(first.values(opened_at=self.crm.now))

    def used(self, link: Link, what: str) -> None:
        """Something was done on its page: "booked", "claimed"."""
        link.used_at = self.crm.now
        self.crm.session.flush()
        self.crm.record("link.used", "link", link.key, owner_id=link.owner_id, detail=what)

    def revoke(self, owner_id: int, purpose: str = "") -> int:
        """The owner's open links (of one purpose) stop working at once. Returns how many."""
        open_ones = update(LINKS).where(
            LINKS.c.owner_id == owner_id, LINKS.c.revoked_at.is_(None), LINKS.c.expires_at > self.crm.now
        )
        if purpose:
            open_ones = open_ones.where(LINKS.c.purpose == purpose)
        return self.crm.connection.execute(open_ones.values(revoked_at=self.crm.now)).rowcount

    def of_owner(self, owner_id: int) -> list[Link]:
        """Newest first."""
        query = select(Link).where(Link.owner_id == owner_id).order_by(col(Link.id).desc())
        return list(self.crm.session.exec(query))

    def _token(self, number: int) -> str:
        return f"{_in_36(number)}-{_signature(self.crm.keys.index(f'{number}', _WHAT))}"


def _signature(index: bytes) -> str:
    return base64.b32encode(index).decode().lower()[:SIGNATURE_LENGTH]


def _in_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
