"""Notice offers: when a follower was last shown the way to the page on which one-time notices are allowed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class NoticeOffer(SQLModel, table=True):
    """One follower, and the last time."""

    __tablename__ = "notice_offer"

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id", unique=True)
    offered_at: datetime = Field(sa_type=Moment)


OFFERS = table_of(NoticeOffer)


class NoticeOffers:
    """Verbs on notice offers."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def claim(self, identity_id: int, again: timedelta) -> bool:
        """They are shown it now. False: they were, not so long ago; of two at once one shows it."""
        now = self.crm.now
        if self.crm.insert_once(NoticeOffer, identity_id=identity_id, offered_at=now) is not None:
            return True
        which = (OFFERS.c.identity_id == identity_id, OFFERS.c.offered_at <= now - again)
        return self.crm.connection.execute(update(OFFERS).where(*which).values(offered_at=now)).rowcount == 1
