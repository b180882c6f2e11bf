"""Service items: what can be booked, how long it takes, where, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, select

if TYPE_CHECKING:
    from storage.crm import Crm


class ServiceItem(SQLModel, table=True):
    """One kind of work. Prices are in fen (1/100 yuan)."""

    __tablename__ = "service_item"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=32)
    name: str = Field(max_length=64)
    name_en: str = Field(max_length=64)
    minutes: int
    bay_type: str = Field(max_length=32)
    price_fen: int
    skill: str = Field(default="", max_length=32)  # what a technician must have; empty: any technician
    active: bool = True

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def named(self, language: str) -> str:
        return self.name_en if language == "en" else self.name


# What a new shop starts with; the prices are invented and the shop's to change.
DEFAULT_ITEMS = (
    ("maintenance", "保养", "Maintenance", 60, "general", 580),
    ("tyres", "换轮胎", "Tyres", 60, "general", 1200),
    ("alignment", "四轮定位", "Wheel alignment", 60, "alignment", 180),
    ("battery", "换电瓶", "12 V battery", 30, "quick", 680),
    ("brakes", "刹车", "Brakes", 90, "general", 760),
    ("air_conditioning", "空调", "Air conditioning", 60, "general", 320),
    ("wash", "洗车", "Car wash", 30, "quick", 40),
    ("inspection", "检查", "Inspection", 30, "quick", 0),
    ("bodywork", "钣喷", "Bodywork", 120, "bodywork", 900),
    ("warranty", "质保", "Warranty work", 60, "general", 0),
    ("other", "其他", "Something else", 60, "general", 0),
)


class Services:
    """Verbs on service items."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def all(self) -> list[ServiceItem]:
        return [item for item in self.crm.premises.services.values() if item.active]

    def by_code(self, code: str) -> ServiceItem | None:
        """An item that is offered."""
        return next((item for item in self.all() if item.code == code), None)

    def get(self, service_id: int) -> ServiceItem:
        """An item to read from."""
        return self.crm.premises.services[service_id]

    def known(self, code: str) -> ServiceItem | None:
        """An item to change, also when it is not offered any more."""
        return self.crm.session.exec(select(ServiceItem).where(ServiceItem.code == code)).first()

    def add(
        self,
        code: str,
        *,
        name: str,
        name_en: str,
        minutes: int = 60,
        bay_type: str = "general",
        price_fen: int = 0,
        skill: str = "",
    ) -> ServiceItem | None:
        """A new item. None when the code is taken."""
        if self.known(code):
            return None
        item = ServiceItem(
            code=code,
            name=name,
            name_en=name_en,
            minutes=minutes,
            bay_type=bay_type,
            price_fen=price_fen,
            skill=skill,
        )
        self.crm.session.add(item)
        self.crm.session.flush()
        self.crm.record("service.added", "service_item", item.key, detail=name)
        return item
