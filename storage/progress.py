"""How far each step of the journeys has come: the last day whose audience has been decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Date, String, UniqueConstraint, bindparam, or_, update
from sqlmodel import Field, SQLModel

from storage.columns import table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm


class Progress(SQLModel, table=True):
    """One step. Everybody whose step fell on `through` or before has been looked at, as long as it falls by `rule`."""

    __table_args__ = (UniqueConstraint("journey", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    journey: str = Field(max_length=32)
    step: str = Field(max_length=16)
    rule: str = Field(max_length=16)
    through: date


PROGRESS = table_of(Progress)
_OF = Prepared(PROGRESS.select().where(PROGRESS.c.journey == bindparam("journey")))
_RULE, _DAY = bindparam("to_rule", type_=String()), bindparam("to_day", type_=Date())
_REACH = Prepared(
    update(PROGRESS)
    .where(PROGRESS.c.journey == bindparam("of_journey"), PROGRESS.c.step == bindparam("of_step"))
    .where(or_(PROGRESS.c.through < _DAY, PROGRESS.c.rule != _RULE))
    .values(through=_DAY, rule=_RULE)
)


class Progresses:
    """Verbs on progress."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def of(self, journey: str) -> dict[tuple[str, str], date]:
        """The last day of each of its steps, by step and rule."""
        return {(row.step, row.rule): row.through for row in _OF.all(self.crm.connection, journey=journey)}

    def reach(self, journey: str, step: str, rule: str, day: date) -> None:
        """That day's audience is decided; it never goes back, unless the step falls by another rule now."""
        self.crm.insert_once(Progress, journey=journey, step=step, rule=rule, through=day)
        _REACH.run(self.crm.connection, of_journey=journey, of_step=step, to_rule=rule, to_day=day)
