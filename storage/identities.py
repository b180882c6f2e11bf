"""Chat identities: which account in which channel is which owner or member of staff."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, bindparam, update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm


class Identity(SQLModel, table=True):
    """One account in one channel. The account itself is sealed and found by its keyed hash."""

    __table_args__ = (UniqueConstraint("channel", "account_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=16)
    account_hash: bytes
    account_sealed: bytes
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    reachable: bool = True  # false once they blocked the bot or unfollowed
    since: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


IDENTITIES = table_of(Identity)
SAME_ACCOUNTS = {"wecom_bot": "wecom"}  # channels through which a platform's own accounts speak


_BELONGS = Prepared(
    update(IDENTITIES).where(IDENTITIES.c.id == bindparam("number")).values(owner_id=bindparam("owner"))
)


class Identities:
    """Verbs on identities."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def find(self, channel: str, account: str) -> Identity | None:
        channel = SAME_ACCOUNTS.get(channel, channel)
        hashes = self.crm.keys.indexes(account, f"identity.{channel}")
        query = select(Identity).where(Identity.channel == channel, col(Identity.account_hash).in_(hashes))
        return self.crm.session.exec(query).first()

    def get(self, identity_id: int) -> Identity:
        return self.crm.session.get_one(Identity, identity_id)

    def of_owner(self, owner_id: int) -> list[Identity]:
        return list(
            self.crm.session.exec(select(Identity).where(Identity.owner_id == owner_id).order_by(col(Identity.id)))
        )

    def to_write_to(self, owner_id: int) -> list[Identity]:
        """The accounts at which the owner can be reached, their phone among them where texts can be sent."""
        found = [one for one in self.of_owner(owner_id) if one.reachable]
        if self.crm.shop.sms and not any(one.channel == "sms" for one in found):
            phone = self.crm.owners.phone_to_text(owner_id)
            texted = self.ensure("sms", phone) if phone else None
            if texted and texted.reachable and texted.owner_id in (None, owner_id):
                texted.owner_id = owner_id
                self.crm.session.flush()
                found.append(texted)
        return found

    def of_staff(self, staff_id: int, channel: str) -> Identity | None:
        channel = SAME_ACCOUNTS.get(channel, channel)
        query = select(Identity).where(Identity.staff_id == staff_id, Identity.channel == channel)
        return self.crm.session.exec(query).first()

    def account(self, identity: Identity) -> str:
        return self.crm.keys.unseal(identity.account_sealed, "identity.account")

    def ensure(self, channel: str, account: str) -> Identity:
        """The identity of that account, new if it was never seen."""
        found = self.find(channel, account)
        return found or self.get(self.number(channel, account))

    def number(self, channel: str, account: str) -> int:
        """The number of that account's identity, which is new unless somebody made it a moment ago."""
        made = self.crm.insert_once(
            Identity,
            channel=channel,
            account_hash=self.crm.keys.index(account, f"identity.{channel}"),
            account_sealed=self.crm.keys.seal(account, "identity.account"),
            since=self.crm.now,
        )
        if made is not None:
            return made
        there = self.find(channel, account)
        assert there is not None
        return there.key

    def belongs(self, identity_id: int, owner_id: int) -> None:
        """The account is that owner's."""
        _BELONGS.run(self.crm.connection, number=identity_id, owner=owner_id)

    def give_to_owner(self, channel: str, account: str, owner_id: int) -> Identity:
        identity = self.ensure(channel, account)
        identity.owner_id = owner_id
        self.crm.session.flush()
        return identity

    def give_to_staff(self, channel: str, account: str, staff_id: int) -> Identity:
        identity = self.ensure(channel, account)
        identity.staff_id = staff_id
        self.crm.session.flush()
        return identity

    def take_from_staff(self, staff_id: int) -> None:
        for identity in self.crm.session.exec(select(Identity).where(Identity.staff_id == staff_id)):
            identity.staff_id = None
        self.crm.session.flush()

    def lost(self, identity_id: int) -> None:
        """They blocked the bot or unfollowed: nothing more goes there until they write again."""
        self.crm.connection.execute(update(IDENTITIES).where(IDENTITIES.c.id == identity_id).values(reachable=False))

    def move_owner(self, old: int, new: int) -> None:
        for identity in self.of_owner(old):
            identity.owner_id = new
        self.crm.session.flush()
