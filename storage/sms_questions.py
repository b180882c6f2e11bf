"""What a phone was asked by text message last: a reply says only YY, so there is one open question at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlmodel import Field, SQLModel

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class SmsQuestion(SQLModel, table=True):
    """One open question: what YY stands for, until when."""

    __tablename__ = "sms_question"

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id", unique=True)
    choice: str = Field(max_length=64)
    outbox_id: int  # the message that asks
    asked_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)


QUESTIONS = table_of(SmsQuestion)


class SmsQuestions:
    """Verbs on open questions."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def ask(self, identity_id: int, choice: str, outbox_id: int, life: timedelta) -> bool:
        """Whether this message may ask: it does already, or no other question is open to that phone."""
        now = self.crm.now
        mine = QUESTIONS.c.identity_id == identity_id
        self.crm.connection.execute(delete(QUESTIONS).where(mine, QUESTIONS.c.expires_at <= now))
        values = {"identity_id": identity_id, "choice": choice, "outbox_id": outbox_id}
        if self.crm.insert_once(SmsQuestion, **values, asked_at=now, expires_at=now + life) is not None:
            return True
        asking = self.crm.connection.execute(QUESTIONS.select().where(mine)).first()
        return asking is not None and asking.outbox_id == outbox_id

    def answered(self, identity_id: int) -> str | None:
        """The choice that a YY of this phone stands for; the question is over then."""
        statement = delete(QUESTIONS).where(
            QUESTIONS.c.identity_id == identity_id, QUESTIONS.c.expires_at > self.crm.now
        )
        choice: str | None = self.crm.connection.execute(statement.returning(QUESTIONS.c.choice)).scalar()
        return choice
