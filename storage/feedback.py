"""Feedback: what the staff think of the product and of its cards, in their own words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

LONGEST = 500  # characters


class Feedback(SQLModel, table=True):
    """One suggestion, about a card where it was made from one."""

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    task_id: int | None = Field(default=None, foreign_key="task.id")
    words: str = Field(max_length=LONGEST)
    at: datetime = Field(sa_type=Moment, index=True)


class Feedbacks:
    """Verbs on feedback."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def add(self, staff_id: int, words: str, task_id: int | None = None) -> int:
        number = self.crm.insert(
            Feedback, staff_id=staff_id, task_id=task_id, words=words.strip()[:LONGEST], at=self.crm.now
        )
        self.crm.record("feedback.given", "feedback", number)
        return number

    def since(self, moment: datetime) -> list[Feedback]:
        """Oldest first."""
        query = select(Feedback).where(col(Feedback.at) >= moment).order_by(col(Feedback.id))
        return list(self.crm.session.exec(query))
