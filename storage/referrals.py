"""Referrals: who brought whom, whether it counts and why not, and the reward after the friend's first paid visit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.codes import LETTERS, REFERRAL_LENGTH
from core.referrals import ReferralFacts
from storage.columns import Moment, table_of
from storage.conversation_rows import Conversation
from storage.events import Event
from storage.identities import Identity
from storage.messages import MessageIn
from storage.owners import Owner
from storage.references import surviving
from storage.vehicles import OwnerVehicle, Vehicle
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm

INVITED, REWARDED, REFUSED = "invited", "rewarded", "refused"
COUNTS = (INVITED, REWARDED)
CHAIN = 50  # referrers of referrers that are looked at


class ReferralCode(SQLModel, table=True):
    """The word by which an owner's friends say who sent them."""

    __tablename__ = "referral_code"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=8)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    created_at: datetime = Field(sa_type=Moment)


class Referral(SQLModel, table=True):
    """A friend (`owner_id`) whom `referrer_id` brought. `status`: invited, rewarded or refused, with the reason.

    `claim` names the friend while it counts and is unique: of two referrers at once one gets them.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    referrer_id: int = Field(foreign_key="owner.id", index=True)
    status: str = Field(default=INVITED, max_length=8, index=True)
    claim: str | None = Field(default=None, unique=True, max_length=32)
    reason: str = Field(default="", max_length=16)
    invited_on: date
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    at: datetime = Field(sa_type=Moment)
    rewarded_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


REFERRALS, VISITS, TIES, CARS = table_of(Referral), table_of(Visit), table_of(OwnerVehicle), table_of(Vehicle)


class Referrals:
    """Verbs on referrals."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def code_of(self, owner_id: int) -> str:
        """The owner's code, made when they first ask for it."""
        query = select(ReferralCode.code).where(ReferralCode.owner_id == owner_id).order_by(col(ReferralCode.id))
        while (code := self.crm.session.exec(query).first()) is None:
            fresh = "".join(secrets.choice(LETTERS) for _ in range(REFERRAL_LENGTH))
            self.crm.insert_once(ReferralCode, code=fresh, owner_id=owner_id, created_at=self.crm.now)
        return code

    def referrer(self, code: str) -> Owner | None:
        """Whose code it is."""
        number = self.crm.session.exec(select(ReferralCode.owner_id).where(ReferralCode.code == code)).first()
        return surviving(self.crm, number) if number else None

    def of_referrer(self, owner_id: int) -> list[Referral]:
        """Newest first."""
        query = select(Referral).where(Referral.referrer_id == owner_id).order_by(col(Referral.id).desc())
        return list(self.crm.session.exec(query))

    def of_friend(self, owner_id: int) -> Referral | None:
        """The one that counts."""
        query = select(Referral).where(Referral.owner_id == owner_id, col(Referral.status).in_(COUNTS))
        return self.crm.session.exec(query.order_by(col(Referral.id))).first()

    def invite(self, friend_id: int, referrer_id: int) -> Referral | None:
        """The friend came by that owner's code. None: somebody else brought them first."""
        row = {"owner_id": friend_id, "referrer_id": referrer_id, "at": self.crm.now, "invited_on": self._today()}
        number = self.crm.insert_once(Referral, **row, status=INVITED, claim=f"friend:{friend_id}")
        if number is None:
            return None
        self.crm.record("referral.invited", "referral", number, owner_id=friend_id, detail=f"#{referrer_id}")
        return self.get(number)

    def refuse(self, friend_id: int, referrer_id: int, reason: str) -> bool:
        """It does not count; the attempt and its reason are kept, once. False: they were kept before."""
        query = select(Referral.id).where(
            Referral.owner_id == friend_id, Referral.referrer_id == referrer_id, Referral.reason == reason
        )
        if self.crm.session.exec(query).first() is not None:
            return False
        row = {"owner_id": friend_id, "referrer_id": referrer_id, "at": self.crm.now, "invited_on": self._today()}
        number = self.crm.insert(Referral, **row, status=REFUSED, reason=reason)
        self.crm.record("referral.refused", "referral", number, owner_id=friend_id, detail=reason)
        return True

    def paid(self) -> Iterator[tuple[Referral, int]]:
        """Invited friends who came and paid since, with the number of their first such visit."""
        visit = (
            core_select(VISITS.c.id)
            .where(
                VISITS.c.owner_id == REFERRALS.c.owner_id,
                VISITS.c.status == "completed",
                VISITS.c.amount_fen > 0,
                VISITS.c.visited_on >= REFERRALS.c.invited_on,
            )
            .order_by(VISITS.c.visited_on, VISITS.c.id)
            .limit(1)
            .scalar_subquery()
        )
        query = core_select(REFERRALS.c.id, visit.label("visit")).where(
            REFERRALS.c.status == INVITED, visit.is_not(None)
        )
        for row in self.crm.connection.execute(query.order_by(REFERRALS.c.id)).all():
            yield self.get(row.id), row.visit

    def reward(self, referral: Referral, visit_id: int) -> bool:
        """The friend has paid: of two at once one gets it. False: it was rewarded or refused before."""
        values = {"status": REWARDED, "visit_id": visit_id, "rewarded_at": self.crm.now}
        done = self._decide(referral, values)
        if done:
            self.crm.record("referral.rewarded", "referral", referral.key, owner_id=referral.referrer_id)
        return done

    def decline(self, referral: Referral, reason: str) -> bool:
        """What was learnt about the friend since shows that it does not count."""
        done = self._decide(referral, {"status": REFUSED, "reason": reason, "claim": None})
        if done:
            self.crm.record("referral.refused", "referral", referral.key, owner_id=referral.owner_id, detail=reason)
        return done

    def rewarded(self, referrer_id: int) -> int:
        """How many friends of theirs came and paid."""
        query = select(func.count()).where(Referral.referrer_id == referrer_id, Referral.status == REWARDED)
        return int(self.crm.session.exec(query).one())

    def facts(self, friend_id: int, referrer_id: int, *, invited_on: date | None = None) -> ReferralFacts:
        """What is known of the two. Visits count as before when they are older than `invited_on`, today if None."""
        friend, referrer = surviving(self.crm, friend_id), surviving(self.crm, referrer_id)
        assert friend is not None
        assert referrer is not None
        counting = self.of_friend(friend.key)
        return ReferralFacts(
            same_owner=friend.key == referrer.key,
            same_phone=bool(friend.phone_hash) and friend.phone_hash == referrer.phone_hash,
            same_car=self._share_a_car(friend.key, referrer.key),
            same_device=self._share_an_account(friend.key, referrer.key),
            visited_before=self._visited(friend.key, invited_on),
            brought_by_friend=friend.key in self._above(referrer.key),
            has_referrer=counting is not None and counting.referrer_id != referrer_id,
        )

    def get(self, referral_id: int) -> Referral:
        return self.crm.session.get_one(Referral, referral_id)

    def _decide(self, referral: Referral, values: dict[str, Any]) -> bool:
        statement = update(REFERRALS).where(REFERRALS.c.id == referral.key, REFERRALS.c.status == INVITED)
        done = self.crm.connection.execute(statement.values(values)).rowcount == 1
        self.crm.session.refresh(referral)
        return done

    def _share_a_car(self, one: int, other: int) -> bool:
        def cars(owner_id: int, column: Any) -> Any:
            return core_select(column).join(TIES, TIES.c.vehicle_id == CARS.c.id).where(TIES.c.owner_id == owner_id)

        same = cars(one, CARS.c.id).where(
            CARS.c.id.in_(cars(other, CARS.c.id)) | CARS.c.plate.in_(cars(other, CARS.c.plate))
        )
        return self.crm.connection.execute(same.limit(1)).first() is not None

    def _share_an_account(self, one: int, other: int) -> bool:
        """Whether something happened to one of them through a chat that is the other's now."""
        self.crm.write_events()
        return any(
            self.crm.session.exec(
                select(Event.id)
                .join(MessageIn, col(MessageIn.id) == col(Event.message_id))
                .join(Conversation, col(Conversation.id) == col(MessageIn.conversation_id))
                .join(Identity, col(Identity.id) == col(Conversation.identity_id))
                .where(Event.owner_id == seen, Identity.owner_id == now, Event.actor == f"owner:{seen}")
                .limit(1)
            ).first()
            for seen, now in ((one, other), (other, one))
        )

    def _visited(self, owner_id: int, before: date | None) -> bool:
        query = select(Visit.id).where(
            Visit.owner_id == owner_id, Visit.status == "completed", Visit.visited_on < (before or self._today())
        )
        return self.crm.session.exec(query).first() is not None

    def _above(self, owner_id: int) -> set[int]:
        """Who brought them, who brought those, and so on."""
        above: set[int] = set()
        row = self.of_friend(owner_id)
        while row is not None and row.referrer_id not in above and len(above) < CHAIN:
            above.add(row.referrer_id)
            row = self.of_friend(row.referrer_id)
        return above

    def _today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()
