"""Drafts: a reply that is wanted for what an owner wrote, made outside any turn, and sent only by a person's tap."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.conversations import Talk
    from storage.crm import Crm

WANTED, MAKING, READY, SENT, DISCARDED, DROPPED = "wanted", "making", "ready", "sent", "discarded", "dropped"
CARD = "reply_wanted"  # the kind of the task whose card carries it


class Draft(SQLModel, table=True):
    """One reply on its way. `message_id`: what it answers; when the talk has moved on since, it is dropped.

    `state`: wanted → making (claimed by a drafter) → ready → sent or discarded; dropped at any time before.
    `text_sealed`: what stands on the card. `flags`: JSON of what in it no fact supports: it must be edited first.
    `sources`: JSON of what it was made from. `made_by`: "model" or "template".
    """

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message_in.id")
    task_id: int = Field(foreign_key="task.id", unique=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    state: str = Field(default=WANTED, max_length=12, index=True)
    text_sealed: bytes | None = None
    flags: str = "[]"
    sources: str = "[]"
    made_by: str = Field(default="", max_length=16)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Drafts:
    """Verbs on drafts."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def want(self, talk: Talk, owner_id: int, store_id: int | None, *, kind: str = CARD) -> int | None:
        """A card for the staff group with a reply to what the owner has just written, and a draft that fills it.

        While the talk has such a card already, that one goes on with the newer message. Returns the task's number.
        """
        before = self.crm.tasks.unfinished_of_talk(talk.id, kind)
        if before is not None:
            return before.key
        task_id = self.crm.tasks.open(kind, store_id=store_id, owner_id=owner_id, conversation_id=talk.id)
        if task_id is not None:
            now = self.crm.now
            values = {"conversation_id": talk.id, "message_id": self.crm.message_id, "task_id": task_id}
            self.crm.insert(Draft, **values, owner_id=owner_id, created_at=now, changed_at=now)
        return task_id
