"""Cards whose own day is over before they could be given, as after a first import: they wait for room on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, UniqueConstraint, delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from storage import locks
from storage.columns import table_of
from storage.figures import FIGURES
from storage.owners import OWNERS
from storage.predictions import PREDICTIONS

if TYPE_CHECKING:
    from storage.crm import Crm


class LateCard(SQLModel, table=True):
    """An owner whose step of a journey is work for a person. `until`: the last day on which it is of use.

    `given_on`: the day on whose room it was given; kept for that day.
    """

    __tablename__ = "late_card"
    __table_args__ = (UniqueConstraint("journey", "step", "owner_id"), Index("ix_late_card_given_on", "given_on"))

    id: int | None = Field(default=None, primary_key=True)
    journey: str = Field(max_length=32)
    step: str = Field(max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    until: date
    given_on: date | None = None


LATE_CARDS = table_of(LateCard)
_ROW = (LATE_CARDS.c.id, LATE_CARDS.c.journey, LATE_CARDS.c.step, LATE_CARDS.c.owner_id)
_WORTH = func.coalesce(PREDICTIONS.c.ltv_fen, FIGURES.c.spend_total_fen, 0)


class LateCards:
    """Verbs on cards that wait."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def wait(self, journey: str, step: str, owner_id: int, until: date) -> None:
        """From now on the card waits; saying so twice changes nothing."""
        new = self.crm.insert_once(LateCard, journey=journey, step=step, owner_id=owner_id, until=until)
        if new is None:
            mine = (LATE_CARDS.c.journey == journey, LATE_CARDS.c.step == step, LATE_CARDS.c.owner_id == owner_id)
            self.crm.connection.execute(update(LATE_CARDS).where(*mine).values(until=until, given_on=None))

    def reserve(self) -> None:
        """Until this is committed nobody else gives cards that waited: a day's room is counted once."""
        if not self.crm.is_sqlite:
            self.crm.connection.execute(core_select(func.pg_advisory_xact_lock(locks.LATE_CARDS)))

    def forget_given(self, today: date) -> None:
        """What earlier days had room for is of no more use."""
        self.crm.connection.execute(delete(LATE_CARDS).where(LATE_CARDS.c.given_on < today))

    def over(self, journeys: Collection[str], today: date, most: int) -> list[Any]:
        """Cards that waited until they were of no more use: rows of id, journey, step and owner_id."""
        waiting = self._waiting(*_ROW).where(LATE_CARDS.c.journey.in_(journeys), LATE_CARDS.c.until < today)
        return list(self.crm.connection.execute(waiting.order_by(LATE_CARDS.c.id).limit(most)))

    def stores(self) -> list[int | None]:
        """Those at which cards wait; None stands for owners of no store."""
        query = self._waiting(OWNERS.c.store_id).distinct().order_by(OWNERS.c.store_id)
        return list(self.crm.connection.execute(query).scalars())

    def given(self, store_id: int | None, today: date) -> int:
        """How many the store was given today."""
        query = core_select(func.count()).select_from(LATE_CARDS.join(OWNERS, OWNERS.c.id == LATE_CARDS.c.owner_id))
        query = query.where(LATE_CARDS.c.given_on == today, OWNERS.c.store_id.is_not_distinct_from(store_id))
        return self.crm.connection.execute(query).scalar_one()

    def first(self, journeys: Collection[str], store_id: int | None, most: int) -> list[Any]:
        """The cards of that store about those who are worth most: rows of id, journey, step and owner_id."""
        whose = (LATE_CARDS.c.journey.in_(journeys), OWNERS.c.store_id.is_not_distinct_from(store_id))
        query = self._waiting(*_ROW).where(*whose)
        return list(
            self.crm.connection.execute(
                query.order_by(_WORTH.desc(), LATE_CARDS.c.owner_id, LATE_CARDS.c.id).limit(most)
            )
        )

    def give(self, ids: Sequence[int], today: date) -> None:
        """These were given on that day's room."""
        self.crm.connection.execute(update(LATE_CARDS).where(LATE_CARDS.c.id.in_(ids)).values(given_on=today))

    def drop(self, ids: Sequence[int]) -> None:
        """These came to no card: nobody waits for them any more."""
        self.crm.connection.execute(delete(LATE_CARDS).where(LATE_CARDS.c.id.in_(ids)))

    def _waiting(self, *columns: Any) -> Any:
        worth = (
            LATE_CARDS.join(OWNERS, OWNERS.c.id == LATE_CARDS.c.owner_id)
            .outerjoin(PREDICTIONS, PREDICTIONS.c.owner_id == OWNERS.c.id)
            .outerjoin(FIGURES, FIGURES.c.owner_id == OWNERS.c.id)
        )
        return core_select(*columns).select_from(worth).where(LATE_CARDS.c.given_on.is_(None))
