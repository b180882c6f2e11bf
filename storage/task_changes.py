"""What happens to a task: opened, taken, snoozed, done, left alone. Each change is one conditional UPDATE."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select

from core.deadlines import working_deadline
from core.desk import LEASE, NOTE, UNTAKEN
from storage import leases
from storage.posting import Posting
from storage.task_rows import CLOSED, DONE, OPEN, SNOOZED, TAKEN, TASKS, UNFINISHED, Task

_NO_CLOCK: dict[str, Any] = {"look_again_at": None, "look_again_for": ""}


class TaskChanges(Posting):
    """Verbs that change tasks. Each that changes what a card shows queues the card again."""

    def open(
        self,
        kind: str,
        *,
        store_id: int | None,
        facts: dict[str, Any] | None = None,
        to_manager: bool = False,
        to_boss: bool = False,
        **refs: Any,
    ) -> int | None:
        """A new task and its cards in the staff places of its store. None when its occurrence has one already."""
        offered = None if to_manager or to_boss else self.crm.roster.next_for(kind, store_id, refs.get("owner_id"))
        values = self._offer(offered) | self._clock(kind, store_id, UNTAKEN)
        number = self._insert(kind, store_id, facts, refs, **values)
        if number is not None:
            self._post(number, store_id, to_manager=to_manager, to_boss=to_boss)
        return number

    def open_for(
        self, staff_id: int, at: datetime, kind: str, *, store_id: int | None, facts: dict[str, Any], **refs: Any
    ) -> int | None:
        """Work that somebody has set themselves for a later moment: theirs, and without a card until then."""
        row = {"status": SNOOZED, "taken_by": staff_id, "taken_at": self.crm.now, "snoozed_until": at}
        number = self._insert(kind, store_id, facts, refs, **row)
        if number is not None:
            self.crm.leases.begin(number, staff_id)
        return number

    def take(self, task: Task, staff_id: int, *, anyway: bool = False) -> bool:
        """Give the task to the one who tapped first. False: somebody else has it, it is over, or it is reserved.

        anyway: a reservation for a colleague does not count.
        """
        free = or_(
            TASKS.c.reserved_until.is_(None), TASKS.c.reserved_until <= self.crm.now, TASKS.c.offered_to == staff_id
        )
        return self._change(
            task,
            (OPEN, SNOOZED),
            *([] if anyway else [free]),
            status=TAKEN,
            taken_by=staff_id,
            taken_at=self.crm.now,
            snoozed_until=None,
            **self._clock(task.kind, task.store_id, LEASE),
        )

    def give_back(self, task: Task, staff_id: int) -> bool:
        return self._change(
            task,
            (TAKEN,),
            TASKS.c.taken_by == staff_id,
            ends=leases.GIVEN_BACK,
            **self._waiting(task, not_again=staff_id),
        )

    def snooze(self, task: Task, staff_id: int, until: datetime, outcome: str = "snoozed") -> bool:
        return self._change(
            task,
            (TAKEN,),
            TASKS.c.taken_by == staff_id,
            status=SNOOZED,
            snoozed_until=until,
            outcome=outcome,
            unanswered=0,
            **_NO_CLOCK,
        )

    def finish(self, task: Task, staff_id: int, outcome: str) -> bool:
        """Done by the one who took it."""
        mine = TASKS.c.taken_by == staff_id
        return self._change(
            task, (TAKEN, SNOOZED), mine, ends=leases.FINISHED, status=DONE, outcome=outcome, **_NO_CLOCK
        )

    def note(self, task: Task, staff_id: int, outcome: str) -> bool:
        """Keep what the taker has reached so far ("called"); the task goes on."""
        return self._change(
            task,
            (TAKEN, SNOOZED),
            TASKS.c.taken_by == staff_id,
            status=TAKEN,
            snoozed_until=None,
            outcome=outcome,
            unanswered=0,
            **self._clock(task.kind, task.store_id, NOTE),
        )

    def worked_on(self, task: Task) -> None:
        """Its taker has done something that no card shows, as writing to the owner: it is not left alone."""
        if task.status == TAKEN:
            self.crm.update(Task, task.key, self._clock(task.kind, task.store_id, NOTE))
            self.crm.session.refresh(task)

    def close(self, task: Task, outcome: str) -> bool:
        """Over by itself: the owner booked, the link was answered."""
        return self._change(task, UNFINISHED, ends=leases.OVER, status=CLOSED, outcome=outcome, **_NO_CLOCK)

    def tell(self, task: Task, **facts: Any) -> bool:
        """Something more that its card must show. False: it is over."""
        told = json.dumps(task.told() | facts, ensure_ascii=False)
        return self._change(task, UNFINISHED, facts=told)

    def touch(self, task: Task) -> None:
        """What its cards show beside the task has changed: they are brought up to date."""
        statement = update(TASKS).where(TASKS.c.id == task.key)
        values = {"version": TASKS.c.version + 1, "changed_at": self.crm.now}
        self.crm.connection.execute(statement.values(values))
        self.crm.session.refresh(task)
        self._repost(task)
        self.tell_taker(task)

    # — what time does —

    def left_alone(self) -> list[Task]:
        """Those at which the clock has to look now: by an index, nothing while there are none."""
        query = select(Task).where(col(Task.look_again_at) <= self.crm.now, col(Task.status).in_(UNFINISHED))
        return list(self.crm.session.exec(query.order_by(col(Task.look_again_at), col(Task.id))))

    def offer_again(self, task: Task) -> bool:
        """Nobody took it: a fresh card, offered to the next. False: something has happened to it in between."""
        values = self._waiting(task, not_again=task.offered_to) | {"unanswered": task.unanswered + 1}
        return self._lapse(task, "offered", values)

    def lapse(self, task: Task) -> bool:
        """Taken, and nothing done about it: a fresh card in the group, offered to the next."""
        values = self._waiting(task, not_again=task.taken_by) | {"unanswered": task.unanswered + 1}
        return self._lapse(task, "lapsed", values)

    def escalate(self, task: Task) -> bool:
        """Left alone too often: it is open, and a fresh card stands with the store's manager."""
        values = {"unanswered": task.unanswered + 1, "escalated_at": self.crm.now, "offered_to": None}
        values |= {"status": OPEN, "taken_by": None, "taken_at": None, "reserved_until": None, **_NO_CLOCK}
        return self._lapse(task, "escalated", values)

    def remind(self, task: Task) -> bool:
        """Something was done, and not said how it ended: whoever has it is asked once, then it lapses."""
        if not self._lapse(task, "reminded", self._clock(task.kind, task.store_id, LEASE), fresh=False):
            return False
        if not self.tell_taker(task):
            self._post(task.key, task.store_id)
        return True

    def wake(self) -> int:
        """Snoozed tasks whose time has come are taken up again by a fresh card. Returns how many."""
        query = select(Task).where(Task.status == SNOOZED, col(Task.snoozed_until) <= self.crm.now)
        woken = 0
        for task in self.crm.session.exec(query).all():
            clock = self._clock(task.kind, task.store_id, LEASE)
            if self._change(task, (SNOOZED,), edit=False, status=TAKEN, snoozed_until=None, **clock):
                self._post(task.key, task.store_id)
                self.tell_taker(task)
                woken += 1
        return woken

    def hand_over(self, old: int, new: int) -> None:
        """What somebody has is another's, who has as long for it as if they had just taken it."""
        for task in self._had_by(old):
            clock = self._clock(task.kind, task.store_id, LEASE) if task.status == TAKEN else {}
            mine = TASKS.c.taken_by == old
            if self._change(task, UNFINISHED, mine, ends=leases.HANDED_OVER, taken_by=new, **clock):
                name = self.crm.staff.get(new).name
                self.crm.record("owner.revealed", "task", task.key, owner_id=task.owner_id, detail=name)
                self.tell_taker(task)

    def return_all(self, staff_id: int, before: datetime) -> None:
        """What somebody has goes back to the group, except what they have put off until they are there again."""
        for task in self._had_by(staff_id):
            if task.status == SNOOZED and task.snoozed_until and task.snoozed_until >= before:
                continue
            values = self._waiting(task, not_again=staff_id) | {"snoozed_until": None}
            mine = TASKS.c.taken_by == staff_id
            if self._change(task, (TAKEN, SNOOZED), mine, ends=leases.HANDED_OVER, edit=False, **values):
                self._post(task.key, task.store_id)

    def _had_by(self, staff_id: int) -> list[Task]:
        query = select(Task).where(Task.taken_by == staff_id, col(Task.status).in_(UNFINISHED))
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def _insert(
        self, kind: str, store_id: int | None, facts: dict[str, Any] | None, refs: dict[str, Any], **values: Any
    ) -> int | None:
        now, text = self.crm.now, json.dumps(facts or {}, ensure_ascii=False)
        row = {"kind": kind, "store_id": store_id, "facts": text, "created_at": now, "changed_at": now}
        number = self.crm.insert_once(Task, **row, **values, **refs)
        if number is not None:
            self.crm.record("task.opened", "task", number, owner_id=refs.get("owner_id"), detail=kind)
        return number

    def _waiting(self, task: Task, not_again: int | None) -> dict[str, Any]:
        """Open once more, and offered to the next colleague."""
        offered = self.crm.roster.next_for(task.kind, task.store_id, task.owner_id, not_again)
        clock = _NO_CLOCK if task.escalated_at else self._clock(task.kind, task.store_id, UNTAKEN)
        return {"status": OPEN, "taken_by": None, "taken_at": None, **self._offer(offered), **clock}

    def _offer(self, staff_id: int | None) -> dict[str, Any]:
        reserved = self.crm.shop.policy.desk.reserved
        return {"offered_to": staff_id, "reserved_until": self.crm.now + reserved if staff_id and reserved else None}

    def _clock(self, kind: str, store_id: int | None, what: str) -> dict[str, Any]:
        """When the clock looks at it again; opening hours of its store, except for the note about a call."""
        crm, rules = self.crm, self.crm.shop.policy.desk
        wait = rules.waits(kind, what)
        if wait is None:
            return _NO_CLOCK
        if what == NOTE or not store_id:
            return {"look_again_at": crm.now + (rules.noted_within if what == NOTE else wait), "look_again_for": what}
        store = crm.stores.get(store_id)
        at = working_deadline(crm.now, wait, lambda day: crm.stores.open_spans(store, day), crm.shop.zone)
        return {"look_again_at": at, "look_again_for": what}

    def _lapse(self, task: Task, verb: str, values: dict[str, Any], *, fresh: bool = True) -> bool:
        """Only what the clock has seen: of two ticks at once, and of a tick and a tap, one finds it so."""
        seen = (TASKS.c.look_again_at == task.look_again_at, TASKS.c.look_again_for == task.look_again_for)
        escalated = "escalated_at" in values  # the fresh card stands elsewhere: those in the group say so
        changed = self._change(task, (OPEN, TAKEN), *seen, ends=leases.LAPSED, verb=verb, edit=escalated, **values)
        if changed and fresh:
            self._post(task.key, task.store_id, to_manager=escalated)
        return changed

    def _change(
        self,
        task: Task,
        allowed: tuple[str, ...],
        *only: Any,
        ends: str = "",
        verb: str = "",
        edit: bool = True,
        **values: Any,
    ) -> bool:
        """One conditional UPDATE: of two people tapping at once, exactly one finds the row as it must be.

        ends: how the lease of who had it ends, if it does.
        """
        before = task.taken_by
        statement = update(TASKS).where(TASKS.c.id == task.key, TASKS.c.status.in_(allowed), *only)
        values |= {"version": TASKS.c.version + 1, "changed_at": self.crm.now}
        changed = self.crm.session.connection().execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(task)
        if changed:
            verb = verb or (task.status if task.status != OPEN else "returned")
            self.crm.record(f"task.{verb}", "task", task.key, owner_id=task.owner_id, detail=task.outcome)
            self._keep_lease(task, before, ends)
            if task.conversation_id and task.status not in UNFINISHED:
                self.crm.drafts.over(task.key)
            if edit:
                self._repost(task)
        return changed

    def _keep_lease(self, task: Task, before: int | None, ends: str) -> None:
        """Whose it is now, and until when it was whose."""
        over = task.status not in UNFINISHED
        if before is not None and (over or task.taken_by != before):
            self.crm.leases.end(task.key, ends or leases.HANDED_OVER)
        if task.taken_by is not None and task.taken_by != before and not over:
            self.crm.leases.begin(task.key, task.taken_by)
