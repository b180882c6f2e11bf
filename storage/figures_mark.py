"""By which rules everybody's figures were reckoned last, and whether alerts were raised: when that is another,
everybody is looked at again.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel import Field, SQLModel

from storage.columns import table_of
from storage.grading import rulebook
from storage.owners import OWNERS
from storage.touched import TOUCHED

if TYPE_CHECKING:
    from storage.crm import Crm


class FiguresMark(SQLModel, table=True):
    """One row: a digest of the rules."""

    __tablename__ = "figures_mark"

    id: int = Field(primary_key=True)
    digest: str = Field(max_length=64)


MARK = table_of(FiguresMark)


def follow_policy(crm: Crm) -> bool:
    """Where the rules are others than last time, note everybody as touched; the next ticks look at them, part by part.

    Of two workers at once one does it. False: nothing has changed.
    """
    alerts = crm.shop.policy.journey("churn_alert").on
    digest = sha256(repr((rulebook(crm.shop), alerts)).encode()).hexdigest()
    if crm.connection.execute(core_select(MARK.c.digest)).scalar() == digest:
        return False
    if crm.insert_once(FiguresMark, id=1, digest=digest) is not None:
        return False
    mine = update(MARK).where(MARK.c.id == 1, MARK.c.digest != digest).values(digest=digest)
    if crm.connection.execute(mine).rowcount == 0:
        return False
    everybody = core_select(OWNERS.c.id).where(OWNERS.c.status == "active").order_by(OWNERS.c.id)
    crm.connection.execute(TOUCHED.insert().from_select(["owner_id"], everybody))
    return True
