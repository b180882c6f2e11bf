"""The wait-list: who would come if a time became free, and to whom which time was offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, bindparam, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.appointments import Held
    from storage.crm import Crm

WAITING, OFFERED, BOOKED, LEFT, OVER = "waiting", "offered", "booked", "left", "over"
OPEN, TAKEN, DECLINED, LAPSED = "open", "taken", "declined", "lapsed"


class Waiting(SQLModel, table=True):
    """A wish that could not be met: work at a store on one of some days, at a time or in a part of the day.

    `status`: waiting, offered (a time is held for them), booked, left (by their own words), over.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    plate: str = Field(default="", max_length=16)
    store_id: int = Field(foreign_key="store.id")
    service_id: int = Field(foreign_key="service_item.id")
    first_on: date
    last_on: date
    part: str = Field(default="", max_length=12)  # morning, noon, afternoon, evening; "": any
    clock: str = Field(default="", max_length=5)  # 15:00; "": any
    status: str = Field(default=WAITING, max_length=8, index=True)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class TimeOffer(SQLModel, table=True):
    """A time that became free, held for one of them until `held_until`. Nobody is offered the same time twice."""

    __tablename__ = "time_offer"
    __table_args__ = (UniqueConstraint("waiting_id", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    waiting_id: int = Field(foreign_key="waiting.id")
    owner_id: int = Field(foreign_key="owner.id", index=True)
    appointment_id: int | None = Field(default=None, foreign_key="appointment.id")  # the hold, as long as there is one
    starts_at: datetime = Field(sa_type=Moment)
    held_until: datetime = Field(sa_type=Moment)
    status: str = Field(default=OPEN, max_length=8, index=True)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


WAITINGS, OFFERS = table_of(Waiting), table_of(TimeOffer)
_ANYBODY = Prepared(
    core_select(WAITINGS.c.id)
    .where(or_(WAITINGS.c.status == WAITING, WAITINGS.c.status == OFFERED))
    .where(WAITINGS.c.last_on >= bindparam("today"))
    .limit(1)
)


class WaitList:
    """Verbs on the wait-list."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, waiting_id: int) -> Waiting:
        return self.crm.session.get_one(Waiting, waiting_id)

    def join(self, wish: Waiting) -> Waiting:
        """They wait; who waits for the same already goes on doing so."""
        same = select(Waiting).where(
            Waiting.owner_id == wish.owner_id,
            Waiting.store_id == wish.store_id,
            Waiting.service_id == wish.service_id,
            Waiting.first_on == wish.first_on,
            Waiting.last_on == wish.last_on,
            Waiting.part == wish.part,
            Waiting.clock == wish.clock,
            col(Waiting.status).in_((WAITING, OFFERED)),
        )
        if found := self.crm.session.exec(same).first():
            return found
        added = self.crm.add(wish)
        self.crm.record("waiting.joined", "waiting", added.key, owner_id=added.owner_id, detail=added.plate)
        return added

    def leave(self, owner_id: int) -> int:
        """They wait for nothing any more. Returns for how many things they did."""
        theirs = (WAITINGS.c.owner_id == owner_id, WAITINGS.c.status.in_((WAITING, OFFERED)))
        for offer in self.crm.session.exec(select(TimeOffer).where(TimeOffer.owner_id == owner_id, _is(OPEN))):
            self.decline(offer)
        left = self.crm.connection.execute(
            update(WAITINGS).where(*theirs).values(status=LEFT, changed_at=self.crm.now).returning(WAITINGS.c.id)
        ).scalars()
        numbers = list(left)
        for number in numbers:
            self.crm.record("waiting.left", "waiting", number, owner_id=owner_id)
        return len(numbers)

    def anybody(self, today: date) -> bool:
        """Whether anybody waits for today or later."""
        return _ANYBODY.first(self.crm.connection, today=today) is not None

    def waiting(self, today: date) -> list[Waiting]:
        """Who waits for a time, who came first first."""
        query = select(Waiting).where(Waiting.status == WAITING, col(Waiting.last_on) >= today)
        return list(self.crm.session.exec(query.order_by(col(Waiting.id))))

    def offered(self, waiting_id: int) -> set[datetime]:
        """The times that they were offered already."""
        return set(self.crm.session.exec(select(TimeOffer.starts_at).where(TimeOffer.waiting_id == waiting_id)))

    def over(self, waiting: Waiting) -> None:
        """There is nothing to wait for any more."""
        self._turn_into(waiting.key, (WAITING, OFFERED), OVER)

    def offer(self, waiting: Waiting, held: Held, until: datetime) -> int | None:
        """The time that is held for them is offered; its number. None: somebody else has just offered them one."""
        if not self._turn_into(waiting.key, (WAITING,), OFFERED):
            return None
        number = self.crm.insert_once(
            TimeOffer,
            waiting_id=waiting.key,
            owner_id=waiting.owner_id,
            appointment_id=held.key,
            starts_at=held.starts_at,
            held_until=until,
            created_at=self.crm.now,
        )
        if number is None:
            self._turn_into(waiting.key, (OFFERED,), WAITING)
            return None
        self.crm.record("time_offer.made", "time_offer", number, owner_id=waiting.owner_id, detail=waiting.plate)
        return number

    def find_offer(self, offer_id: int | None, owner_id: int | None) -> TimeOffer | None:
        """That offer, if it is theirs."""
        offer = self.crm.session.get(TimeOffer, offer_id) if offer_id else None
        return offer if offer and offer.owner_id == owner_id else None

    def take(self, offer: TimeOffer) -> bool:
        """They want it. False when it is over."""
        if not self._answer(offer, TAKEN, in_time=True):
            return False
        self._turn_into(offer.waiting_id, (OFFERED,), BOOKED)
        return True

    def decline(self, offer: TimeOffer) -> bool:
        """They do not want it, and wait no more; the time is free for the next. False when it is over."""
        if not self._answer(offer, DECLINED):
            return False
        self._give_back(offer)
        self._turn_into(offer.waiting_id, (OFFERED,), LEFT)
        return True

    def lapse(self) -> Sequence[TimeOffer]:
        """Offers that nobody answered are over, and their times free; who had one waits for another."""
        query = select(TimeOffer).where(_is(OPEN), col(TimeOffer.held_until) <= self.crm.now)
        lapsed = [offer for offer in self.crm.session.exec(query).all() if self._answer(offer, LAPSED)]
        for offer in lapsed:
            self._give_back(offer)
            self._turn_into(offer.waiting_id, (OFFERED,), WAITING)
        return lapsed

    def _answer(self, offer: TimeOffer, status: str, *, in_time: bool = False) -> bool:
        statement = update(OFFERS).where(OFFERS.c.id == offer.key, OFFERS.c.status == OPEN)
        if in_time:
            statement = statement.where(OFFERS.c.held_until > self.crm.now)
        answered = self.crm.connection.execute(statement.values(status=status)).rowcount == 1
        self.crm.session.refresh(offer)
        if answered:
            self.crm.record(f"time_offer.{status}", "time_offer", offer.key, owner_id=offer.owner_id)
        return answered

    def _give_back(self, offer: TimeOffer) -> None:
        held, offer.appointment_id = offer.appointment_id, None
        self.crm.session.flush()
        if held:
            self.crm.appointments.release(held)

    def _turn_into(self, waiting_id: int, allowed: Sequence[str], status: str) -> bool:
        statement = update(WAITINGS).where(WAITINGS.c.id == waiting_id, WAITINGS.c.status.in_(allowed))
        return self.crm.connection.execute(statement.values(status=status, changed_at=self.crm.now)).rowcount == 1


def _is(status: str) -> bool:
    return TimeOffer.status == status
