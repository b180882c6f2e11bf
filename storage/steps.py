"""Steps: what a journey has decided about one owner, once per occurrence, with the reason."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    text,
    update,
)
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.gate import CAP_DAYS, priority
from core.journeys import Kind
from storage import locks
from storage.columns import Moment, table_of
from storage.outbox_rows import HANDED, OUTBOX, WAITING
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

# The channel on which a route arrives, where it has another name.
CHANNEL_OF = {"template": "wechat", "subscribe": "wechat", "mass": "wechat", "task": "staff"}
SEND, SKIP, HOLD_OUT, TASK = "send", "skip", "hold_out", "task"


LAST = 9  # of those that compete
NO_CAP = 1_000_000


def of_recommendations() -> ColumnElement[bool]:
    """Decisions about recommendations: an index of their own has them by their moment."""
    return literal_column("journey = 'recommendation'", Boolean)


class Step(SQLModel, table=True):
    """One decision. `occurrence` names the one happening ("owner 7 / 2026"); the same one is never decided twice.

    `left_at`: when the gate let its message out, by `route`; nothing again when it did not leave after all.
    `outbox_id`: the newest row by which it is tried.
    """

    __table_args__ = (
        UniqueConstraint("journey", "step", "occurrence"),
        Index("ix_step_recommended", "at", sqlite_where=of_recommendations(), postgresql_where=of_recommendations()),
    )

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
    priority: int = Field(default=LAST, sa_column_kwargs={"server_default": str(LAST)})  # of competing marketing
    route: str = Field(default="", max_length=12, sa_column_kwargs={"server_default": text("''")})
    cost_fen: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


STEPS = table_of(Step)
_ON_ITS_WAY = core_select(OUTBOX.c.id).where(
    OUTBOX.c.id == STEPS.c.outbox_id,
    or_(
        *(OUTBOX.c.state == state for state in WAITING),
        and_(OUTBOX.c.state == HANDED, OUTBOX.c.expires_at > bindparam("now", type_=Moment())),
    ),
)
_BEFORE_IT = or_(
    STEPS.c.priority < bindparam("priority"),
    and_(STEPS.c.priority == bindparam("priority"), STEPS.c.id < bindparam("me")),
)
_AHEAD = Prepared(
    core_select(func.count())
    .select_from(STEPS)
    .where(
        STEPS.c.owner_id == bindparam("owner"),
        STEPS.c.kind == Kind.MARKETING.value,
        STEPS.c.id != bindparam("me"),
        or_(
            STEPS.c.left_at > bindparam("since", type_=Moment()),
            and_(STEPS.c.left_at.is_(None), _BEFORE_IT, _ON_ITS_WAY.exists()),
        ),
    )
)
_SPENT = Prepared(
    core_select(func.coalesce(func.sum(STEPS.c.cost_fen), 0)).where(
        STEPS.c.kind == Kind.MARKETING.value, STEPS.c.left_at >= bindparam("since", type_=Moment())
    )
)
NOT_YET = 2**31 - 1  # the number of a step that is not written: everything of its priority is before it


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
            priority=priority(journey),
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

    def skipped(self, step_id: int, reason: str) -> None:
        """It turned out that nothing is sent."""
        self.crm.update(Step, step_id, {"decision": SKIP, "reason": reason})

    def of_row(self, outbox_id: int) -> list[Any]:
        """The decisions whose message that row is: one, or those of a mass send. Rows, read anew."""
        return list(self.crm.connection.execute(core_select(STEPS).where(STEPS.c.outbox_id == outbox_id)))

    def reserve(self, owner_id: int) -> bool:
        """Until this is committed nobody else lets marketing out to that owner. False: somebody else is about to.

        A sender holds several owners at once, so it must not wait for one.
        """
        if self.crm.is_sqlite:
            return True
        lock = core_select(func.pg_try_advisory_xact_lock(locks.MARKETING, owner_id))
        return bool(self.crm.connection.execute(lock).scalar())

    def wait_for(self, owner_id: int) -> None:
        """The same, waiting: for words that are out as soon as they are decided."""
        if not self.crm.is_sqlite:
            lock = core_select(func.pg_advisory_xact_lock(locks.MARKETING, owner_id))
            self.crm.connection.execute(lock)

    def room(self, owner_id: int, priority: int, me: int = NOT_YET) -> int:
        """How many marketing messages the owner may still get: what left in 30 days counts, over all channels, and
        what waits and goes before this one. Without a cap: as many as one likes."""
        cap = self.crm.shop.policy.gate.cap_per_30_days
        if not cap:
            return NO_CAP
        now = self.crm.now
        facts = {"owner": owner_id, "priority": priority, "me": me, "since": now - CAP_DAYS, "now": now}
        ahead: int = _AHEAD.value(self.crm.connection, **facts)
        return cap - ahead

    def spent_fen(self) -> int:
        """What marketing has cost in the shop's month so far."""
        today = self.crm.now.astimezone(self.crm.shop.zone).date()
        starts = datetime.combine(today.replace(day=1), time(), self.crm.shop.zone)
        spent: int = _SPENT.value(self.crm.connection, since=starts)
        return spent

    def left(self, step_id: int, route: str, cost_fen: int = 0) -> None:
        """The gate let it out that way."""
        channel = CHANNEL_OF.get(route, route)
        values = {"route": route, "cost_fen": cost_fen, "left_at": self.crm.now, "channel": channel, "reason": ""}
        self.crm.update(Step, step_id, values)

    def came_to_nothing(self, outbox_id: int, reason: str) -> None:
        """Its message did not leave by that row; of a mass send those who were left out keep their own reason."""
        values = {"left_at": None, "cost_fen": 0, "reason": reason[:200]}
        which = (STEPS.c.outbox_id == outbox_id, STEPS.c.reason == "")
        self.crm.connection.execute(update(STEPS).where(*which).values(values))

    def stays(self, step_id: int, reason: str) -> None:
        """The gate did not let it out."""
        self.crm.update(Step, step_id, {"left_at": None, "cost_fen": 0, "reason": reason[:200]})

    def goes_on_by(self, step_id: int, outbox_id: int) -> None:
        """The message is tried another way, by another row."""
        self.crm.update(Step, step_id, {"outbox_id": outbox_id, "reason": ""})

    def of_owner(self, owner_id: int) -> list[Step]:
        """Newest first."""
        query = select(Step).where(Step.owner_id == owner_id).order_by(col(Step.id).desc())
        return list(self.crm.session.exec(query))
