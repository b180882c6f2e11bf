"""Tasks: work for the staff, looked up and kept in step with what it is about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, cast, literal, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select

from storage.columns import Moment
from storage.statements import Prepared
from storage.task_changes import TaskChanges
from storage.task_rows import CLOSED, DONE, OPEN, POSTS, SNOOZED, TAKEN, TASKS, UNFINISHED, Post, Task

if TYPE_CHECKING:
    from storage.appointments import Appointment
    from storage.tickets import Ticket

__all__ = ["CLOSED", "DONE", "OPEN", "POSTS", "SNOOZED", "TAKEN", "TASKS", "UNFINISHED", "Post", "Task", "Tasks"]
_PROPOSED = Prepared(
    core_select(TASKS.c.id)
    .where(TASKS.c.owner_id == bindparam("owner"), TASKS.c.kind == "link_proposal")
    .where(or_(*(TASKS.c.status == status for status in UNFINISHED)))
    .limit(1)
)
_TOLD = TASKS.alias("told")
_LATE = core_select(_TOLD.c.id).where(
    _TOLD.c.occurrence == bindparam("kind", type_=String()) + literal("_late:") + cast(TASKS.c.id, String)
)
_OLDER_THAN = Prepared(
    core_select(TASKS.c.id)
    .where(TASKS.c.kind == bindparam("kind", type_=String()))
    .where(or_(*(TASKS.c.status == status for status in UNFINISHED)))
    .where(TASKS.c.created_at <= bindparam("moment", type_=Moment()), ~_LATE.exists())
    .order_by(TASKS.c.id)
)


class Tasks(TaskChanges):
    """Every verb on tasks."""

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

    def unfinished(self, store_id: int | None = None) -> list[Task]:
        query = select(Task).where(col(Task.status).in_(UNFINISHED))
        if store_id is not None:
            query = query.where(Task.store_id == store_id)
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def taken_by(self, staff_id: int) -> list[Task]:
        query = select(Task).where(Task.taken_by == staff_id, col(Task.status).in_((TAKEN, SNOOZED)))
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def offered_to(self, staff_id: int) -> list[Task]:
        """What waits in the group with their name on it."""
        query = select(Task).where(Task.offered_to == staff_id, Task.status == OPEN)
        return list(self.crm.session.exec(query.order_by(col(Task.id))))

    def older_than(self, kind: str, moment: datetime) -> list[Task]:
        """Unfinished ones of that kind that were opened by then, and of which no "…_late" card tells yet."""
        rows = _OLDER_THAN.all(self.crm.connection, kind=kind, moment=moment)
        return [self.get(row.id) for row in rows]

    def open_links(self, owner_id: int) -> list[Task]:
        """Proposals about who a provisional owner is that nobody has answered yet."""
        query = select(Task).where(
            Task.owner_id == owner_id, Task.kind == "link_proposal", col(Task.status).in_(UNFINISHED)
        )
        return list(self.crm.session.exec(query))

    def is_proposed(self, owner_id: int) -> bool:
        """Whether such a proposal is open."""
        return _PROPOSED.first(self.crm.connection, owner=owner_id) is not None

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

    # — what they are about —

    def came_back(self, owner_id: int) -> None:
        """The owner booked by themselves: nobody needs to call about their staying away. What went wrong stays."""
        query = select(Task).where(
            Task.owner_id == owner_id,
            col(Task.kind).in_(("churn_alert", "own_call", "win_back_call")),
            col(Task.status).in_(UNFINISHED),
        )
        for task in self.crm.session.exec(query).all():
            if not task.told().get("manager"):
                self.close(task, "came_back")

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

    def appointment_cancelled(self, appointment: Appointment) -> None:
        """The owner cancelled: whoever prepared for it is told by the card, or by a new one when that is over."""
        open_ones = self._of_appointment(appointment.key)
        for task in open_ones:
            self.close(task, "cancelled")
            self.tell_taker(task)
        if not any(task.kind == "new_appointment" for task in open_ones):
            self._open_about("appointment_cancelled", appointment)

    def appointment_moved(self, appointment: Appointment) -> None:
        """The card shows the new time; when it is over, a new one does."""
        open_ones = self._of_appointment(appointment.key)
        for task in open_ones:
            if task.kind == "arrival":
                self.close(task, "moved")
            else:
                self._change(task, UNFINISHED)
                self.tell_taker(task)
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

    def _of_appointment(self, appointment_id: int) -> list[Task]:
        query = select(Task).where(Task.appointment_id == appointment_id, col(Task.status).in_(UNFINISHED))
        return list(self.crm.session.exec(query))
