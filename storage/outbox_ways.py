"""The outbox's other ways: words that a person sends, words for many at once, rows that stand for one another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import literal_column, update
from sqlalchemy import select as core_select

from core.messages import Bubble, Rank
from storage.outbox_rows import ANSWERED, HANDED, OUTBOX, QUEUED, SENT, SKIPPED, WORD_QUEUED, OutboxRow
from storage.sending import Sending
from storage.statements import inserting

PULLED = ("web", "staff_web")  # channels whose page fetches what there is: nothing is sent to them
_UNTRIED: dict[str, Any] = {
    "attempts": 0,
    "claimed_by": "",
    "claimed_until": 0.0,
    "reason": "",
    "platform_id": "",
    "way": "",
}


class Ways(Sending):
    """Rows, and how one leads to the next."""

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

    def staff_have_read(self) -> None:
        """What waits for the staff counts as shown: nobody looks at it in a rehearsal."""
        theirs = (OUTBOX.c.state == WORD_QUEUED, OUTBOX.c.kind.in_(("card", "note", "tap")))
        self.crm.connection.execute(update(OUTBOX).where(*theirs).values(state=SENT, left_at=self.crm.now))

    def receipted(self, platform_id: str) -> Any:
        """The row of a template or mass send under the platform's id of the message; None for others."""
        by_receipt: Any = literal_column("way IN ('template', 'mass')")
        query = core_select(OUTBOX).where(OUTBOX.c.platform_id == platform_id, by_receipt)
        return self.crm.connection.execute(query.order_by(OUTBOX.c.id.desc()).limit(1)).first()

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
