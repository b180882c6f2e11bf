"""Drafts: a reply that is wanted for what an owner wrote, made outside any turn, and sent only by a person's tap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.messages import Kind
from storage.columns import Moment, table_of
from storage.messages import MESSAGES_IN

if TYPE_CHECKING:
    from storage.conversation_rows import Talk
    from storage.crm import Crm

WANTED, MAKING, READY, SENT, DISCARDED, DROPPED = "wanted", "making", "ready", "sent", "discarded", "dropped"
LIVE = (WANTED, MAKING, READY)
CARD = "reply_wanted"  # the kind of the task whose card carries it
LEASE_SECONDS = 90.0  # longer than a model may take
MODEL, TEMPLATE = "model", "template"
_NO_WORDS = (Kind.UNFOLLOW.value, Kind.RECEIPT.value)  # after these the thread stands where it stood


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply that a card offers, and what in it no fact supports."""

    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What a drafter has made, from what, and what it took."""

    replies: Sequence[Reply]
    by: str
    sources: Sequence[str] = ()
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    trouble: str = ""  # why it is not a model's


class Draft(SQLModel, table=True):
    """One reply on its way. `message_id`: what it answers; when the talk has moved on since, it is dropped.

    `state`: wanted → making (claimed by a drafter) → ready → sent or discarded; dropped at any time before, and why.
    `replies_sealed`: JSON of what the card offers, [text, flags] each: one of a model's, or several templates.
    `sources`: JSON of the facts it was made from ("price:maintenance"). `made_by`: "model" or "template".
    `edits`: how often a person wrote it anew; `distance`: characters between the model's words and those sent.
    """

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message_in.id")
    task_id: int = Field(foreign_key="task.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    state: str = Field(default=WANTED, max_length=12, index=True)
    why: str = Field(default="", max_length=16)
    replies_sealed: bytes | None = None
    sources: str = "[]"
    made_by: str = Field(default="", max_length=16)
    model: str = Field(default="", max_length=64)
    trouble: str = Field(default="", max_length=200)
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    edits: int = 0
    edited_by: int | None = Field(default=None, foreign_key="staff.id")
    distance: int | None = None
    answered_by: int | None = Field(default=None, foreign_key="staff.id")
    tries: int = 0
    claimed_by: str = Field(default="", max_length=64)
    claimed_until: float = 0.0  # the machine's own clock, as in the outbox
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


DRAFTS = table_of(Draft)


class Drafts:
    """Verbs on drafts. Each change is one conditional UPDATE: of two at once, one finds the row as it must be."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, draft_id: int) -> Draft:
        return self.crm.session.get_one(Draft, draft_id)

    def find(self, draft_id: int) -> Draft | None:
        return self.crm.session.get(Draft, draft_id)

    def of_task(self, task_id: int) -> Draft | None:
        """The newest draft on that card."""
        query = select(Draft).where(Draft.task_id == task_id).order_by(col(Draft.id).desc())
        return self.crm.session.exec(query).first()

    def replies(self, draft: Draft) -> list[Reply]:
        if draft.replies_sealed is None:
            return []
        told = json.loads(self.crm.keys.unseal(draft.replies_sealed, "draft.replies"))
        return [Reply(text, tuple(flags)) for text, flags in told]

    # — wanted —

    def want(self, talk: Talk, owner_id: int, store_id: int | None, *, kind: str = CARD) -> int | None:
        """A card for the staff group with a reply to what the owner has just written, and a draft that fills it.

        While the talk has such a card already, that one goes on with the newer message: its draft is dropped, and a
        new one is made for the whole. Returns the task's number.
        """
        before = self.crm.threads.alive(talk.id, kind)
        if before is None:
            task_id = self.crm.tasks.open(kind, store_id=store_id, owner_id=owner_id, conversation_id=talk.id)
        else:
            task_id = before.key
        if task_id is not None:
            self._drop_earlier(talk.id, task_id)
            self._begin(task_id, talk.id, owner_id, self.crm.message_id)
            if before is not None:
                self.crm.tasks.touch(before)
        return task_id

    def want_again(self, draft: Draft) -> None:
        """A person asks for a new one, for the thread as it stands now."""
        self._drop_earlier(draft.conversation_id, draft.task_id)
        newest = self.newest_message(draft.conversation_id)
        self._begin(draft.task_id, draft.conversation_id, draft.owner_id, newest)

    def newest_message(self, conversation_id: int) -> int | None:
        query = core_select(MESSAGES_IN.c.id).where(
            MESSAGES_IN.c.conversation_id == conversation_id, MESSAGES_IN.c.kind.not_in(_NO_WORDS)
        )
        number: int | None = self.crm.connection.execute(query.order_by(MESSAGES_IN.c.id.desc()).limit(1)).scalar()
        return number

    def _drop_earlier(self, conversation_id: int, task_id: int) -> None:
        """A talk has one draft at a time: those before it answer something older, and their cards say so."""
        for number in self._drop(DRAFTS.c.conversation_id == conversation_id, "moved_on"):
            if number != task_id:
                self.crm.tasks.touch(self.crm.tasks.get(number))

    def _begin(self, task_id: int, conversation_id: int, owner_id: int | None, message_id: int | None) -> None:
        now = self.crm.now
        values = {"conversation_id": conversation_id, "message_id": message_id, "task_id": task_id}
        number = self.crm.insert(Draft, **values, owner_id=owner_id, created_at=now, changed_at=now)
        self.crm.record("draft.wanted", "draft", number, owner_id=owner_id)
        self.crm.after_commit_wake()

    # — the drafter's verbs —

    def makers(self) -> list[str]:
        """Who makes drafts now."""
        query = core_select(DRAFTS.c.claimed_by).where(DRAFTS.c.state == MAKING).distinct()
        return list(self.crm.connection.execute(query).scalars())

    def claim(self, worker: str, real_now: float, dead: Sequence[str] = ()) -> Draft | None:
        """The oldest draft that nobody makes: not begun, or its maker is dead or out of its lease."""
        lost = or_(DRAFTS.c.claimed_until < real_now, DRAFTS.c.claimed_by.in_(list(dead)))
        free = or_(DRAFTS.c.state == WANTED, and_(DRAFTS.c.state == MAKING, lost))
        query = core_select(DRAFTS.c.id).where(free).order_by(DRAFTS.c.id)
        until, tries = real_now + LEASE_SECONDS, DRAFTS.c.tries + 1
        for number in self.crm.connection.execute(query).scalars().all():
            if self._change(number, free, state=MAKING, claimed_by=worker, claimed_until=until, tries=tries):
                return self.get(number)
        return None

    def ready(self, draft: Draft, made: Made, worker: str) -> bool:
        """It stands on the card now. False: it was dropped meanwhile, or another drafter has it."""
        mine = (DRAFTS.c.state == MAKING) & (DRAFTS.c.claimed_by == worker)
        values = {
            "replies_sealed": self._sealed(made.replies),
            "sources": json.dumps(list(made.sources)),
            "made_by": made.by,
            "model": made.model[:64],
            "trouble": made.trouble[:200],
            "seconds": round(made.seconds, 3),
            "tokens_in": made.tokens_in,
            "tokens_out": made.tokens_out,
        }
        return self._change(draft.key, mine, "draft.made", state=READY, **values)

    def drop_stale(self) -> list[int]:
        """Drop what the thread has moved on from, and what is too old. The tasks whose cards must show it."""
        newer = core_select(MESSAGES_IN.c.id).where(
            MESSAGES_IN.c.conversation_id == DRAFTS.c.conversation_id,
            MESSAGES_IN.c.id > DRAFTS.c.message_id,
            MESSAGES_IN.c.kind.not_in(_NO_WORDS),
        )
        old = DRAFTS.c.created_at <= self.crm.now - self.crm.shop.policy.draft_life
        return self._drop(newer.exists(), "moved_on") + self._drop(old, "expired")

    # — a person's verbs —

    def is_current(self, draft: Draft) -> bool:
        """Whether it still answers the last thing that the owner wrote, and is young enough."""
        young = draft.created_at > self.crm.now - self.crm.shop.policy.draft_life
        return young and draft.message_id == self.newest_message(draft.conversation_id)

    def send(self, draft: Draft, staff_id: int, distance: int) -> bool:
        """It is that person's to send now, once."""
        as_seen = (DRAFTS.c.state == READY) & (DRAFTS.c.edits == draft.edits)
        return self._change(draft.key, as_seen, "draft.sent", state=SENT, answered_by=staff_id, distance=distance)

    def edit(self, draft: Draft, staff_id: int, reply: Reply) -> bool:
        """A person's words in place of the model's, which are kept beside them."""
        as_seen = (DRAFTS.c.state == READY) & (DRAFTS.c.edits == draft.edits)
        before = self.replies(draft)
        replies = [reply, before[-1] if draft.edits else before[0]]
        values = {"replies_sealed": self._sealed(replies), "edits": draft.edits + 1, "edited_by": staff_id}
        return self._change(draft.key, as_seen, "draft.edited", **values)

    def discard(self, draft: Draft, staff_id: int) -> bool:
        live = DRAFTS.c.state.in_(LIVE)
        return self._change(draft.key, live, "draft.discarded", state=DISCARDED, answered_by=staff_id)

    def answered(self, conversation_id: int) -> list[int]:
        """Somebody has answered in their own words: no draft of that talk is wanted any more."""
        return self._drop(DRAFTS.c.conversation_id == conversation_id, "answered")

    def over(self, task_id: int) -> None:
        """Its card is done with: nobody will send it, and nobody need make it."""
        self._drop(DRAFTS.c.task_id == task_id, "over")

    def drop(self, draft: Draft, why: str) -> list[int]:
        return self._drop(DRAFTS.c.id == draft.key, why)

    def _drop(self, which: ColumnElement[bool], why: str) -> list[int]:
        """The tasks of those that were live."""
        statement = update(DRAFTS).where(which, DRAFTS.c.state.in_(LIVE))
        values = {"state": DROPPED, "why": why, "changed_at": self.crm.now}
        dropped = self.crm.connection.execute(statement.values(values).returning(DRAFTS.c.id, DRAFTS.c.task_id)).all()
        for number, _ in dropped:
            self.crm.record("draft.dropped", "draft", number, detail=why)
            if (held := self.crm.session.get(Draft, number)) is not None:
                self.crm.session.refresh(held)
        return [task_id for _, task_id in dropped]

    def _change(self, number: int, allowed: ColumnElement[bool], verb: str = "", **values: Any) -> bool:
        statement = update(DRAFTS).where(DRAFTS.c.id == number, allowed)
        values["changed_at"] = self.crm.now
        changed = self.crm.connection.execute(statement.values(values)).rowcount == 1
        draft = self.get(number)
        self.crm.session.refresh(draft)
        if changed and verb:
            self.crm.record(verb, "draft", number, owner_id=draft.owner_id, detail=draft.made_by)
        return changed

    def _sealed(self, replies: Sequence[Reply]) -> bytes:
        told = json.dumps([[reply.text, list(reply.flags)] for reply in replies], ensure_ascii=False)
        return self.crm.keys.seal(told, "draft.replies")
