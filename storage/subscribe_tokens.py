"""Subscribe tokens: how many notifications of a template a follower has accepted and not yet got."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from core.one_time_notices import Wanted, wanted
from core.routes import WECHAT
from storage.columns import Moment, table_of
from storage.identities import IDENTITIES

if TYPE_CHECKING:
    from storage.crm import Crm


class SubscribeToken(SQLModel, table=True):
    """One follower and one template: each yes is one message; taken back, all are gone."""

    __tablename__ = "subscribe_token"
    __table_args__ = (UniqueConstraint("identity_id", "template"),)

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id")
    template: str = Field(max_length=64)
    left: int = 0
    changed_at: datetime = Field(sa_type=Moment)


TOKENS = table_of(SubscribeToken)


class SubscribeTokens:
    """Verbs on subscribe tokens. Each change is one UPDATE that counts."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def accepted(self, identity_id: int, template: str) -> None:
        """They said yes to one more."""
        template = template[:64]
        self.crm.insert_once(SubscribeToken, identity_id=identity_id, template=template, changed_at=self.crm.now)
        self._change(identity_id, template, TOKENS.c.left + 1)

    def refused(self, identity_id: int, template: str) -> None:
        """They took them back, or the platform says that none is left."""
        self._change(identity_id, template[:64], 0)

    def left(self, identity_id: int, template: str) -> int:
        query = core_select(TOKENS.c.left).where(TOKENS.c.identity_id == identity_id, TOKENS.c.template == template)
        return self.crm.connection.execute(query).scalar() or 0

    def lacking(self, identity_id: int) -> tuple[Wanted, ...]:
        """The notices that they may allow and of which no yes is left."""
        return tuple(one for one in self.allowable(identity_id) if self.left(identity_id, one.template) <= 0)

    def lacking_of(self, owner_id: int) -> bool:
        """Whether there is such a notice for one of the owner's accounts."""
        return any(self.lacking(account.key) for account in self.crm.identities.of_owner(owner_id))

    def allowable(self, identity_id: int) -> tuple[Wanted, ...]:
        """The notices that they may allow on our page: none on other channels, or while the page has no address."""
        notices = wanted(self.crm.shop.policy) if self.crm.shop.public_url else ()
        return notices if notices and self.crm.identities.get(identity_id).channel == WECHAT else ()

    def left_of(self, owner_id: int) -> dict[str, int]:
        """Per template, over all the owner's accounts."""
        mine = core_select(IDENTITIES.c.id).where(IDENTITIES.c.owner_id == owner_id)
        query = core_select(TOKENS.c.template, func.sum(TOKENS.c.left)).where(TOKENS.c.identity_id.in_(mine))
        return {
            template: int(left) for template, left in self.crm.connection.execute(query.group_by(TOKENS.c.template))
        }

    def use(self, identity_id: int, template: str) -> bool:
        """Take one. False: there is none."""
        return self._change(identity_id, template, TOKENS.c.left - 1, TOKENS.c.left > 0)

    def _change(self, identity_id: int, template: str, left: object, *only: object) -> bool:
        which = (TOKENS.c.identity_id == identity_id, TOKENS.c.template == template, *only)
        statement = update(TOKENS).where(*which).values(left=left, changed_at=self.crm.now)  # type: ignore[arg-type]
        return self.crm.connection.execute(statement).rowcount == 1
