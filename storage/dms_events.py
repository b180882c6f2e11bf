"""Events of the DMS: each taken once, with its body as it came."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

WRITTEN, LATE = "written", "late"


class DmsEvent(SQLModel, table=True):
    """One event. `outcome`: written, or late (something newer was known already)."""

    __tablename__ = "dms_event"

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(unique=True, max_length=96)
    type: str = Field(max_length=32)
    subject: str = Field(default="", max_length=64, index=True)  # what it is about: "vehicle:7", "owner:3"
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id", index=True)
    body_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    outcome: str = Field(default=WRITTEN, max_length=8)
    occurred_at: datetime = Field(sa_type=Moment)
    received_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class DmsEvents:
    """Verbs on events of the DMS."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def accept(self, event_id: str, type_: str, occurred_at: datetime, body: bytes) -> int | None:
        """Keep it. None when it was accepted before."""
        return self.crm.insert_once(
            DmsEvent,
            event_id=event_id,
            type=type_,
            body_sealed=self.crm.keys.seal(body, "dms_event.body"),
            occurred_at=occurred_at,
            received_at=self.crm.now,
        )

    def told(
        self,
        number: int,
        outcome: str,
        *,
        subject: str = "",
        owner_id: int | None = None,
        vehicle_id: int | None = None,
    ) -> None:
        """What became of it, and whom and which car it is about."""
        facts = {"outcome": outcome, "subject": subject, "owner_id": owner_id, "vehicle_id": vehicle_id}
        self.crm.update(DmsEvent, number, facts)

    def drop_body(self, number: int) -> None:
        """It tells of somebody who asked to be erased."""
        self.crm.update(DmsEvent, number, {"body_sealed": None})

    def is_late(self, type_: str, subject: str, occurred_at: datetime) -> bool:
        """Whether an event of the same kind about the same thing happened after it."""
        query = select(DmsEvent.id).where(
            DmsEvent.type == type_, DmsEvent.subject == subject, col(DmsEvent.occurred_at) > occurred_at
        )
        return self.crm.session.exec(query).first() is not None

    def find(self, event_id: str) -> DmsEvent | None:
        return self.crm.session.exec(select(DmsEvent).where(DmsEvent.event_id == event_id)).first()
