"""Lists that other programs page through: in a fixed order, from after the last thing they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import SQLModel, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from core.errors import BadInput
from storage.appointments import LISTED, Appointment
from storage.opportunities import Opportunity
from storage.owners import Owner
from storage.tasks import Task

if TYPE_CHECKING:
    from storage.crm import Crm

Row = TypeVar("Row", bound=SQLModel)
LARGEST_ID = 2**31 - 1
_NO_CURSOR = "after: the `next` of the page before"


@dataclass(frozen=True, slots=True)
class Page:
    """How many at the most, and after which cursor ("" for the first ones)."""

    limit: int = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentFilter:
    """Which appointments; `until` is exclusive."""

    since: datetime | None = None
    until: datetime | None = None
    store_id: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class OwnerFilter:
    """Which owners; "" for any grade or stage."""

    store_id: int | None = None
    grade: str = ""
    stage: str = ""


def appointments(crm: Crm, wanted: AppointmentFilter, page: Page) -> tuple[list[Appointment], str | None]:
    """Soonest first, and the cursor of what follows. Raises BadInput for a cursor that is none."""
    query = select(Appointment).where(col(Appointment.status).in_([wanted.status] if wanted.status else LISTED))
    if wanted.since:
        query = query.where(col(Appointment.starts_at) >= wanted.since)
    if wanted.until:
        query = query.where(col(Appointment.starts_at) < wanted.until)
    if wanted.store_id is not None:
        query = query.where(Appointment.store_id == wanted.store_id)
    if page.after:
        moment, number = _moment_and_number(page.after)
        starts = col(Appointment.starts_at)
        query = query.where(or_(starts > moment, and_(starts == moment, col(Appointment.id) > number)))
    rows, more = _cut(crm, query.order_by(col(Appointment.starts_at), col(Appointment.id)), page)
    return rows, f"{rows[-1].starts_at.timestamp():.0f}-{rows[-1].key}" if more else None


def owners(crm: Crm, wanted: OwnerFilter, page: Page) -> tuple[list[Owner], str | None]:
    """By number; merged records are not listed. Raises BadInput for a cursor that is none."""
    query = select(Owner).where(Owner.status != "merged")
    if wanted.store_id is not None:
        query = query.where(Owner.store_id == wanted.store_id)
    if wanted.grade:
        query = query.where(Owner.grade == wanted.grade)
    if wanted.stage:
        query = query.where(Owner.stage == wanted.stage)
    if page.after:
        query = query.where(col(Owner.id) > _number(page.after))
    rows, more = _cut(crm, query.order_by(col(Owner.id)), page)
    return rows, str(rows[-1].key) if more else None


def tasks(crm: Crm, store_id: int | None, status: str, page: Page) -> tuple[list[Task], str | None]:
    """By number. Raises BadInput for a cursor that is none."""
    query = select(Task)
    if store_id is not None:
        query = query.where(Task.store_id == store_id)
    if status:
        query = query.where(Task.status == status)
    if page.after:
        query = query.where(col(Task.id) > _number(page.after))
    rows, more = _cut(crm, query.order_by(col(Task.id)), page)
    return rows, str(rows[-1].key) if more else None


def opportunities(crm: Crm, store_id: int | None, stage: str, page: Page) -> tuple[list[Opportunity], str | None]:
    """By number. Raises BadInput for a cursor that is none."""
    query = select(Opportunity)
    if store_id is not None:
        query = query.where(Opportunity.store_id == store_id)
    if stage:
        query = query.where(Opportunity.stage == stage)
    if page.after:
        query = query.where(col(Opportunity.id) > _number(page.after))
    rows, more = _cut(crm, query.order_by(col(Opportunity.id)), page)
    return rows, str(rows[-1].key) if more else None


def _cut(crm: Crm, query: SelectOfScalar[Row], page: Page) -> tuple[list[Row], bool]:
    """One more than asked for tells whether there is a next page."""
    rows = list(crm.session.exec(query.limit(page.limit + 1)))
    return rows[: page.limit], len(rows) > page.limit


def _moment_and_number(cursor: str) -> tuple[datetime, int]:
    seconds, _, number = cursor.partition("-")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        raise BadInput(_NO_CURSOR)
    return datetime.fromtimestamp(int(seconds), UTC), _number(number)


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 11 and int(cursor) <= LARGEST_ID):
        raise BadInput(_NO_CURSOR)
    return int(cursor)
