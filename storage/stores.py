"""Stores (门店), their bays and their holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from core.hours import cells, open_spans, parse_hours, starts

if TYPE_CHECKING:
    from storage.crm import Crm


class Store(SQLModel, table=True):
    """A branch of the shop. `hours` reads "09:00-12:00,13:30-18:00"; `closed_weekdays` are ISO numbers, "67"."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=32)
    name: str = Field(max_length=64)
    hours: str = Field(default="09:00-18:00", max_length=128)
    closed_weekdays: str = Field(default="", max_length=7)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=32)  # the store's own public number
    staff_chat: str = Field(default="", max_length=64)  # its Telegram staff group; empty: the setting's
    robot_sealed: bytes | None = None  # its WeCom robot's URL, which is a secret; empty: the setting's
    wecom_chat: str | None = Field(default=None, max_length=64)  # the WeCom group that is bound to it by the AI bot
    active: bool = True

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Bay(SQLModel, table=True):
    """A place where a car is worked on."""

    __table_args__ = (UniqueConstraint("store_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    store_id: int = Field(foreign_key="store.id")
    number: int  # as painted on the floor
    type: str = Field(max_length=32)  # general, quick, alignment, bodywork, …
    active: bool = True


class Holiday(SQLModel, table=True):
    """A day on which a store, or all of them, is closed."""

    __table_args__ = (UniqueConstraint("store_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    day: date
    note: str = Field(default="", max_length=64)


class MovedGroup(SQLModel, table=True):
    """A staff group that got a new id, for those who still have the old one: the setting."""

    __tablename__ = "moved_group"

    old: str = Field(primary_key=True, max_length=64)
    new: str = Field(max_length=64)


class Stores:
    """Verbs on stores."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def all(self) -> list[Store]:
        return [store for store in self.crm.premises.stores.values() if store.active]

    def get(self, store_id: int) -> Store:
        """A store to read from."""
        return self.crm.premises.stores[store_id]

    def by_code(self, code: str) -> Store | None:
        """A store to change."""
        return self.crm.session.exec(select(Store).where(Store.code == code)).first()

    def named(self, text: str) -> Store | None:
        """The one store whose code or name is, or clearly is part of, what was said."""
        said = text.strip().removesuffix("店").lower()
        stores = self.all()
        exact = [s for s in stores if text.strip().lower() in (s.code.lower(), s.name.lower())]
        near = exact or [s for s in stores if said and said in s.name.lower()]
        return near[0] if len(near) == 1 else None

    def add(self, code: str, name: str, hours: str = "09:00-18:00", bays: dict[str, int] | None = None) -> Store:
        """A new store, bookable at once. Raises BadInput for hours that cannot be."""
        parse_hours(hours)
        store = Store(code=code, name=name, hours=hours)
        self.crm.session.add(store)
        self.crm.session.flush()
        self.set_bays(store, bays or {"general": 2, "quick": 1})
        self.crm.record("store.added", "store", store.key, detail=name)
        return store

    def set_bays(self, store: Store, wanted: dict[str, int]) -> None:
        """Make the store have that many bays of each type; a bay that is not wanted any more is only closed."""
        bays = list(self.crm.session.exec(select(Bay).where(Bay.store_id == store.key).order_by(col(Bay.number))))
        number = max((bay.number for bay in bays), default=0)
        for type_, count in wanted.items():
            same = [bay for bay in bays if bay.type == type_]
            for index, bay in enumerate(same):
                bay.active = index < count
            for _ in range(count - len(same)):
                number += 1
                self.crm.session.add(Bay(store_id=store.key, number=number, type=type_))
        for bay in bays:
            bay.active = bay.active and bay.type in wanted
        self.crm.session.flush()

    def bays(self, store_id: int, type_: str) -> list[Bay]:
        """The open bays of a type; a type that the store lacks is served by its general ones."""
        bays = self.crm.premises.open_bays[store_id]
        return [b for b in bays if b.type == type_] or [b for b in bays if b.type == "general"]

    def bay_numbers(self, store_id: int, type_: str) -> list[int]:
        """The same by number, kept as long as the premises stand."""
        kept, key = self.crm.premises.bay_numbers, (store_id, type_)
        if key not in kept:
            kept[key] = [bay.id or 0 for bay in self.bays(store_id, type_)]
        return kept[key]

    def bay_counts(self, store_id: int) -> dict[str, int]:
        """How many open bays of each type the store has."""
        query = select(Bay.type).where(Bay.store_id == store_id, col(Bay.active)).order_by(col(Bay.number))
        counts: dict[str, int] = {}
        for type_ in self.crm.session.exec(query):
            counts[type_] = counts.get(type_, 0) + 1
        return counts

    def bay(self, bay_id: int) -> Bay:
        return self.crm.premises.bays[bay_id]

    def close_on(self, day: date, note: str = "", store: Store | None = None) -> None:
        """Add a holiday; adding it twice changes nothing."""
        if self._is_holiday(day, store.key if store else None):
            return
        self.crm.session.add(Holiday(store_id=store.key if store else None, day=day, note=note))
        self.crm.session.flush()

    def holidays(self, since: date) -> list[Holiday]:
        """Days from `since` on on which a store, or all of them, is closed."""
        query = select(Holiday).where(col(Holiday.day) >= since).order_by(col(Holiday.day), col(Holiday.id))
        return list(self.crm.session.exec(query))

    def group(self, store_id: int) -> str:
        """Where the Telegram group of the store's staff is now (0: of no store): its own, else the setting's."""
        own = self.get(store_id).staff_chat if store_id else ""
        chat = own or self.crm.shop.telegram_staff_chat
        moved = self.crm.session.get(MovedGroup, chat)
        return moved.new if moved else chat

    def group_moved(self, old: str, new: str) -> None:
        """Telegram made the group a supergroup with another id."""
        for store in self.crm.session.exec(select(Store).where(Store.staff_chat == old)):
            store.staff_chat = new
        for earlier in self.crm.session.exec(select(MovedGroup).where(MovedGroup.new == old)):
            earlier.new = new
        self.crm.session.merge(MovedGroup(old=old, new=new))
        self.crm.session.flush()

    def robot(self, store_id: int) -> str:
        """The URL of the store's WeCom robot (0: of no store): its own, else the setting's."""
        sealed = self.get(store_id).robot_sealed if store_id else None
        return self.crm.keys.unseal(sealed, "store.robot") if sealed else self.crm.shop.robot_url

    def wecom_group(self, store_id: int) -> str:
        """The WeCom group that is bound to the store (0: of no store, the first that is bound at all); "" for none."""
        if store_id:
            return self.get(store_id).wecom_chat or ""
        return next((store.wecom_chat for store in self.all() if store.wecom_chat), "")

    def bind_wecom(self, store: Store, chat: str) -> None:
        """Its cards stand in that WeCom group from now on; "" lets go of it."""
        store.wecom_chat = chat or None
        self.crm.session.flush()
        self.crm.record("store.bound" if chat else "store.unbound", "store", store.key, detail=store.name)

    def set_robot(self, store: Store, url: str) -> None:
        store.robot_sealed = self.crm.keys.seal(url, "store.robot") if url else None
        self.crm.session.flush()

    def open_spans(self, store: Store, day: date) -> list[tuple[datetime, datetime]]:
        """When the store is open that day, in UTC."""
        premises = self.crm.premises
        closed = {day} if {(store.key, day), (None, day)} & premises.closed else set()
        weekdays = {int(n) for n in store.closed_weekdays}
        return open_spans(premises.hours[store.key], day, self.crm.shop.zone, closed, weekdays)

    def grid(self, store: Store, duration: timedelta, day: date) -> list[tuple[datetime, list[datetime]]]:
        """Every moment of the day at which work of that length can start, with the cells that it takes."""
        kept = self.crm.premises.grids
        key = (store.key, duration, day)
        if key not in kept:
            spans = self.open_spans(store, day)
            kept[key] = [(start, cells(start, duration)) for start in starts(spans, duration)]
        return kept[key]

    def _is_holiday(self, day: date, store_id: int | None) -> bool:
        query = select(Holiday.id).where(Holiday.day == day, col(Holiday.store_id).is_not_distinct_from(store_id))
        return self.crm.session.exec(query).first() is not None
