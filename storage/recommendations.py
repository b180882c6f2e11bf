"""Recommendations: what was offered to an owner for a car, why, and what they made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Index, and_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.steps import STEPS

if TYPE_CHECKING:
    from storage.crm import Crm

JOURNEY = "recommendation"
OFFERED, INTERESTED, LATER, NEVER = "offered", "interested", "later", "never"


class Recommendation(SQLModel, table=True):
    """One offer of one item. `status`: offered, interested, later or never; `reason` is JSON of the facts behind it.

    `occurrence` is unique: the same happening offers the same item for the same car once; the step by which it was sent
    has the same one. A row of item "…" with status never and no occurrence of an offer is an owner's own word that they
    want none of it.
    """

    __table_args__ = (Index("ix_recommendation_put_off", "status", "answered_at"),)

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    item: str = Field(max_length=32)
    reason: str = "{}"
    occurrence: str = Field(unique=True, max_length=128)
    status: str = Field(default=OFFERED, max_length=12)
    offered_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def told(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.reason)
        return facts


RECOMMENDATIONS = table_of(Recommendation)


def named(owner_id: int, vehicle_id: int | None, item: str, happening: str) -> str:
    """The occurrence of one offer: "7:12:warranty:2026-11-23"."""
    return f"{owner_id}:{vehicle_id or 0}:{item}:{happening}"[:96]


def unsent() -> ColumnElement[bool]:
    """It was decided and did not leave after all, so nobody was told."""
    step = core_select(STEPS.c.id).where(
        STEPS.c.journey == JOURNEY,
        STEPS.c.occurrence == RECOMMENDATIONS.c.occurrence,
        STEPS.c.left_at.is_(None),
        STEPS.c.reason != "",
    )
    return and_(RECOMMENDATIONS.c.status == OFFERED, step.exists())


class Recommendations:
    """Verbs on recommendations."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, number: int) -> Recommendation:
        return self.crm.session.get_one(Recommendation, number)

    def find(self, number: int) -> Recommendation | None:
        return self.crm.session.get(Recommendation, number)

    def of_owner(self, owner_id: int) -> list[Recommendation]:
        """Newest first."""
        query = select(Recommendation).where(Recommendation.owner_id == owner_id)
        return list(self.crm.session.exec(query.order_by(col(Recommendation.id).desc())))

    def why_not(self, owner_id: int, item: str, vehicle_id: int | None = None) -> str:
        """Why this must not be offered now: "never", "later", "open" or "interested"; "" when it may."""
        same = [one for one in self.of_owner(owner_id) if one.item == item]
        if any(one.status == NEVER for one in same):
            return NEVER
        again, untold = self.crm.now - self.crm.shop.policy.recommended_again, self._untold(owner_id)
        for one in same:
            if one.vehicle_id == vehicle_id and one.key not in untold and (one.answered_at or one.offered_at) > again:
                return "open" if one.status == OFFERED else one.status
        return ""

    def offer(
        self,
        owner_id: int,
        item: str,
        *,
        occurrence: str,
        vehicle_id: int | None = None,
        reason: Mapping[str, Any] | None = None,
    ) -> Recommendation | None:
        """Offer it, once per owner, car, item and occurrence. None when it was, or when they do not want it now.

        Two offers of one item at once wait for each other by the owner's row, so that one of them is refused.
        """
        self.one_at_a_time(owner_id)
        if self.why_not(owner_id, item, vehicle_id):
            return None
        number = self.crm.insert_once(
            Recommendation,
            owner_id=owner_id,
            vehicle_id=vehicle_id,
            item=item,
            reason=json.dumps(reason or {}, ensure_ascii=False),
            occurrence=named(owner_id, vehicle_id, item, occurrence),
            offered_at=self.crm.now,
        )
        if number is None:
            return None
        self.crm.record("recommendation.offered", "recommendation", number, owner_id=owner_id, detail=item)
        return self.get(number)

    def answer(self, one: Recommendation, status: str) -> bool:
        """interested, later or never, once; a later "never" always counts."""
        before = (OFFERED,) if status != NEVER else (OFFERED, LATER, INTERESTED)
        statement = update(RECOMMENDATIONS).where(RECOMMENDATIONS.c.id == one.key, RECOMMENDATIONS.c.status.in_(before))
        done = self.crm.connection.execute(statement.values(status=status, answered_at=self.crm.now)).rowcount == 1
        self.crm.session.refresh(one)
        if done:
            self.crm.record(
                f"recommendation.{status}", "recommendation", one.key, owner_id=one.owner_id, detail=one.item
            )
        return done

    def refuse(self, owner_id: int, item: str) -> None:
        """They want none of that, whether or not it was offered: by their own words."""
        number = self.crm.insert_once(
            Recommendation,
            owner_id=owner_id,
            item=item,
            occurrence=f"{owner_id}:0:{item}:never",
            status=NEVER,
            offered_at=self.crm.now,
            answered_at=self.crm.now,
        )
        if number is not None:
            self.crm.record("recommendation.never", "recommendation", number, owner_id=owner_id, detail=item)

    def one_at_a_time(self, owner_id: int) -> None:
        """Until this is committed nobody else offers them anything: ask `why_not`, then offer. Rows about them may be
        written all the same."""
        if not self.crm.is_sqlite:
            from storage.owners import OWNERS

            self.crm.connection.execute(
                select(OWNERS.c.id).where(OWNERS.c.id == owner_id).with_for_update(key_share=True)
            )

    def _untold(self, owner_id: int) -> set[int]:
        query = core_select(RECOMMENDATIONS.c.id).where(RECOMMENDATIONS.c.owner_id == owner_id, unsent())
        return set(self.crm.connection.execute(query).scalars())
