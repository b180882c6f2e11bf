"""The people who work here, their roles and how to reach them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm


class Staff(SQLModel, table=True):
    """One member of staff. Their chat accounts are identities that point here."""

    id: int | None = Field(default=None, primary_key=True)
    store_id: int = Field(foreign_key="store.id", index=True)
    name: str = Field(max_length=64)
    role: str = Field(max_length=16)
    skills: str = Field(default="", max_length=200)  # comma-separated; a technician's
    active: bool = True
    started_bot: bool = False  # the Telegram bot may write to them in private
    joined_at: datetime = Field(sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def sees_store(self, store_id: int | None) -> bool:
        """Whether that store's work is theirs to see: their own store's, or every store's for the head office."""
        return store_id is None or self.role in ("boss", "operator") or self.store_id == store_id


class Staffs:
    """Verbs on staff."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def all(self) -> list[Staff]:
        return list(self.crm.session.exec(select(Staff).where(col(Staff.active)).order_by(col(Staff.id))))

    def get(self, staff_id: int) -> Staff:
        return self.crm.session.get_one(Staff, staff_id)

    def named(self, name: str, store_id: int) -> Staff | None:
        """The one colleague whom the words mean: of that store first, then of any."""
        said = [s for s in self.all() if name and s.name.lower() == name.lower()]
        near = said or [s for s in self.all() if name and s.name.lower().startswith(name.lower())]
        here = [s for s in near if s.store_id == store_id]
        return (here or near)[0] if len(here or near) == 1 else None

    def technicians(self, store_id: int, skill: str = "") -> list[Staff]:
        """Who can do work that needs that skill, in the store; any technician when it needs none."""
        here = self.crm.premises.technicians[store_id]
        return [s for s in here if not skill or skill in s.skills.split(",")]

    def managers(self, store_id: int | None) -> list[Staff]:
        """The store's managers whom the Telegram bot may write to."""
        return [s for s in self.all() if s.role == "manager" and s.store_id == store_id and s.started_bot]

    def bosses(self) -> list[Staff]:
        """Those whom the Telegram bot may write to."""
        return [s for s in self.all() if s.role == "boss" and s.started_bot]

    def by_account(self, channel: str, account: str) -> Staff | None:
        """The member of staff behind a chat account, if they still work here."""
        identity = self.crm.identities.find(channel, account)
        if identity is None or identity.staff_id is None:
            return None
        staff = self.get(identity.staff_id)
        return staff if staff.active else None

    def private_channel(self, staff_id: int) -> str:
        """By which channel they can be told something alone: telegram, wecom_bot; "" for none."""
        shop, of_staff = self.crm.shop, self.crm.identities.of_staff
        if shop.telegram and of_staff(staff_id, "telegram"):
            return "telegram"
        return "wecom_bot" if shop.wecom_bot and of_staff(staff_id, "wecom_bot") else ""

    def private_place(self, staff_id: int) -> str:
        """ "telegram:member:3"; "" where there is none."""
        channel = self.private_channel(staff_id)
        return channel and f"{channel}:member:{staff_id}"

    def add(
        self, name: str, role: str, store_id: int, *, telegram: str = "", wecom: str = "", skills: str = ""
    ) -> Staff:
        staff = Staff(name=name, role=role, store_id=store_id, skills=skills, joined_at=self.crm.now)
        self.crm.session.add(staff)
        self.crm.session.flush()
        for channel, account in (("telegram", telegram), ("wecom", wecom)):
            if account:
                self.crm.identities.give_to_staff(channel, account, staff.key)
        self.crm.record("staff.joined", "staff", staff.key, detail=name)
        return staff

    def started(self, staff_id: int, yes: bool) -> None:
        """Whether the bot may write to them in private, as the platform just showed."""
        staff = self.get(staff_id)
        if staff.started_bot != yes:
            staff.started_bot = yes
            self.crm.session.flush()

    def remove(self, staff: Staff, heir: Staff) -> None:
        """Revoke at once, and hand owners and open tasks over."""
        staff.active, staff.left_at = False, self.crm.now
        self.crm.identities.take_from_staff(staff.key)
        self.crm.signins.revoke(staff.key)
        self.crm.owners.hand_over(staff.key, heir.key)
        self.crm.tasks.hand_over(staff.key, heir.key)
        self.crm.session.flush()
        self.crm.record("staff.left", "staff", staff.key, detail=f"{staff.name} → {heir.name}")
