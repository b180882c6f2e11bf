"""The rows of appointments, and how one turn sees a held time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, table_of

HELD, EXPIRED = "held", "expired"
BOOKED, ARRIVED, DONE, CANCELLED, NO_SHOW = "booked", "arrived", "done", "cancelled", "no_show"
LISTED = (BOOKED, ARRIVED, DONE, CANCELLED, NO_SHOW)


class Appointment(SQLModel, table=True):
    """A promise of a time. While the owner decides it is `held` until `held_until`; a hold is listed nowhere.

    `asked_at`: since when the staff are asked whether the car came.
    """

    __table_args__ = (
        Index(
            "ix_appointment_booked",
            "starts_at",
            sqlite_where=text("status = 'booked'"),
            postgresql_where=text("status = 'booked'"),
        ),
        Index(
            "ix_appointment_remind_at",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id", index=True)
    plate: str = Field(default="", max_length=16)
    store_id: int = Field(foreign_key="store.id")
    service_id: int = Field(foreign_key="service_item.id")
    bay_id: int = Field(foreign_key="bay.id")
    technician_id: int | None = Field(default=None, foreign_key="staff.id")
    advisor_id: int | None = Field(default=None, foreign_key="staff.id")
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    status: str = Field(default=HELD, max_length=16)
    held_until: datetime | None = Field(default=None, sa_type=Moment)
    price_fen: int = 0
    channel: str = Field(default="", max_length=16)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    asked_at: datetime | None = Field(default=None, sa_type=Moment)
    remind_at: datetime | None = Field(default=None, sa_type=Moment)  # when the owner is reminded next
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


@dataclass(slots=True)
class Held:
    """A held time as one turn sees it, with the columns of its row; once it is confirmed, the booking."""

    key: int
    owner_id: int
    vehicle_id: int | None
    plate: str
    store_id: int
    service_id: int
    bay_id: int
    technician_id: int | None
    advisor_id: int | None
    starts_at: datetime
    ends_at: datetime
    status: str
    held_until: datetime | None
    remind_at: datetime | None
    price_fen: int

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that work can start at, how many can start then, and how many still can."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    free: int


APPOINTMENTS = table_of(Appointment)
