"""What happened: one row per effect, with its moment, its actor, and the message that caused it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment
from storage.statements import inserting

if TYPE_CHECKING:
    from storage.crm import Crm


class Event(SQLModel, table=True):
    """One thing that happened. `verb` is "noun.past-participle"; `actor` is "owner:5", "staff:3" or "system"."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    actor: str = Field(max_length=32)
    channel: str = Field(default="", max_length=16)
    verb: str = Field(max_length=48)
    noun: str = Field(max_length=32)
    noun_id: int
    owner_id: int | None = Field(default=None, index=True)
    message_id: int | None = Field(default=None, foreign_key="message_in.id")
    detail: str = ""  # names and plates at most; phones, addresses and texts stay in their sealed columns


INSERT_EVENT = inserting(Event)


class Events:
    """Verbs on events."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def after(self, event_id: int, limit: int = 100) -> list[Event]:
        self.crm.write_events()
        query = select(Event).where(col(Event.id) > event_id).order_by(col(Event.id)).limit(limit)
        return list(self.crm.session.exec(query))

    def latest(self, limit: int = 50) -> list[Event]:
        """The newest ones, oldest of them first."""
        self.crm.write_events()
        query = select(Event).order_by(col(Event.id).desc()).limit(limit)
        return list(reversed(self.crm.session.exec(query).all()))

    def of_owner(self, owner_id: int, limit: int = 200) -> list[Event]:
        self.crm.write_events()
        query = select(Event).where(Event.owner_id == owner_id).order_by(col(Event.id).desc()).limit(limit)
        return list(self.crm.session.exec(query))
