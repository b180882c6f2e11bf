"""Codes sent to a phone by text message: whoever types one back has that phone."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import Field, SQLModel

from core.errors import Refused
from core.messages import Bubble, Notice, Rank
from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

DIGITS = 6
_PHONE, _CODE = "phone_code.phone", "phone_code.code"


class PhoneCode(SQLModel, table=True):
    """One code, for a few minutes. Both marks are keyed: neither the phone nor the code can be read from them."""

    __tablename__ = "phone_code"

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    phone_mark: bytes = Field(index=True)
    code_mark: bytes
    tries: int = 0
    sent_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


CODES = table_of(PhoneCode)


class PhoneCodes:
    """Verbs on codes."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def send(self, conversation_id: int, phone: str, text: str) -> None:
        """Text a new code to the phone; `text` has "{code}" where it stands. Raises Refused when it is too soon."""
        keys, now = self.crm.keys, self.crm.now
        mark = keys.index(phone, _PHONE)
        self._check_limits(mark, conversation_id)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        life = self.crm.shop.policy.phone_codes.life
        self.crm.insert(
            PhoneCode,
            conversation_id=conversation_id,
            phone_mark=mark,
            code_mark=keys.index(f"{phone} {code}", _CODE),
            sent_at=now,
            expires_at=now + life,
        )
        identity = self.crm.identities.ensure("sms", phone)
        talk = self.crm.conversations.begun_with(identity)
        bubble = Bubble(text.format(code=code), notice=Notice("code", (("code", code),)))
        self.crm.outbox.queue_bubble("sms", identity.key, talk.key, bubble, Rank.REPLY, life)

    def check(self, conversation_id: int, phone: str, code: str) -> bool:
        """Whether it is the newest code that was sent for this talk. Each wrong one uses up a try."""
        newest = (
            select(CODES.c.id)
            .where(CODES.c.conversation_id == conversation_id, CODES.c.phone_mark == self.crm.keys.index(phone, _PHONE))
            .order_by(CODES.c.id.desc())
            .limit(1)
        )
        number = self.crm.connection.execute(newest).scalar()
        most, now = self.crm.shop.policy.phone_codes.tries, self.crm.now
        usable = (CODES.c.id == number, CODES.c.tries < most, CODES.c.used_at.is_(None), CODES.c.expires_at > now)
        right = CODES.c.code_mark == self.crm.keys.index(f"{phone} {code}", _CODE)
        if self.crm.connection.execute(update(CODES).where(*usable, right).values(used_at=now)).rowcount == 1:
            return True
        self.crm.connection.execute(update(CODES).where(*usable).values(tries=CODES.c.tries + 1))
        return False

    def _check_limits(self, mark: bytes, conversation_id: int) -> None:
        for limit in self.crm.shop.policy.phone_codes.limits:
            since = CODES.c.sent_at > self.crm.now - limit.within
            for whose in (CODES.c.phone_mark == mark, CODES.c.conversation_id == conversation_id):
                count = self.crm.connection.execute(select(func.count()).where(since, whose)).scalar_one()
                if count >= limit.most:
                    raise Refused("too many codes were sent to this phone: try again later")
