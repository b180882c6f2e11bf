"""The outbox: everything that must leave, written in the same transaction as the effect it tells of.

Statements here run in every turn, so they are Core statements.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal_column, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from core.messages import Bubble, Rank, TapAnswer
from storage.conversations import CONVERSATIONS
from storage.identities import IDENTITIES
from storage.outbox_rows import (
    ANSWERED,
    CLAIMED,
    HANDED,
    OUTBOX,
    QUEUED,
    SENT,
    SKIPPED,
    WAITING,
    WORD_QUEUED,
    OutboxRow,
)
from storage.sending import Sending
from storage.statements import inserting

if TYPE_CHECKING:
    from storage.conversations import Talk
    from storage.identities import Identity
    from storage.tasks import Task

PULLED = ("web", "staff_web")  # channels whose page fetches what there is: nothing is sent to them
REPLY_LIFE = timedelta(hours=6)
CARD_LIFE = timedelta(days=2)
TAP_LIFE = timedelta(seconds=30)  # Telegram forgets a tap soon after
_UNTRIED: dict[str, Any] = {
    "attempts": 0,
    "claimed_by": "",
    "claimed_until": 0.0,
    "reason": "",
    "platform_id": "",
    "way": "",
}


class Outbox(Sending):
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

    def stands_for(self, row_id: int, instead_of: int) -> None:
        """That row goes on for another one, unless it does so for several."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.kind != "mass")
        self.crm.connection.execute(statement.values(instead_of=instead_of))

    def keep_for_person(
        self, owner_id: int, bubble: Bubble, rank: Rank, life: timedelta, talk: int | None, due_at: datetime
    ) -> int:
        """Words that a person is asked to send: they are nobody's to claim."""
        return self._insert(
            rank,
            "hand",
            f"staff:owner:{owner_id}",
            bubble.packed(),
            life=life,
            state=HANDED,
            conversation_id=talk,
            due_at=due_at,
        )

    def sent_by_hand(self, row_id: int) -> bool:
        """A person has sent it: from now on it is one of the words of the talk. False: it was told before."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == HANDED)
        values = {"state": SENT, "kind": "bubble", "way": "task", "left_at": self.crm.now}
        return self.crm.connection.execute(statement.values(values)).rowcount == 1

    def left_lying(self, row_id: int, reason: str) -> None:
        """The person did not send it."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == HANDED)
        values = {"state": SKIPPED, "reason": reason, "left_at": self.crm.now}
        if self.crm.connection.execute(statement.values(values)).rowcount:
            self.crm.steps.came_to_nothing(row_id, reason)

    def queue_mass(self, bubble: Bubble, due_at: datetime, life: timedelta) -> int:
        """The same words to many followers of the WeChat account; who they are is read when it leaves."""
        number = self._insert(Rank.MARKETING, "mass", "wechat:mass:0", bubble.packed(), life=life, due_at=due_at)
        self.crm.connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == number)
            .values(destination=f"wechat:mass:{number}", chain=f"mass:{number}")
        )
        return number

    def still_waits(self, row_id: int) -> bool:
        """Whether it is not claimed yet; until this is committed nobody claims it."""
        statement = update(OUTBOX).where(OUTBOX.c.id == row_id, OUTBOX.c.state == WORD_QUEUED)
        return self.crm.connection.execute(statement.values(reason=OUTBOX.c.reason)).rowcount == 1

    def tried(self, row_id: int) -> set[tuple[int, str]]:
        """The accounts (identities) and ways that this message was meant for, first and instead; the way is "" where
        the gate let it out by none."""
        found: set[tuple[int, str]] = set()
        row: Any = self.row(row_id)
        while row is not None:
            if ":identity:" in row.destination:
                found.add((int(row.destination.rpartition(":")[2]), row.way))
            row = self.row(row.instead_of) if row.instead_of else None
        return found

    def row(self, row_id: int) -> Any:
        """The row as it is in the database now."""
        return self.crm.connection.execute(core_select(OUTBOX).where(OUTBOX.c.id == row_id)).first()

    def receipted(self, platform_id: str) -> Any:
        """The row of a template or mass send under the platform's id of the message; None for others."""
        by_receipt: Any = literal_column("way IN ('template', 'mass')")
        query = core_select(OUTBOX).where(OUTBOX.c.platform_id == platform_id, by_receipt)
        return self.crm.connection.execute(query.order_by(OUTBOX.c.id.desc()).limit(1)).first()

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

    def answer_tap(self, channel: str, answer: TapAnswer) -> int:
        payload = json.dumps([answer.tap_id, answer.text, answer.url, answer.alert], ensure_ascii=False).encode()
        return self._insert(Rank.TAP, "tap", f"{channel}:tap:{answer.tap_id[:24]}", payload, life=TAP_LIFE)

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

    def _insert(
        self,
        rank: Rank,
        kind: str,
        destination: str,
        payload: bytes,
        *,
        life: timedelta,
        state: str = QUEUED,
        conversation_id: int | None = None,
        task_id: int | None = None,
        instead_of: int | None = None,
        due_at: datetime | None = None,
    ) -> int:
        now, chain = self.crm.now, self.crm.chain
        if destination.partition(":")[0] in PULLED and (due_at is None or due_at <= now):
            state = ANSWERED
        row = _UNTRIED | {
            "rank": int(rank),
            "kind": kind,
            "destination": destination,
            "chain": chain or destination[:32],
            "payload_sealed": self.crm.keys.seal(payload, "outbox.payload"),
            "state": state,
            "due_at": due_at or now,
            "expires_at": (due_at or now) + life,
            "message_id": self.crm.message_id,
            "conversation_id": conversation_id,
            "task_id": task_id,
            "instead_of": instead_of,
            "created_at": now,
            "left_at": now if state == ANSWERED else None,
        }
        if state == QUEUED:
            self.crm.after_commit_wake()
        number: int = inserting(OutboxRow).value(self.crm.connection, **row)
        return number
