"""How far each step of the journeys has come: the last day whose audience has been decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, SQLModel

from storage.columns import table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Progress(SQLModel, table=True):
    """One step. Everybody whose step fell on `through` or before has been looked at."""

    __table_args__ = (UniqueConstraint("journey", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    journey: str = Field(max_length=32)
    step: str = Field(max_length=16)
    through: date


PROGRESS = table_of(Progress)


class Progresses:
    """Verbs on progress."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def all(self) -> dict[tuple[str, str], date]:
        """Every step's last day."""
        return {(row.journey, row.step): row.through for row in self.crm.connection.execute(PROGRESS.select())}

    def reach(self, journey: str, step: str, day: date) -> None:
        """That day's audience is decided; it never goes back."""
        self.crm.insert_once(Progress, journey=journey, step=step, through=day)
        mine = (PROGRESS.c.journey == journey, PROGRESS.c.step == step)
        self.crm.connection.execute(update(PROGRESS).where(*mine, PROGRESS.c.through < day).values(through=day))
