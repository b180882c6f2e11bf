"""Ratings: what an owner gave a visit, 1 to 5, once per visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.owners import OWNERS
from storage.steps import Step
from storage.vehicles import VEHICLES
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm


class Rating(SQLModel, table=True):
    """One rating of one visit; its points stand on the visit too. `words_sealed`: what went wrong, as they said it."""

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", unique=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    points: int
    words_sealed: bytes | None = None
    call_task_id: int | None = Field(default=None, foreign_key="task.id")
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


RATINGS = table_of(Rating)
VISITS = table_of(Visit)
STEPS = table_of(Step)


class Ratings:
    """Verbs on ratings."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def of_visit(self, visit_id: int) -> Rating | None:
        return self.crm.session.exec(select(Rating).where(Rating.visit_id == visit_id)).first()

    def latest(self, owner_id: int) -> Rating | None:
        """The rating that the owner gave or changed last."""
        query = select(Rating).where(Rating.owner_id == owner_id)
        return self.crm.session.exec(query.order_by(col(Rating.changed_at).desc(), col(Rating.id).desc())).first()

    def rateable(self, owner_id: int, since: date) -> list[Visit]:
        """The owner's completed visits from that day on, newest first."""
        return [v for v in self.crm.visits.of_owner(owner_id) if v.status == "completed" and v.visited_on >= since]

    def to_ask(self, since: date, journey: str, step: str) -> list[Any]:
        """Completed visits from that day on without a rating and without that step: in one statement.

        Rows of visit_id, visited_on, items, owner_id, vehicle_id and plate.
        """
        occurrence = "visit " + cast(VISITS.c.id, String)
        decided = core_select(STEPS.c.id).where(
            STEPS.c.journey == journey, STEPS.c.step == step, STEPS.c.occurrence == occurrence
        )
        query = (
            core_select(
                VISITS.c.id.label("visit_id"),
                VISITS.c.visited_on,
                VISITS.c["items"],
                OWNERS.c.id.label("owner_id"),
                VISITS.c.vehicle_id,
                VEHICLES.c.plate,
            )
            .select_from(
                VISITS.join(OWNERS, OWNERS.c.id == VISITS.c.owner_id).outerjoin(
                    VEHICLES, VEHICLES.c.id == VISITS.c.vehicle_id
                )
            )
            .where(VISITS.c.visited_on >= since, VISITS.c.status == "completed", VISITS.c.rating.is_(None))
            .where(OWNERS.c.status == "active", ~decided.exists())
            .order_by(VISITS.c.id)
        )
        return list(self.crm.connection.execute(query))

    def give(self, visit: Visit, owner_id: int, points: int) -> Rating | None:
        """The first rating of that visit. None: it has one."""
        now = self.crm.now
        new = Rating(visit_id=visit.key, owner_id=owner_id, points=points, created_at=now, changed_at=now)
        rating = self.crm.add_once(new)
        if rating is not None:
            self._keep(rating, visit, "given")
        return rating

    def correct(self, rating: Rating, visit: Visit, points: int, within: timedelta) -> bool:
        """Other points for one that is not older than that. False: it is too late."""
        young = (RATINGS.c.id == rating.key) & (RATINGS.c.created_at > self.crm.now - within)
        statement = update(RATINGS).where(young).values(points=points, changed_at=self.crm.now)
        self.crm.session.flush()
        written = self.crm.connection.execute(statement).rowcount == 1
        self.crm.session.refresh(rating)
        if written:
            self._keep(rating, visit, "corrected")
        return written

    def add_words(self, rating: Rating, words: str) -> None:
        before = self.words(rating)
        rating.words_sealed = self.crm.keys.seal("\n".join(filter(None, [before, words])), "rating.words")
        self.crm.session.flush()

    def words(self, rating: Rating) -> str:
        return self.crm.keys.unseal(rating.words_sealed, "rating.words") if rating.words_sealed else ""

    def _keep(self, rating: Rating, visit: Visit, verb: str) -> None:
        self.crm.session.flush()
        self.crm.connection.execute(update(VISITS).where(VISITS.c.id == visit.key).values(rating=rating.points))
        self.crm.session.refresh(visit)
        detail = str(rating.points)
        self.crm.record(f"rating.{verb}", "rating", rating.key, owner_id=rating.owner_id, detail=detail)
