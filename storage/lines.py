"""Lines: how a long connection to a platform stands, for those who do not hold it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

CONNECTED, AWAY, KICKED, REFUSED = "connected", "away", "kicked", "refused"


class Line(SQLModel, table=True):
    """One long connection. Its moments are the machine's: a virtual clock of the shop means nothing to a platform."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=16)  # the channel: wecom_bot
    state: str = Field(max_length=12)
    words: str = Field(default="", max_length=200)  # why it is not connected
    since: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)


LINES = table_of(Line)


class Lines:
    """Verbs on lines."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def tell(self, name: str, state: str, words: str, real_now: datetime) -> None:
        """How the connection is now, from the process that holds it; `since` stays while the state does."""
        told = {"state": state, "words": words[:200]}
        made = self.crm.insert_once(Line, name=name, since=real_now, seen_at=real_now, **told)
        if made is not None:
            return
        changed = update(LINES).where(LINES.c.name == name, LINES.c.state != state)
        self.crm.connection.execute(changed.values(since=real_now))
        self.crm.connection.execute(update(LINES).where(LINES.c.name == name).values(seen_at=real_now, **told))

    def of(self, name: str) -> Line | None:
        """What was told of it last; None before anything was."""
        return self.crm.session.exec(select(Line).where(Line.name == name)).first()
