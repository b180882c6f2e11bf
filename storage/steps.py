"""Steps: what a journey has decided about one owner, once per occurrence, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from core.journeys import Kind
from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

SEND, SKIP, HOLD_OUT, TASK = "send", "skip", "hold_out", "task"


class Step(SQLModel, table=True):
    """One decision. `occurrence` names the one happening ("owner 7 / 2026"); the same one is never decided twice."""

    __table_args__ = (UniqueConstraint("journey", "step", "occurrence"),)

    id: int | None = Field(default=None, primary_key=True)
    journey: str = Field(max_length=32)
    step: str = Field(max_length=16)
    occurrence: str = Field(max_length=96)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id", index=True)
    channel: str = Field(default="", max_length=16)
    kind: str = Field(
        default="service", max_length=9, sa_column_kwargs={"server_default": "service"}
    )  # service, marketing, task
    decision: str = Field(max_length=8)  # send, skip, hold_out, task
    reason: str = Field(default="", max_length=200)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id")
    task_id: int | None = Field(default=None, foreign_key="task.id")
    at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Steps:
    """Verbs on steps."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def claim(
        self,
        journey: str,
        step: str,
        occurrence: str,
        owner_id: int,
        *,
        vehicle_id: int | None = None,
        kind: str = Kind.SERVICE,
        decision: str = SEND,
        reason: str = "",
    ) -> int | None:
        """The number of the new decision. None: it was decided before, by this process or another."""
        return self.crm.insert_once(
            Step,
            journey=journey,
            step=step,
            occurrence=occurrence,
            owner_id=owner_id,
            vehicle_id=vehicle_id,
            kind=str(kind),
            decision=decision,
            reason=reason[:200],
            at=self.crm.now,
        )

    def led_to(
        self, step_id: int, *, channel: str = "", outbox_id: int | None = None, task_id: int | None = None
    ) -> None:
        """Where the decision led."""
        self.crm.update(Step, step_id, {"channel": channel, "outbox_id": outbox_id, "task_id": task_id})

    def of_owner(self, owner_id: int) -> list[Step]:
        """Newest first."""
        query = select(Step).where(Step.owner_id == owner_id).order_by(col(Step.id).desc())
        return list(self.crm.session.exec(query))
