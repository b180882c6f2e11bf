"""The rows of tasks: the work itself, and the posts (cards) by which the staff see it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.columns import Moment, table_of

OPEN, TAKEN, SNOOZED, DONE, CLOSED = "open", "taken", "snoozed", "done", "closed"
UNFINISHED = (OPEN, TAKEN, SNOOZED)


class Task(SQLModel, table=True):
    """One piece of work.

    `kind`: new_appointment, churn_alert, ticket, … as in handlers/desk/. `facts` is JSON of what the card tells
    beside the rows it points to. `occurrence` is unique: the same reason never makes two tasks. `version`
    counts the changes that its cards must show. `look_again_at`: when the desk's clock looks at it, and
    `look_again_for` what it is then: untaken, lease or note. `unanswered` counts how often it was left alone.
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
    offered_to: int | None = Field(default=None, foreign_key="staff.id")
    reserved_until: datetime | None = Field(default=None, sa_type=Moment)
    look_again_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    look_again_for: str = Field(default="", max_length=8)
    unanswered: int = 0
    escalated_at: datetime | None = Field(default=None, sa_type=Moment)
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
