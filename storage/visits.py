"""Visits: what was done on which car, when, and for how much."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, and_, or_, update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Visit(SQLModel, table=True):
    """One work order. Amounts are in fen. `status`: open, completed, cancelled; only completed ones are visits."""

    # What is asked of many owners at once is read from the indexes alone.
    __table_args__ = (
        Index("ix_visit_of_owner", "owner_id", "status", "visited_on", "id", "amount_fen", "rating"),
        Index("ix_visit_of_vehicle", "vehicle_id", "status", "visited_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=64)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    owner_id: int | None = Field(default=None, foreign_key="owner.id")
    visited_on: date = Field(index=True)
    status: str = Field(default="completed", max_length=16)
    items: str = ""  # what was done, as the work order names it, separated by "、"
    maintenance: bool = False  # whether the due date counts from here
    amount_fen: int = 0
    mileage_km: int | None = None
    rating: int | None = None  # 1–5, by the owner
    as_of: datetime | None = Field(default=None, sa_type=Moment)  # the DMS told it so at that moment
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


OPEN, COMPLETED, CANCELLED = "open", "completed", "cancelled"
VISITS = table_of(Visit)
_UP_TO = {OPEN: (OPEN,), COMPLETED: (OPEN, COMPLETED), CANCELLED: (OPEN, COMPLETED, CANCELLED)}


class Visits:
    """Verbs on visits."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def add(self, number: str, **fields: Any) -> Visit:
        visit = Visit(number=number, created_at=self.crm.now, **fields)
        self.crm.session.add(visit)
        self.crm.session.flush()
        return visit

    def get(self, visit_id: int) -> Visit:
        return self.crm.session.get_one(Visit, visit_id)

    def find(self, visit_id: int) -> Visit | None:
        return self.crm.session.get(Visit, visit_id)

    def with_number(self, number: str) -> Visit | None:
        return self.crm.session.exec(select(Visit).where(Visit.number == number)).first()

    def tell(self, number: str, status: str, as_of: datetime, visited_on: date) -> Visit | None:
        """The work order stands so as of that moment. None when something later is known; of two told at the same
        moment the further one holds. One conditional UPDATE decides, so that events may come in any order."""
        facts: dict[str, Any] = {"status": status, "as_of": as_of, "visited_on": visited_on}
        if self.crm.insert_once(Visit, number=number, created_at=self.crm.now, **facts) is None:
            earlier = or_(
                VISITS.c.as_of.is_(None),
                VISITS.c.as_of < as_of,
                and_(VISITS.c.as_of == as_of, VISITS.c.status.in_(_UP_TO[status])),
            )
            statement = update(VISITS).where(VISITS.c.number == number, earlier).values(facts)
            if self.crm.connection.execute(statement).rowcount == 0:
                return None
        visit = self.with_number(number)
        assert visit is not None
        self.crm.session.refresh(visit)
        return visit

    def of_owner(self, owner_id: int) -> list[Visit]:
        """Newest first."""
        query = select(Visit).where(Visit.owner_id == owner_id)
        return list(self.crm.session.exec(query.order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())))

    def of_vehicle(self, vehicle_id: int) -> list[Visit]:
        query = select(Visit).where(Visit.vehicle_id == vehicle_id)
        return list(self.crm.session.exec(query.order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())))

    def came_on(self, day: date, vehicle_id: int | None, owner_id: int) -> bool:
        """Whether that car (the owner, where the car is not known) was here that day; an order still open counts."""
        whose = Visit.vehicle_id == vehicle_id if vehicle_id else Visit.owner_id == owner_id
        query = select(Visit.id).where(whose, Visit.visited_on == day, Visit.status != "cancelled")
        return self.crm.session.exec(query.limit(1)).first() is not None
