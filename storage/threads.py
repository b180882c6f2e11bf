"""Threads: a talk that a person has taken over, who that is, and until when the bot is silent in it.

Who has a thread is whoever took the card about it; until when stands on the conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col, select

from storage.conversation_rows import CONVERSATIONS, Conversation
from storage.drafts import CARD
from storage.identities import Identity
from storage.tasks import SNOOZED, TAKEN, UNFINISHED, Task

if TYPE_CHECKING:
    from storage.crm import Crm

HAND_OVER = "hand_over"
KINDS = (HAND_OVER, CARD, "bug")  # who takes such a card takes the talk


class Threads:
    """Verbs on threads."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def locked(self, conversation_id: int) -> Conversation:
        """The talk, so that neither the owner nor a colleague changes anything in it until we commit."""
        query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
        return self.crm.session.exec(query.execution_options(populate_existing=True)).one()

    def holder(self, conversation_id: int) -> Task | None:
        """The task by which somebody has the thread now."""
        talk = self.crm.conversations.get(conversation_id)
        self.crm.session.refresh(talk)
        if talk.person_until is None or talk.person_until <= self.crm.now:
            return None
        return self.last_taken(conversation_id)

    def last_taken(self, conversation_id: int) -> Task | None:
        query = select(Task).where(
            Task.conversation_id == conversation_id,
            col(Task.kind).in_(KINDS),
            col(Task.status).in_((TAKEN, SNOOZED)),
        )
        return self.crm.session.exec(query.order_by(col(Task.taken_at).desc())).first()

    def alive(self, conversation_id: int, kind: str) -> Task | None:
        """The talk's unfinished task of that kind; one whose taker has been silent for too long is closed."""
        task = self.crm.tasks.unfinished_of_talk(conversation_id, kind)
        silence = self.crm.shop.policy.person_silence
        if task is None or task.taken_by is None or task.changed_at > self.crm.now - silence:
            return task
        if self.is_held_by(task):
            return task
        self.crm.tasks.close(task, "timed_out")
        return None

    def is_held_by(self, task: Task) -> bool:
        """Whether whoever took this task has the thread now."""
        if task.conversation_id is None or task.kind not in KINDS:
            return False
        holder = self.holder(task.conversation_id)
        return holder is not None and holder.key == task.key

    def begin(self, task: Task) -> None:
        """Its taker has the thread: the bot is silent, and the talk's other cards need nobody any more."""
        assert task.conversation_id is not None
        self._until(task.conversation_id)
        query = select(Task).where(
            Task.conversation_id == task.conversation_id,
            col(Task.kind).in_(KINDS),
            col(Task.status).in_(UNFINISHED),
            Task.id != task.key,
        )
        for other in self.crm.session.exec(query).all():
            if draft := self.crm.drafts.of_task(other.key):
                self.crm.drafts.drop(draft, "taken")
            self.crm.tasks.close(other, "taken_over")
        self.crm.record("thread.begun", "conversation", task.conversation_id, owner_id=task.owner_id)

    def goes_on(self, conversation_id: int) -> None:
        """One of the two has said something: the bot waits as long again."""
        self._until(conversation_id)

    def end(self, conversation_id: int, owner_id: int | None) -> None:
        """The bot answers again."""
        statement = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
        self.crm.connection.execute(statement.values(person_until=None))
        self.crm.record("thread.ended", "conversation", conversation_id, owner_id=owner_id)

    def way(self, conversation_id: int) -> tuple[Identity, Conversation] | None:
        """Where an answer can go now: that talk, or another of the owner's. None: a WeChat window is shut."""
        talk = self.crm.conversations.get(conversation_id)
        identity = self.crm.identities.get(talk.identity_id)
        talks = [talk, *(self.crm.conversations.of_owner(identity.owner_id) if identity.owner_id else ())]
        for one in talks:
            there = self.crm.identities.get(one.identity_id)
            if there.reachable and (there.channel != "wechat" or self._is_open(one)):
                return there, one
        return None

    def _is_open(self, talk: Conversation) -> bool:
        self.crm.session.refresh(talk)
        return talk.window_left > 0 and talk.window_until is not None and talk.window_until > self.crm.now

    def _until(self, conversation_id: int) -> None:
        until = self.crm.now + self.crm.shop.policy.person_silence
        statement = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
        self.crm.connection.execute(statement.values(person_until=until))
