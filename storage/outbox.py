"""The outbox: everything that must leave, written in the same transaction as the effect it tells of.

Statements here run in every turn, so they are Core statements.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from core.messages import Bubble, Rank, TapAnswer
from storage.conversation_rows import CONVERSATIONS
from storage.identities import IDENTITIES
from storage.outbox_rows import (
    ANSWERED,
    CLAIMED,
    OUTBOX,
    QUEUED,
    SKIPPED,
    WAITING,
    WORD_QUEUED,
    OutboxRow,
)
from storage.outbox_ways import Ways

if TYPE_CHECKING:
    from storage.conversation_rows import Talk
    from storage.identities import Identity
    from storage.tasks import Task

REPLY_LIFE = timedelta(hours=6)
CARD_LIFE = timedelta(days=2)
TAP_LIFE = timedelta(seconds=30)  # Telegram forgets a tap soon after


class Outbox(Ways):
    """What waits to leave: put in, looked up, taken back."""

    def reply(self, talk: Talk, bubbles: Sequence[Bubble], *, answered: int = 0) -> list[int]:
        """Answers in a talk; the first `answered` of them leave in the response of the request itself."""
        ids = []
        for index, bubble in enumerate(bubbles):
            state = ANSWERED if index < answered else QUEUED
            ids.append(
                self._insert(
                    Rank.REPLY,
                    "bubble",
                    f"{talk.channel}:identity:{talk.identity_id}",
                    bubble.packed(),
                    life=REPLY_LIFE,
                    state=state,
                    conversation_id=talk.id,
                )
            )
        return ids

    def queue_bubble(
        self,
        channel: str,
        identity_id: int,
        conversation_id: int,
        bubble: Bubble,
        rank: Rank,
        life: timedelta,
        due_at: datetime | None = None,
        task_id: int | None = None,
    ) -> int:
        """Words to an owner that are not an answer to what they just wrote; they live from `due_at` on.

        With a task they are a person's, who is told when they do not arrive.
        """
        if bubble.choices:
            self.crm.conversations.pushed(conversation_id, bubble.choices)
        return self._insert(
            rank,
            "bubble",
            f"{channel}:identity:{identity_id}",
            bubble.packed(),
            life=life,
            conversation_id=conversation_id,
            due_at=due_at,
            task_id=task_id,
        )

    def tell_owner(
        self,
        owner_id: int,
        bubble: Bubble,
        rank: Rank,
        life: timedelta,
        *,
        channels: Sequence[str] = (),
        due_at: datetime | None = None,
    ) -> OutboxRow | None:
        """Words to an owner where they are reached best; the sender looks for another way when that one is shut.

        None when there is no account of theirs to write to.
        """
        best = self.crm.conversations.best_of_owner(owner_id, channels)
        if best is None:
            return None
        identity, talk = best
        return self.get(self.queue_bubble(identity.channel, identity.key, talk.key, bubble, rank, life, due_at))

    def queue_instead(self, row: Any, identity: Identity, life: timedelta) -> int:
        """The same words to another account of the same person, since they could not go where they were meant to."""
        talk = self.crm.conversations.begun_with(identity)
        return self._insert(
            Rank(row.rank),
            row.kind,
            f"{identity.channel}:identity:{identity.key}",
            self.payload(row),
            life=life,
            conversation_id=talk.key,
            task_id=row.task_id,
            instead_of=row.id,
        )

    def queue_card(self, place: str, task_id: int, post_id: int) -> int:
        """Bring the card at a place up to date; what it shows is read when it leaves."""
        payload = json.dumps({"task": task_id, "post": post_id}).encode()
        return self._insert(Rank.STAFF, "card", place, payload, life=CARD_LIFE, task_id=task_id)

    def queue_private_card(self, channel: str, staff_id: int, task: Task) -> int:
        """The full card, for the eyes of the one who took it."""
        payload = json.dumps({"task": task.key, "private": staff_id}).encode()
        destination = f"{channel}:member:{staff_id}"
        return self._insert(Rank.STAFF, "card", destination, payload, life=CARD_LIFE, task_id=task.key)

    def queue_note(self, place: str, bubble: Bubble, task_id: int | None = None) -> int:
        """Plain words to a staff group or a member; about a task, when one is given: a reply to them is about it."""
        return self._insert(Rank.STAFF, "note", place, bubble.packed(), life=CARD_LIFE, task_id=task_id)

    def told(self, destination: str, platform_id: str) -> Any:
        """The message about a task that stands there under the platform's id: `task_id`, `created_at`; or None.

        One that has just arrived may be answered before its id is written down: then it is the newest in the air.
        """
        about = core_select(OUTBOX.c.task_id, OUTBOX.c.created_at).where(
            OUTBOX.c.destination == destination, OUTBOX.c.task_id.is_not(None)
        )
        for which in (OUTBOX.c.platform_id == platform_id, OUTBOX.c.state == CLAIMED):
            newest = about.where(which).order_by(OUTBOX.c.id.desc()).limit(1)
            if found := self.crm.connection.execute(newest).first():
                return found
        return None

    def answer_tap(
        self, channel: str, answer: TapAnswer, task_id: int | None = None, private: int | None = None
    ) -> int:
        """The answer to a tap or to words. With a task its card changes too; `private`: before whom alone that stands.

        Words can be answered later in their chat; a tap waits for seconds.
        """
        told = [answer.tap_id, answer.text, answer.url, answer.alert, answer.chat, private]
        payload = json.dumps(told, ensure_ascii=False).encode()
        life = REPLY_LIFE if answer.chat else TAP_LIFE
        destination = f"{channel}:tap:{answer.tap_id[:24]}"
        return self._insert(Rank.TAP, "tap", destination, payload, life=life, task_id=task_id)

    def answers_tap(self, channel: str, task_id: int) -> bool:
        """Whether an answer to a tap about that task is still on its way there."""
        theirs = OUTBOX.c.destination.startswith(f"{channel}:tap:", autoescape=True)
        query = core_select(OUTBOX.c.id).where(theirs, OUTBOX.c.task_id == task_id, OUTBOX.c.state.in_(WAITING))
        return self.crm.connection.execute(query.limit(1)).first() is not None

    def payload(self, row: Any) -> bytes:
        return self.crm.keys.unseal_bytes(row.payload_sealed, "outbox.payload")

    def of_message(self, message_id: int) -> list[Any]:
        """What was answered to a message, in order: rows with id, state and the bubble."""
        query = (
            core_select(OUTBOX)
            .where(OUTBOX.c.message_id == message_id, OUTBOX.c.kind == "bubble")
            .order_by(OUTBOX.c.id)
        )
        return list(self.crm.connection.execute(query))

    def of_conversation(self, conversation_id: int, after: int = 0) -> list[Any]:
        """Everything said to an owner in a talk, in order; what a page fetches, once it is there."""
        query = core_select(OUTBOX).where(
            OUTBOX.c.conversation_id == conversation_id, OUTBOX.c.id > after, OUTBOX.c.kind == "bubble"
        )
        seen = or_(OUTBOX.c.state == ANSWERED, OUTBOX.c.destination.not_like("web:%"))
        return list(self.crm.connection.execute(query.where(seen).order_by(OUTBOX.c.id)))

    def fetch_again(self, ids: Sequence[int], by: str) -> None:
        """A repeated request takes the answers over: from now on only `by` may give them to the sender."""
        statement = update(OUTBOX).where(OUTBOX.c.id.in_(ids), OUTBOX.c.state == ANSWERED)
        self.crm.connection.execute(statement.values(reason=by))

    def latest_of_conversation(self, conversation_id: int, limit: int) -> list[Any]:
        """The newest things said to an owner in a talk, newest first."""
        query = core_select(OUTBOX).where(OUTBOX.c.conversation_id == conversation_id, OUTBOX.c.kind == "bubble")
        return list(self.crm.connection.execute(query.order_by(OUTBOX.c.id.desc()).limit(limit)))

    def give_to_sender(self, ids: Sequence[int], by: str = "") -> None:
        """Answers that did not make it into the response after all leave by the API, unless another took them over."""
        mine = (OUTBOX.c.id.in_(ids), OUTBOX.c.state == ANSWERED, OUTBOX.c.reason == by)
        statement = update(OUTBOX).where(*mine)
        self.crm.connection.execute(statement.values(state=QUEUED, due_at=self.crm.now))
        self.crm.after_commit_wake()

    def get(self, outbox_id: int) -> OutboxRow:
        return self.crm.session.get_one(OutboxRow, outbox_id)

    def waiting(self) -> int:
        """How many rows are on their way."""
        return len(self.crm.session.exec(select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING))).all())

    def skip_marketing(self, owner_id: int, channel: str, reason: str) -> int:
        """What waits for them there ("*": anywhere) and is marketing is not sent any more. Returns how many."""
        theirs = core_select(CONVERSATIONS.c.id).join(IDENTITIES, CONVERSATIONS.c.identity_id == IDENTITIES.c.id)
        theirs = theirs.where(IDENTITIES.c.owner_id == owner_id)
        if channel != "*":
            theirs = theirs.where(IDENTITIES.c.channel == channel)
        waiting = (
            OUTBOX.c.state == WORD_QUEUED,
            OUTBOX.c.rank >= int(Rank.MARKETING),
            OUTBOX.c.conversation_id.in_(theirs),
        )
        statement = update(OUTBOX).where(*waiting).values(state=SKIPPED, reason=reason, left_at=self.crm.now)
        return self.crm.connection.execute(statement).rowcount
