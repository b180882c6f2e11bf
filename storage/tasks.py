"""Tasks: work for the staff, and the posts (cards) by which they see it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.appointments import Appointment
    from storage.crm import Crm
    from storage.tickets import Ticket

OPEN, TAKEN, SNOOZED, DONE, CLOSED = "open", "taken", "snoozed", "done", "closed"
UNFINISHED = (OPEN, TAKEN, SNOOZED)


class Task(SQLModel, table=True):
    """One piece of work.

    `kind`: new_appointment, churn_alert, ticket, … as in handlers/desk/. `facts` is JSON of what the card tells
    beside the rows it points to. `occurrence` is unique: the same reason never makes two tasks. `version`
    counts the changes that its cards must show.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=24)
    store_id: int | None = Field(default=None, foreign_key="store.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    appointment_id: int | None = Field(default=None, foreign_key="appointment.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    occurrence: str | None = Field(default=None, unique=True, max_length=96)
    status: str = Field(default=OPEN, max_length=8, index=True)
    level: str = Field(default="", max_length=8)
    facts: str = "{}"
    taken_by: int | None = Field(default=None, foreign_key="staff.id", index=True)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    snoozed_until: datetime | None = Field(default=None, sa_type=Moment)
    outcome: str = Field(default="", max_length=32)
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def told(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.facts)
        return facts


class Post(SQLModel, table=True):
    """Where a task's card stands: the place ("telegram:store:2"), the platform's message id, the version it shows."""

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    place: str = Field(max_length=48)
    message: str = Field(default="", max_length=64)
    version: int = 0
    posted_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


TASKS = table_of(Task)
POSTS = table_of(Post)
_PROPOSED = Prepared(
    core_select(TASKS.c.id)
    .where(TASKS.c.owner_id == bindparam("owner"), TASKS.c.kind == "link_proposal")
    .where(or_(*(TASKS.c.status == status for status in UNFINISHED)))
    .limit(1)
)


class Tasks:
    """Verbs on tasks. Each that changes what a card shows queues the card again."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, task_id: int) -> Task:
        return self.crm.session.get_one(Task, task_id)

    def find(self, task_id: int) -> Task | None:
        return self.crm.session.get(Task, task_id)

    def number_of(self, occurrence: str) -> int | None:
        """The task of that occurrence, whatever became of it."""
        number: int | None = self.crm.connection.execute(
            core_select(TASKS.c.id).where(TASKS.c.occurrence == occurrence)
        ).scalar()
        return number

    def posted(self, channel: str, limit: int = 40) -> list[Task]:
        """The newest tasks whose cards stand in that channel's staff places, oldest of them first."""
        theirs = select(Post.task_id).where(col(Post.place).like(f"{channel}:%"))
        query = select(Task).where(col(Task.id).in_(theirs)).order_by(col(Task.id).desc()).limit(limit)
        return list(reversed(self.crm.session.exec(query).all()))

    def unfinished(self, store_id: int | None = None) -> list[Task]:
        query = select(Task).where(col(Task.status).in_(UNFINISHED))
        if store_id is not None:
            query = query.where(Task.store_id == store_id)
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def taken_by(self, staff_id: int) -> list[Task]:
        query = select(Task).where(Task.taken_by == staff_id, col(Task.status).in_((TAKEN, SNOOZED)))
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def open_links(self, owner_id: int) -> list[Task]:
        """Proposals about who a provisional owner is that nobody has answered yet."""
        query = select(Task).where(
            Task.owner_id == owner_id, Task.kind == "link_proposal", col(Task.status).in_(UNFINISHED)
        )
        return list(self.crm.session.exec(query))

    def is_proposed(self, owner_id: int) -> bool:
        """Whether such a proposal is open."""
        return _PROPOSED.first(self.crm.connection, owner=owner_id) is not None

    def came_back(self, owner_id: int) -> None:
        """The owner booked by themselves: nobody needs to call about their staying away. What went wrong stays."""
        query = select(Task).where(
            Task.owner_id == owner_id,
            col(Task.kind).in_(("churn_alert", "win_back_call")),
            col(Task.status).in_(UNFINISHED),
        )
        for task in self.crm.session.exec(query).all():
            if not task.told().get("manager"):
                self.close(task, "came_back")

    def tell(self, task: Task, **facts: Any) -> bool:
        """Something more that its card must show. False: it is over."""
        told = json.dumps(task.told() | facts, ensure_ascii=False)
        return self._change(task, UNFINISHED, status=task.status, facts=told)

    def open_ticket(self, ticket: Ticket, kind: str, *, to_manager: bool = False) -> int | None:
        """A card about a complaint: once per kind and round."""
        return self.open(
            kind,
            store_id=ticket.store_id,
            owner_id=ticket.owner_id,
            vehicle_id=ticket.vehicle_id,
            conversation_id=ticket.conversation_id,
            facts={"ticket": ticket.key},
            occurrence=f"ticket:{ticket.key}:{kind}:{ticket.reopened}",
            to_manager=to_manager,
        )

    def of_ticket(self, ticket_id: int) -> list[Task]:
        """What the staff still have to do about it."""
        return self.of_occurrences(f"ticket:{ticket_id}:")

    def close_ticket(self, ticket_id: int, outcome: str) -> None:
        """Nothing is to be done about it any more."""
        for task in self.of_ticket(ticket_id):
            self.close(task, outcome)

    def of_occurrences(self, prefix: str) -> list[Task]:
        """Unfinished tasks whose occurrence begins like that."""
        query = select(Task).where(col(Task.occurrence).startswith(prefix, autoescape=True))
        return list(self.crm.session.exec(query.where(col(Task.status).in_(UNFINISHED)).order_by(col(Task.id))))

    def unfinished_of_talk(self, conversation_id: int, kind: str) -> Task | None:
        query = select(Task).where(
            Task.conversation_id == conversation_id, Task.kind == kind, col(Task.status).in_(UNFINISHED)
        )
        return self.crm.session.exec(query).first()

    def of_talk(self, conversation_id: int) -> list[Task]:
        """The unfinished ones about that talk, oldest first."""
        query = select(Task).where(Task.conversation_id == conversation_id, col(Task.status).in_(UNFINISHED))
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def open(
        self,
        kind: str,
        *,
        store_id: int | None,
        facts: dict[str, Any] | None = None,
        to_manager: bool = False,
        **refs: Any,
    ) -> int | None:
        """A new task and its cards in the staff places of its store. None when its occurrence has one already."""
        now, text = self.crm.now, json.dumps(facts or {}, ensure_ascii=False)
        row = {"kind": kind, "store_id": store_id, "facts": text, "created_at": now, "changed_at": now}
        number = self.crm.insert_once(Task, **row, **refs)
        if number is not None:
            self.crm.record("task.opened", "task", number, owner_id=refs.get("owner_id"), detail=kind)
            self._post(number, store_id, to_manager=to_manager)
        return number

    def take(self, task: Task, staff_id: int) -> bool:
        """Give the task to the one who tapped first. False: somebody else has it, or it is over."""
        return self._change(
            task, (OPEN, SNOOZED), status=TAKEN, taken_by=staff_id, taken_at=self.crm.now, snoozed_until=None
        )

    def give_back(self, task: Task, staff_id: int) -> bool:
        return self._change(task, (TAKEN,), by=staff_id, status=OPEN, taken_by=None, taken_at=None)

    def snooze(self, task: Task, staff_id: int, until: datetime, outcome: str = "snoozed") -> bool:
        return self._change(task, (TAKEN,), by=staff_id, status=SNOOZED, snoozed_until=until, outcome=outcome)

    def finish(self, task: Task, staff_id: int, outcome: str) -> bool:
        """Done by the one who took it."""
        return self._change(task, (TAKEN, SNOOZED), by=staff_id, status=DONE, outcome=outcome)

    def note(self, task: Task, staff_id: int, outcome: str) -> bool:
        """Keep what the taker has reached so far ("called"); the task goes on."""
        return self._change(task, (TAKEN, SNOOZED), by=staff_id, status=TAKEN, snoozed_until=None, outcome=outcome)

    def close(self, task: Task, outcome: str) -> bool:
        """Over by itself: the owner booked, the link was answered."""
        return self._change(task, UNFINISHED, status=CLOSED, outcome=outcome)

    def touch(self, task: Task) -> None:
        """What its cards show beside the task has changed: they are brought up to date."""
        statement = update(TASKS).where(TASKS.c.id == task.key)
        values = {"version": TASKS.c.version + 1, "changed_at": self.crm.now}
        self.crm.connection.execute(statement.values(values))
        self.crm.session.refresh(task)
        self._repost(task)
        if task.taken_by and self.crm.shop.telegram and self.crm.identities.of_staff(task.taken_by, "telegram"):
            self.crm.outbox.queue_private_card("telegram", task.taken_by, task)

    def appointment_cancelled(self, appointment: Appointment) -> None:
        """The owner cancelled: whoever prepared for it is told by the card, or by a new one when that is over."""
        open_ones = self._of_appointment(appointment.key)
        for task in open_ones:
            self.close(task, "cancelled")
            self._tell_taker(task)
        if not any(task.kind == "new_appointment" for task in open_ones):
            self._open_about("appointment_cancelled", appointment)

    def appointment_moved(self, appointment: Appointment) -> None:
        """The card shows the new time; when it is over, a new one does."""
        open_ones = self._of_appointment(appointment.key)
        for task in open_ones:
            if task.kind == "arrival":
                self.close(task, "moved")
            else:
                self._change(task, UNFINISHED, status=task.status)
                self._tell_taker(task)
        if not any(task.kind == "new_appointment" for task in open_ones):
            self._open_about("appointment_moved", appointment)

    def appointment_settled(self, appointment_id: int, outcome: str) -> None:
        """It is known whether the car came: nobody needs to be asked, or to prepare, any more."""
        for task in self._of_appointment(appointment_id):
            self.close(task, outcome)

    def _open_about(self, kind: str, appointment: Appointment) -> None:
        self.open(
            kind,
            store_id=appointment.store_id,
            owner_id=appointment.owner_id,
            vehicle_id=appointment.vehicle_id,
            appointment_id=appointment.key,
            occurrence=f"{kind}:{appointment.key}:{appointment.starts_at:%Y%m%d%H%M}",
        )

    def _tell_taker(self, task: Task) -> None:
        """An edited card rings nobody: who has taken it is told in private."""
        taker = task.taken_by
        if taker and self.crm.shop.telegram and self.crm.identities.of_staff(taker, "telegram"):
            self.crm.outbox.queue_private_card("telegram", taker, task)

    def _of_appointment(self, appointment_id: int) -> list[Task]:
        query = select(Task).where(Task.appointment_id == appointment_id, col(Task.status).in_(UNFINISHED))
        return list(self.crm.session.exec(query))

    def wake(self) -> int:
        """Snoozed tasks whose time has come are taken up again by a fresh card. Returns how many."""
        query = select(Task).where(Task.status == SNOOZED, col(Task.snoozed_until) <= self.crm.now)
        woken = 0
        for task in self.crm.session.exec(query).all():
            if self._change(task, (SNOOZED,), edit=False, status=TAKEN if task.taken_by else OPEN, snoozed_until=None):
                self._post(task.key, task.store_id)
                woken += 1
        return woken

    def hand_over(self, old: int, new: int) -> None:
        query = select(Task).where(Task.taken_by == old, col(Task.status).in_(UNFINISHED))
        for task in self.crm.session.exec(query).all():
            self._change(task, UNFINISHED, taken_by=new)

    def posts(self, task_id: int) -> list[Post]:
        return list(self.crm.session.exec(select(Post).where(Post.task_id == task_id).order_by(col(Post.id))))

    def post(self, post_id: int) -> Post:
        return self.crm.session.get_one(Post, post_id)

    def shown(self, post_id: int, message: str, version: int) -> None:
        """The card stands there now, as of that version."""
        statement = update(POSTS).where(POSTS.c.id == post_id, POSTS.c.version < version)
        self.crm.connection.execute(statement.values(message=message, version=version, posted_at=self.crm.now))

    def post_again(self, post_id: int) -> None:
        """The card is gone from its place: the next change is a new message."""
        self.crm.connection.execute(update(POSTS).where(POSTS.c.id == post_id).values(message=""))

    def _change(
        self, task: Task, allowed: tuple[str, ...], *, by: int | None = None, edit: bool = True, **values: Any
    ) -> bool:
        """One conditional UPDATE: of two people tapping at once, exactly one finds the row as it must be."""
        statement = update(TASKS).where(TASKS.c.id == task.key, TASKS.c.status.in_(allowed))
        if by is not None:
            statement = statement.where(TASKS.c.taken_by == by)
        values |= {"version": TASKS.c.version + 1, "changed_at": self.crm.now}
        changed = self.crm.session.connection().execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(task)
        if changed:
            verb = task.status if task.status != OPEN else "returned"
            self.crm.record(f"task.{verb}", "task", task.key, owner_id=task.owner_id, detail=task.outcome)
            if task.conversation_id and task.status not in UNFINISHED:
                self.crm.drafts.over(task.key)
            if edit:
                self._repost(task)
        return changed

    def _post(self, task_id: int, store_id: int | None, *, to_manager: bool = False) -> None:
        for place in self.crm.places(store_id, to_manager=to_manager):
            post_id = self.crm.insert(Post, task_id=task_id, place=place)
            self.crm.outbox.queue_card(place, task_id, post_id)

    def _repost(self, task: Task) -> None:
        for post in self.posts(task.key):
            self.crm.outbox.queue_card(post.place, task.key, post.key)
