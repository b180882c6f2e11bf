"""Claims: who works in which half hour. One unique row per bay or technician and grid cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Table, and_, bindparam, cast, delete, func, literal_column, not_, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from core.errors import SlotTaken
from core.hours import GRID, cells
from storage.appointment_rows import APPOINTMENTS, EXPIRED, HELD, Held
from storage.columns import METADATA, Moment, table_of
from storage.service_items import ServiceItem
from storage.statements import Prepared
from storage.stores import Store

if TYPE_CHECKING:
    from storage.crm import Crm


class BayClaim(SQLModel, table=True):
    """One bay for one grid cell. The primary key is what makes double booking impossible.

    The cell comes first in it: what is asked all day long is who is busy between two moments.
    """

    __tablename__ = "bay_claim"

    cell: datetime = Field(sa_type=Moment, primary_key=True)
    bay_id: int = Field(foreign_key="bay.id", primary_key=True)
    appointment_id: int = Field(foreign_key="appointment.id", index=True)


class TechnicianClaim(SQLModel, table=True):
    """One technician for one grid cell."""

    __tablename__ = "technician_claim"

    cell: datetime = Field(sa_type=Moment, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    appointment_id: int = Field(foreign_key="appointment.id", index=True)


BAY_CLAIMS = table_of(BayClaim)
TECHNICIAN_CLAIMS = table_of(TechnicianClaim)
_DROP = [
    Prepared(delete(table).where(table.c.appointment_id == bindparam("number")))
    for table in (BAY_CLAIMS, TECHNICIAN_CLAIMS)
]


class Claims:
    """Verbs on claims."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def take(self, appointment: Held, store: Store, service: ServiceItem, instead_of: int = 0) -> dict[str, int]:
        """A bay, and a technician where there is a roster, for all of its cells but those that `instead_of` has.

        Raises SlotTaken; what was taken by then is the caller's to drop.
        """
        wanted = cells(appointment.starts_at, service.duration)
        bays = self.crm.stores.bay_numbers(store.key, service.bay_type)
        got = {"bay_id": self._one(BAY_CLAIMS, "bay_id", bays, wanted, appointment, instead_of)}
        if self.crm.staff.technicians(store.key):
            crew = [member.key for member in self.crm.staff.technicians(store.key, service.skill)]
            got["technician_id"] = self._one(TECHNICIAN_CLAIMS, "staff_id", crew, wanted, appointment, instead_of)
        return got

    def drop(self, appointment_id: int) -> None:
        """Everything that was claimed for it is free again."""
        for statement in _DROP:
            statement.run(self.crm.connection, number=appointment_id)

    def exchange(self, held: Held, number: int) -> None:
        """That appointment has the cells of the held time, and no others; what it keeps is never free in between.

        Raises SlotTaken where one of them is somebody else's by now; the caller undoes the rest.
        """
        wanted = cells(held.starts_at, held.duration)
        for table, column, who in (
            (BAY_CLAIMS, "bay_id", held.bay_id),
            (TECHNICIAN_CLAIMS, "staff_id", held.technician_id),
        ):
            kept = and_(table.c[column] == who, table.c.cell.in_(wanted))
            self.crm.connection.execute(delete(table).where(table.c.appointment_id == number, not_(kept)))
            ours = update(table).where(table.c.appointment_id == held.key)
            self.crm.connection.execute(ours.values(appointment_id=number))
            missing = self._without(table, column, who, wanted, number) if who else []
            if who and missing and not self._insert(table, column, who, missing, number):
                raise SlotTaken

    def busy_bays(
        self, store_id: int, bays: Sequence[int], span: tuple[datetime, datetime], own: Sequence[int]
    ) -> dict[datetime, set[int]]:
        """Which of those bays are claimed in each cell of the span; `own`: up to two appointments that do not count."""
        return self._busy(BAY_CLAIMS, store_id, bays, span, own)

    def busy_technicians(
        self, store_id: int, crew: Sequence[int], span: tuple[datetime, datetime], own: Sequence[int]
    ) -> dict[datetime, set[int]]:
        """The same of technicians."""
        return self._busy(TECHNICIAN_CLAIMS, store_id, crew, span, own)

    def _busy(
        self, table: Table, store_id: int, ids: Sequence[int], span: tuple[datetime, datetime], own: Sequence[int]
    ) -> dict[datetime, set[int]]:
        """Which of those bays or technicians are claimed in each cell of the span; run-out holds do not count."""
        one, other, *_ = (*own, 0, 0)
        facts = {"store": store_id, "since": span[0], "until": span[1], "now": self.crm.now}
        facts |= {"own": one, "own_too": other}
        busy, wanted = _busy(table.name, self.crm.is_sqlite).all(self.crm.connection, **facts), set(ids)
        return {cell: wanted.intersection(map(int, keys.split(","))) for cell, keys in busy}

    def _one(
        self,
        table: Table,
        column: str,
        ids: Sequence[int],
        wanted: list[datetime],
        appointment: Held,
        instead_of: int,
    ) -> int:
        """The first of the bays (or technicians) whose cells are all still free; they are claimed now.

        Who has some of them already, for the booking that moves, comes first and claims the others only.
        """
        busy = self._busy(table, appointment.store_id, ids, (wanted[0], wanted[-1] + GRID), (instead_of,))
        taken = set().union(*busy.values())
        missing = {one: wanted for one in ids if one not in taken}
        if instead_of:
            missing = {one: self._without(table, column, one, wanted, instead_of) for one in missing}
        for candidate in sorted(missing, key=lambda one: len(missing[one])):
            if self._insert(table, column, candidate, missing[candidate], appointment.key):
                return candidate
            self._drop_expired(table, column, candidate, wanted)
            if self._insert(table, column, candidate, missing[candidate], appointment.key):
                return candidate
        raise SlotTaken

    def _without(self, table: Table, column: str, one: int, wanted: list[datetime], number: int) -> list[datetime]:
        """Those of the cells that the appointment has not got on that bay (or with that technician)."""
        query = core_select(table.c.cell).where(table.c.appointment_id == number, table.c[column] == one)
        got = set(self.crm.connection.execute(query).scalars())
        return [cell for cell in wanted if cell not in got]

    def _insert(self, table: Table, column: str, candidate: int, wanted: list[datetime], number: int) -> bool:
        """All of the cells or none: what somebody else has in the meantime makes it none."""
        if not wanted:
            return True
        facts: dict[str, Any] = {f"cell_{index}": cell for index, cell in enumerate(wanted)}
        statement = _claiming(table.name, column, len(wanted), self.crm.is_sqlite)
        facts |= {"candidate": candidate, "number": number}
        if len(statement.all(self.crm.connection, **facts)) == len(wanted):
            return True
        self.crm.connection.execute(delete(table).where(table.c.appointment_id == number))
        return False

    def _drop_expired(self, table: Table, column: str, candidate: int, wanted: list[datetime]) -> None:
        """Holds that ran out still have their rows: the first who needs the cells takes them away."""
        there = (table.c[column] == candidate) & table.c.cell.in_(wanted)
        in_the_way = APPOINTMENTS.c.id.in_(core_select(table.c.appointment_id).where(there))
        ran_out = (APPOINTMENTS.c.status == HELD) & (APPOINTMENTS.c.held_until <= self.crm.now)
        expired = core_select(APPOINTMENTS.c.id).where(APPOINTMENTS.c.status == EXPIRED)
        self.crm.connection.execute(update(APPOINTMENTS).where(in_the_way, ran_out).values(status=EXPIRED))
        self.crm.connection.execute(delete(table).where(there, table.c.appointment_id.in_(expired)))


@cache
def _busy(name: str, is_sqlite: bool) -> Prepared:
    """The cells of a span, each with the numbers of those who are claimed in it: "3,7"."""
    table, column = METADATA.tables[name], "bay_id" if name == BAY_CLAIMS.name else "staff_id"
    joined = func.group_concat if is_sqlite else func.string_agg
    firm = and_(APPOINTMENTS.c.status != HELD, APPOINTMENTS.c.status != EXPIRED)
    alive = and_(APPOINTMENTS.c.status == HELD, APPOINTMENTS.c.held_until > bindparam("now"))
    return Prepared(
        core_select(table.c.cell, joined(cast(table.c[column], String), literal_column("','")))
        .join(APPOINTMENTS, table.c.appointment_id == APPOINTMENTS.c.id)
        .where(
            APPOINTMENTS.c.store_id == bindparam("store"),
            table.c.cell >= bindparam("since"),
            table.c.cell < bindparam("until"),
            table.c.appointment_id != bindparam("own"),
            table.c.appointment_id != bindparam("own_too"),
            or_(firm, alive),
        )
        .group_by(table.c.cell)
    )


@cache
def _claiming(name: str, column: str, count: int, is_sqlite: bool) -> Prepared:
    """INSERT of that many cells at once, giving back those that were free."""
    table = METADATA.tables[name]
    rows = [
        {
            column: bindparam("candidate"),
            "cell": bindparam(f"cell_{index}", type_=Moment()),
            "appointment_id": bindparam("number"),
        }
        for index in range(count)
    ]
    on_conflict = sqlite.insert if is_sqlite else postgresql.insert
    return Prepared(on_conflict(table).values(rows).on_conflict_do_nothing().returning(table.c.cell))
