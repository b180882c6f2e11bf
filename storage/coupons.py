"""Coupons: offered, claimed, redeemed once, or over; and the month's budget that they are given from."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, SQLModel, col, select

from core.offers import Offer, last_day
from storage.columns import Moment, table_of
from storage.statements import inserting_once

if TYPE_CHECKING:
    from storage.crm import Crm

OFFERED, CLAIMED, REDEEMED, REVOKED, EXPIRED = "offered", "claimed", "redeemed", "revoked", "expired"
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread or misheard for another
CODE_LENGTH = 10


class Coupon(SQLModel, table=True):
    """One coupon of one owner. `status`: offered (a greeting names it), claimed, redeemed, revoked or expired.

    `occurrence` is unique: the same reason never gives two. `valid_until` is the end of its last day.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    offer: str = Field(max_length=32)
    percent: int = 0
    amount_fen: int = 0
    cost_fen: int = 0
    occurrence: str | None = Field(default=None, unique=True, max_length=96)
    status: str = Field(default=OFFERED, max_length=8, index=True)
    valid_until: datetime = Field(sa_type=Moment, index=True)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    redeemed_at: datetime | None = Field(default=None, sa_type=Moment)
    redeemed_by: int | None = Field(default=None, foreign_key="staff.id")
    redeemed_store_id: int | None = Field(default=None, foreign_key="store.id")
    revoked_why: str = Field(default="", max_length=64)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class OfferBudget(SQLModel, table=True):
    """What an offer has cost in a month ("2026-11"), counted when a coupon is given."""

    __tablename__ = "offer_budget"
    __table_args__ = (UniqueConstraint("offer", "month"),)

    id: int | None = Field(default=None, primary_key=True)
    offer: str = Field(max_length=32)
    month: str = Field(max_length=7)
    spent_fen: int = 0


BUDGETS = table_of(OfferBudget)


class Coupons:
    """Verbs on coupons."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, coupon_id: int) -> Coupon:
        return self.crm.session.get_one(Coupon, coupon_id)

    def find(self, coupon_id: int) -> Coupon | None:
        return self.crm.session.get(Coupon, coupon_id)

    def of_owner(self, owner_id: int) -> list[Coupon]:
        """Newest first."""
        query = select(Coupon).where(Coupon.owner_id == owner_id).order_by(col(Coupon.id).desc())
        return list(self.crm.session.exec(query))

    def of_occurrence(self, occurrence: str) -> Coupon | None:
        return self.crm.session.exec(select(Coupon).where(Coupon.occurrence == occurrence)).first()

    def issue(self, owner_id: int, offer_name: str, occurrence: str, *, claimed: bool = False) -> Coupon | None:
        """A coupon of one of the policy's offers; `claimed` when the owner has asked for it already.

        None when this occurrence has given one before, or when the month's budget is used up.
        """
        offer = self.crm.shop.policy.offers[offer_name]
        number = self._insert(owner_id, offer, occurrence, claimed=claimed)
        if number is None:
            return None
        if not self._spend(offer):
            self.crm.connection.execute(table_of(Coupon).delete().where(col(Coupon.id) == number))
            return None
        self.crm.record("coupon.issued", "coupon", number, owner_id=owner_id, detail=offer.name)
        return self.get(number)

    def revoke(self, coupon: Coupon, why: str) -> bool:
        """Take back one that is not used, and give its month's budget back. False: it was used, or is over."""
        table = table_of(Coupon)
        unused = table.c.status.in_((OFFERED, CLAIMED))
        statement = update(table).where(table.c.id == coupon.key, unused).values(status=REVOKED, revoked_why=why[:64])
        self.crm.session.flush()
        revoked = self.crm.connection.execute(statement).rowcount == 1
        self.crm.session.refresh(coupon)
        if revoked:
            month = f"{coupon.created_at.astimezone(self.crm.shop.zone):%Y-%m}"
            spent = update(BUDGETS).where(BUDGETS.c.offer == coupon.offer, BUDGETS.c.month == month)
            self.crm.connection.execute(spent.values(spent_fen=BUDGETS.c.spent_fen - coupon.cost_fen))
            self.crm.record("coupon.revoked", "coupon", coupon.key, owner_id=coupon.owner_id, detail=why)
        return revoked

    def _insert(self, owner_id: int, offer: Offer, occurrence: str, *, claimed: bool) -> int | None:
        now = self.crm.now
        return self.crm.insert_once(
            Coupon,
            code="".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
            owner_id=owner_id,
            offer=offer.name,
            percent=offer.percent,
            amount_fen=offer.amount_fen,
            cost_fen=offer.cost_fen,
            occurrence=occurrence,
            status=CLAIMED if claimed else OFFERED,
            valid_until=self._end_of(offer),
            claimed_at=now if claimed else None,
            created_at=now,
        )

    def _end_of(self, offer: Offer) -> datetime:
        """The first moment after its last day, in the shop's zone."""
        zone = self.crm.shop.zone
        day = last_day(offer, self.crm.now.astimezone(zone).date()) + timedelta(days=1)
        return datetime.combine(day, time(), zone)

    def _spend(self, offer: Offer) -> bool:
        """Count it in the month's budget by one conditional UPDATE. False: the budget is used up."""
        month = f"{self.crm.now.astimezone(self.crm.shop.zone):%Y-%m}"
        row = {"offer": offer.name, "month": month, "spent_fen": 0}
        inserting_once(OfferBudget, self.crm.is_sqlite).run(self.crm.connection, **row)
        statement = update(BUDGETS).where(BUDGETS.c.offer == offer.name, BUDGETS.c.month == month)
        if offer.budget_fen is not None:
            statement = statement.where(BUDGETS.c.spent_fen + offer.cost_fen <= offer.budget_fen)
        spent = statement.values(spent_fen=BUDGETS.c.spent_fen + offer.cost_fen)
        return self.crm.connection.execute(spent).rowcount == 1
