"""Owners about whom something has changed that grades, alerts or journeys count from.

Triggers of the database write it (see the migration), so that whatever writes a visit, a car or a birthday is seen: a
flow, an import, the DMS or a merge. One row per change, in order; the tick takes them and looks at those owners again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, delete
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from storage.columns import table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm


class Touched(SQLModel, table=True):
    """One change. No foreign key: a trigger must never be what refuses a write."""

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int


TOUCHED = table_of(Touched)
_OLDEST = core_select(TOUCHED.c.id).order_by(TOUCHED.c.id).limit(bindparam("most", type_=Integer()))
_ANYBODY = Prepared(core_select(TOUCHED.c.id).limit(1))
_TAKE = Prepared(delete(TOUCHED).where(TOUCHED.c.id.in_(_OLDEST)).returning(TOUCHED.c.owner_id))


class TouchedOwners:
    """Verbs on what has changed."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def take(self, most: int = 5000) -> list[int]:
        """The owners of the oldest changes, once: who takes them looks at them in this transaction."""
        self.crm.session.flush()
        return sorted({row.owner_id for row in _TAKE.all(self.crm.connection, most=most)})

    def anybody(self) -> bool:
        """Whether somebody is still to be looked at."""
        return bool(_ANYBODY.all(self.crm.connection))
