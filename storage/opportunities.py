"""Opportunities (商机): what an owner may want, how far it is, what comes next and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from core.opportunities import NEW, OPEN_STAGES, WON, may_move
from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class Opportunity(SQLModel, table=True):
    """One owner's interest in one thing. `stage`: new, contacted, quoted, won or lost; amounts are in fen.

    `remind_at`: when a card reminds of the next step. `occurrence`: an interest that was told once makes one.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    store_id: int | None = Field(default=None, foreign_key="store.id", index=True)
    advisor_id: int | None = Field(default=None, foreign_key="staff.id")
    item: str = Field(max_length=32)
    stage: str = Field(default=NEW, max_length=12, index=True)
    amount_fen: int = 0
    next_step: str = Field(default="", max_length=120)
    remind_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    occurrence: str | None = Field(default=None, unique=True, max_length=96)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES


OPPORTUNITIES = table_of(Opportunity)


class Opportunities:
    """Verbs on opportunities. Each change is one conditional UPDATE."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, number: int) -> Opportunity:
        return self.crm.session.get_one(Opportunity, number)

    def find(self, number: int) -> Opportunity | None:
        return self.crm.session.get(Opportunity, number)

    def of_owner(self, owner_id: int) -> list[Opportunity]:
        """Newest first."""
        query = select(Opportunity).where(Opportunity.owner_id == owner_id)
        return list(self.crm.session.exec(query.order_by(col(Opportunity.id).desc())))

    def open_one(self, owner_id: int, item: str) -> Opportunity | None:
        """The owner's interest in that thing, if it is not over."""
        return next((one for one in self.of_owner(owner_id) if one.item == item and one.is_open), None)

    def begin(
        self,
        owner_id: int,
        item: str,
        *,
        occurrence: str | None = None,
        vehicle_id: int | None = None,
        store_id: int | None = None,
        advisor_id: int | None = None,
    ) -> Opportunity | None:
        """A new one. None when its occurrence has one already."""
        number = self.crm.insert_once(
            Opportunity,
            owner_id=owner_id,
            item=item[:32],
            occurrence=occurrence,
            vehicle_id=vehicle_id,
            store_id=store_id,
            advisor_id=advisor_id,
            created_at=self.crm.now,
            changed_at=self.crm.now,
        )
        if number is None:
            return None
        self.crm.record("opportunity.begun", "opportunity", number, owner_id=owner_id, detail=item[:32])
        return self.get(number)

    def move(self, one: Opportunity, stage: str, staff_id: int | None = None) -> bool:
        """On to that stage. False: it is over, or further already."""
        before = [was for was in OPEN_STAGES if may_move(was, stage)]
        statement = update(OPPORTUNITIES).where(OPPORTUNITIES.c.id == one.key, OPPORTUNITIES.c.stage.in_(before))
        values = {"stage": stage, "changed_at": self.crm.now}
        if staff_id is not None:
            values["advisor_id"] = staff_id
        if stage not in OPEN_STAGES:
            values["remind_at"] = None
        moved = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(one)
        if moved:
            detail = f"{one.item} {one.amount_fen // 100}" if stage == WON and one.amount_fen else one.item
            self.crm.record(f"opportunity.{stage}", "opportunity", one.key, owner_id=one.owner_id, detail=detail)
        return moved

    def plan(
        self, one: Opportunity, *, at: datetime | None = None, step: str = "", amount_fen: int | None = None
    ) -> bool:
        """What comes next, when to remind of it, what it may be worth; what is not said stays. False: it is over."""
        values: dict[str, object] = {"changed_at": self.crm.now}
        values |= {"remind_at": at} if at else {}
        values |= {"next_step": step[:120]} if step else {}
        values |= {"amount_fen": amount_fen} if amount_fen is not None else {}
        statement = update(OPPORTUNITIES).where(OPPORTUNITIES.c.id == one.key, OPPORTUNITIES.c.stage.in_(OPEN_STAGES))
        planned = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(one)
        if planned:
            self.crm.record("opportunity.planned", "opportunity", one.key, owner_id=one.owner_id, detail=one.item)
        return planned

    def due(self) -> list[Opportunity]:
        """Those whose reminder is due: by an index."""
        query = select(Opportunity).where(col(Opportunity.remind_at) <= self.crm.now)
        return list(self.crm.session.exec(query.order_by(col(Opportunity.id))))

    def reminded(self, one: Opportunity) -> bool:
        """The reminder is out. False: another tick was first, or it was put off."""
        seen = (OPPORTUNITIES.c.id == one.key, OPPORTUNITIES.c.remind_at == one.remind_at)
        statement = update(OPPORTUNITIES).where(*seen, OPPORTUNITIES.c.stage.in_(OPEN_STAGES))
        done = self.crm.connection.execute(statement.values(remind_at=None)).rowcount == 1
        self.crm.session.refresh(one)
        return done
