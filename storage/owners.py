"""Owners: the people who drive the cars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.birthdays import may_change
from storage.columns import Moment, table_of
from storage.statements import Prepared, defaults_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Owner(SQLModel, table=True):
    """One person. `status`: active, provisional (wrote to us, not yet known to be anybody on record), merged."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", max_length=64, index=True)
    status: str = Field(default="active", max_length=16)
    phone_sealed: bytes | None = None
    phone_hash: bytes | None = Field(default=None, index=True)
    phone_verified: bool = False
    address_sealed: bytes | None = None
    birthday: date | None = Field(default=None, index=True)
    birthday_set_at: datetime | None = Field(default=None, sa_type=Moment)
    language: str = Field(default="zh", max_length=8)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    advisor_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    source: str = Field(default="", max_length=32)
    remarks: str = ""
    grade: str = Field(default="normal", max_length=16)
    stage: str = Field(default="new", max_length=16)
    churn_level: str = Field(default="none", max_length=8, index=True)
    phone_asked_at: datetime | None = Field(default=None, sa_type=Moment)
    consent_asked_at: datetime | None = Field(default=None, sa_type=Moment)
    merged_into: int | None = Field(default=None, foreign_key="owner.id")
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


OWNERS = table_of(Owner)
CHATS = ("telegram", "wechat", "web", "sms")  # sources of those who came by writing to us
_ATTRIBUTES = (
    "name", "status", "phone_sealed", "phone_hash", "phone_verified", "store_id", "advisor_id", "churn_level",
    "phone_asked_at", "consent_asked_at", "merged_into", "language",
)  # fmt: skip


class Person:
    """An owner as one turn sees them: what the dialogue looks at and may change, written back by `Owners.save`."""

    __slots__ = (*_ATTRIBUTES, "_read", "key")

    key: int
    name: str
    status: str
    phone_sealed: bytes | None
    phone_hash: bytes | None
    phone_verified: bool
    store_id: int | None
    advisor_id: int | None
    churn_level: str
    phone_asked_at: datetime | None
    consent_asked_at: datetime | None
    merged_into: int | None
    language: str

    def __init__(self, key: int, values: Sequence[Any]) -> None:
        self.key = key
        self._read = tuple(values)
        for name, value in zip(_ATTRIBUTES, values, strict=True):
            setattr(self, name, value)

    def changed(self) -> dict[str, Any]:
        """What is another than when it was read or saved last."""
        now = tuple(getattr(self, name) for name in _ATTRIBUTES)
        before, self._read = self._read, now
        return {name: new for name, old, new in zip(_ATTRIBUTES, before, now, strict=True) if new != old}


_PERSON = Prepared(core_select(*(OWNERS.c[name] for name in _ATTRIBUTES)).where(OWNERS.c.id == bindparam("number")))


# What a person told of themselves; those of one line go together.
_FACTS = (
    ("name",),
    ("phone_sealed", "phone_hash", "phone_verified"),
    ("address_sealed",),
    ("birthday", "birthday_set_at"),
    ("store_id",),
    ("advisor_id",),
)


class Owners:
    """Verbs on owners."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, owner_id: int) -> Owner:
        return self.crm.session.get_one(Owner, owner_id)

    def person(self, owner_id: int) -> Person:
        return Person(owner_id, _PERSON.first(self.crm.connection, number=owner_id))

    def newcomer(self, name: str, *, source: str, language: str) -> Person:
        """Somebody who wrote to us and is not known yet."""
        facts = {"name": name, "status": "provisional", "source": source, "language": language}
        number = self.crm.insert(Owner, **facts, created_at=self.crm.now)
        self.crm.record("owner.added", "owner", number, owner_id=number, detail=name)
        defaults = defaults_of(Owner) | facts
        return Person(number, [defaults[attribute] for attribute in _ATTRIBUTES])

    def save(self, person: Person) -> None:
        """Write what the turn changed."""
        self.crm.update(Owner, person.key, person.changed())

    def add(self, name: str = "", *, status: str = "active", **fields: Any) -> Owner:
        owner = self.crm.add(Owner(name=name, status=status, created_at=self.crm.now, **fields))
        self.crm.record("owner.added", "owner", owner.key, owner_id=owner.key, detail=name)
        return owner

    def phone(self, owner: Owner | Person) -> str | None:
        """E.164, or nothing."""
        return self.crm.keys.unseal(owner.phone_sealed, "owner.phone") if owner.phone_sealed else None

    def phone_to_text(self, owner_id: int) -> str | None:
        """The number that is known to be theirs: verified, or from the shop's own records; not one typed in a chat."""
        owner = self.get(owner_id)
        return self.phone(owner) if owner.phone_verified or owner.source not in CHATS else None

    def address(self, owner: Owner) -> str | None:
        return self.crm.keys.unseal(owner.address_sealed, "owner.address") if owner.address_sealed else None

    def set_phone(self, owner: Owner | Person, phone: str, *, verified: bool) -> None:
        owner.phone_sealed = self.crm.keys.seal(phone, "owner.phone")
        owner.phone_hash = self.crm.keys.index(phone, "owner.phone")
        owner.phone_verified = verified
        self._keep(owner)
        self.crm.record("owner.phone_set", "owner", owner.key, owner_id=owner.key)

    def set_address(self, owner: Owner, address: str) -> None:
        owner.address_sealed = self.crm.keys.seal(address, "owner.address")
        self.crm.session.flush()

    def set_birthday(self, owner: Owner, day: date) -> bool:
        """Kept as the owner says; False: they said another one within the year, so that nobody has two a year."""
        self.crm.session.flush()
        self.crm.session.refresh(owner)
        if owner.birthday == day:
            return True
        if not may_change(owner.birthday_set_at, self.crm.now, self.crm.shop.zone):
            return False
        as_read = OWNERS.c.birthday_set_at.is_not_distinct_from(owner.birthday_set_at)
        statement = update(OWNERS).where(OWNERS.c.id == owner.key, as_read)
        values = {"birthday": day, "birthday_set_at": self.crm.now}
        changed = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(owner)
        if changed:
            self.crm.record("owner.birthday_set", "owner", owner.key, owner_id=owner.key)
        return changed

    def with_phone(self, phone: str) -> list[Owner]:
        """Owners on record under that number; not the merged and the provisional ones."""
        query = select(Owner).where(
            col(Owner.phone_hash).in_(self.crm.keys.indexes(phone, "owner.phone")), Owner.status == "active"
        )
        return list(self.crm.session.exec(query.order_by(col(Owner.id))))

    def of_vehicle(self, vehicle_id: int) -> list[Owner]:
        """Owners on record of that car."""
        from storage.vehicles import OwnerVehicle

        query = (
            select(Owner)
            .join(OwnerVehicle, col(OwnerVehicle.owner_id) == col(Owner.id))
            .where(
                OwnerVehicle.vehicle_id == vehicle_id,
                col(OwnerVehicle.until).is_(None),
                Owner.status == "active",
            )
        )
        return list(self.crm.session.exec(query.order_by(col(Owner.id))))

    def speaks(self, owner_id: int, language: str) -> None:
        """They are answered in that language from now on, wherever they write."""
        self.crm.update(Owner, owner_id, {"language": language})
        self.crm.conversations.speak(owner_id, language)

    def remark(self, owner: Owner, words: str) -> None:
        """Something that whoever meets them should know; behind what is known already."""
        self.crm.session.flush()
        known = case((OWNERS.c.remarks == "", ""), else_=OWNERS.c.remarks + "；")
        self.crm.connection.execute(update(OWNERS).where(OWNERS.c.id == owner.key).values(remarks=known + words))
        self.crm.session.refresh(owner)
        self.crm.record("owner.noted", "owner", owner.key, owner_id=owner.key)

    def hand_over(self, old_advisor: int, new_advisor: int) -> None:
        statement = update(Owner).where(col(Owner.advisor_id) == old_advisor).values(advisor_id=new_advisor)
        self.crm.session.connection().execute(statement)

    def absorb(self, provisional: Owner | Person, known: Owner) -> None:
        """What a provisional owner did becomes the known owner's; the provisional record stays as a pointer.

        What the known owner's record lacks, it takes from the other; a number that was only typed in a chat stays out.
        """
        self.crm.write_events()
        self._keep(provisional)
        self._complete(known, self.get(provisional.key))
        self.crm.identities.move_owner(provisional.key, known.key)
        self.crm.vehicles.move_owner(provisional.key, known.key)
        self.crm.tags.move_owner(provisional.key, known.key)
        self.crm.predictions.move_owner(provisional.key, known.key)
        self.crm.figures.move_owner(provisional.key, known.key)
        for table in self.crm.tables_with_owner():
            statement = update(table).where(table.c.owner_id == provisional.key).values(owner_id=known.key)
            self.crm.session.connection().execute(statement)
        provisional.status, provisional.merged_into = "merged", known.key
        self._keep(provisional)
        self.crm.session.expire_all()
        self.crm.record(
            "owner.bound", "owner", known.key, owner_id=known.key, detail=f"#{provisional.key} → #{known.key}"
        )

    def _complete(self, known: Owner, other: Owner) -> None:
        self.crm.session.refresh(other)
        trusted = self.phone_to_text(other.key)
        for facts in _FACTS:
            if not getattr(known, facts[0]) and (trusted or "phone_sealed" not in facts):
                for fact in facts:
                    setattr(known, fact, getattr(other, fact))
        self.crm.session.flush()

    def _keep(self, owner: Owner | Person) -> None:
        if isinstance(owner, Person):
            self.save(owner)
        else:
            self.crm.session.flush()
