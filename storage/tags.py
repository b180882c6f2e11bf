"""Tags: a word about an owner, put there by hand or by a rule."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, delete
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Tag(SQLModel, table=True):
    """One word about one owner. `source`: "rule:referral", "staff:2", "owner:5"."""

    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    name: str = Field(max_length=32, index=True)
    source: str = Field(default="", max_length=32)
    at: datetime = Field(sa_type=Moment)


TAGS = table_of(Tag)


class Tags:
    """Verbs on tags."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def of_owner(self, owner_id: int) -> list[str]:
        """Their names, the oldest first."""
        return list(self.crm.session.exec(select(Tag.name).where(Tag.owner_id == owner_id).order_by(col(Tag.id))))

    def add(self, owner_id: int, name: str, source: str) -> bool:
        """False: the owner has it already."""
        number = self.crm.insert_once(Tag, owner_id=owner_id, name=name[:32], source=source, at=self.crm.now)
        if number is not None:
            self.crm.record("tag.added", "tag", number, owner_id=owner_id, detail=name[:32])
        return number is not None

    def remove(self, owner_id: int, name: str) -> bool:
        """False: the owner has none of that name."""
        statement = delete(TAGS).where(TAGS.c.owner_id == owner_id, TAGS.c.name == name).returning(TAGS.c.id)
        number = self.crm.connection.execute(statement).scalar()
        if number is not None:
            self.crm.record("tag.removed", "tag", number, owner_id=owner_id, detail=name)
        return number is not None

    def move_owner(self, old: int, new: int) -> None:
        """The tags of one record become another's; what both had stays once."""
        for tag in self.crm.session.exec(select(Tag).where(Tag.owner_id == old)).all():
            self.crm.insert_once(Tag, owner_id=new, name=tag.name, source=tag.source, at=tag.at)
        self.crm.connection.execute(delete(TAGS).where(TAGS.c.owner_id == old))
