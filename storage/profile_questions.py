"""Questions for missing facts of an owner's profile: when each was asked, and whether it was skipped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm


class ProfileQuestion(SQLModel, table=True):
    """One question for one fact. Rows are only added."""

    __tablename__ = "profile_question"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    field: str = Field(max_length=16)
    skipped: bool = False
    asked_at: datetime = Field(sa_type=Moment)


class ProfileQuestions:
    """Verbs on these questions."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def asked(self, owner_id: int, field: str, *, skipped: bool = False) -> None:
        self.crm.insert(ProfileQuestion, owner_id=owner_id, field=field, skipped=skipped, asked_at=self.crm.now)

    def of_owner(self, owner_id: int) -> list[ProfileQuestion]:
        """In the order in which they were asked."""
        query = select(ProfileQuestion).where(ProfileQuestion.owner_id == owner_id)
        return list(self.crm.session.exec(query.order_by(col(ProfileQuestion.id))))
