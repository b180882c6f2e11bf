"""The premises as every turn needs them: stores, bays, services, the people who work there, holidays and leaves.

They change seldom and are read in every turn, so each process keeps them until the store says that
they have changed: any flush that touches one of their tables leaves a new mark.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BigInteger, event
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel

from core.hours import Span, parse_hours
from storage.columns import table_of
from storage.roster import Leave
from storage.service_items import ServiceItem
from storage.staff import Staff
from storage.statements import Prepared
from storage.stores import Bay, Holiday, Store

if TYPE_CHECKING:
    from storage.crm import Crm

Noun = TypeVar("Noun", bound=SQLModel)
_PARTS = (Store, Bay, Holiday, ServiceItem, Staff, Leave)


class PremisesMark(SQLModel, table=True):
    """One row; its mark is another one after every change, also after one that was rolled back."""

    __tablename__ = "premises_mark"

    id: int = Field(default=1, primary_key=True)
    mark: int = Field(sa_type=BigInteger)


MARK = table_of(PremisesMark)
_READ = Prepared(core_select(MARK.c.mark).where(MARK.c.id == 1))


@dataclass(frozen=True, slots=True)
class Premises:
    """What stood in the store at a mark. The rows are copies: whoever wants to change one gets it by its code."""

    mark: int | None
    stores: Mapping[int, Store]
    hours: Mapping[int, tuple[Span, ...]]
    bays: Mapping[int, Bay]
    open_bays: Mapping[int, tuple[Bay, ...]]  # by store
    services: Mapping[int, ServiceItem]
    technicians: Mapping[int, tuple[Staff, ...]]  # by store
    advisors: Mapping[int, tuple[Staff, ...]]  # by store
    leaves: tuple[Leave, ...]
    closed: frozenset[tuple[int | None, date]]
    bay_numbers: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    grids: dict[tuple[int, timedelta, date], list[tuple[datetime, list[datetime]]]] = field(default_factory=dict)


class PremisesCache:
    """The newest premises that this process has read."""

    def __init__(self) -> None:
        self._kept: Premises | None = None

    def at_hand(self, crm: Crm) -> Premises:
        mark = _READ.value(crm.connection)
        if self._kept is None or self._kept.mark != mark:
            self._kept = _read(crm, mark)
        return self._kept


def changed(crm: Crm) -> None:
    """Leave a new mark. Done by itself for rows that were changed through the session."""
    mark = secrets.randbits(62)
    if crm.connection.execute(MARK.update().values(mark=mark)).rowcount == 0:
        crm.connection.execute(MARK.insert().values(id=1, mark=mark))
    crm.forget_premises()


class CrmSession(Session):
    """The ORM session of one `Crm`, which hears when the premises change."""

    crm: Crm


@event.listens_for(CrmSession, "after_flush")
def _mark_changes(session: CrmSession, _context: Any) -> None:
    if any(isinstance(row, _PARTS) for rows in (session.new, session.dirty, session.deleted) for row in rows):
        changed(session.crm)


def _read(crm: Crm, mark: int | None) -> Premises:
    stores = {store.key: store for store in _rows(crm, Store)}
    bays = sorted(_rows(crm, Bay), key=lambda bay: bay.number)
    at_work = [one for one in _rows(crm, Staff) if one.active]
    return Premises(
        mark=mark,
        stores=stores,
        hours={key: parse_hours(store.hours) for key, store in stores.items()},
        bays={bay.id or 0: bay for bay in bays},
        open_bays={key: tuple(b for b in bays if b.active and b.store_id == key) for key in stores},
        services={item.key: item for item in _rows(crm, ServiceItem)},
        technicians=_of_stores(stores, at_work, "technician"),
        advisors=_of_stores(stores, at_work, "advisor"),
        leaves=tuple(_rows(crm, Leave)),
        closed=frozenset((day.store_id, day.day) for day in _rows(crm, Holiday)),
    )


def _of_stores(stores: Iterable[int], staff: Sequence[Staff], role: str) -> dict[int, tuple[Staff, ...]]:
    return {key: tuple(one for one in staff if one.store_id == key and one.role == role) for key in stores}


def _rows(crm: Crm, noun: type[Noun]) -> list[Noun]:
    table = table_of(noun)
    return [noun(**row._mapping) for row in crm.connection.execute(core_select(table).order_by(table.c.id))]
