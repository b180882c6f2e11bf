"""Coupons: offered, claimed, redeemed once, or over; and the month's budget that they are given from."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, UniqueConstraint, cast, literal, update
from sqlmodel import Field, SQLModel, col, select

from core.codes import COUPON_LENGTH, LETTERS
from core.errors import Refused
from core.offers import Offer, last_day
from storage.columns import Moment, table_of
from storage.statements import inserting_once
from storage.steps import Step

if TYPE_CHECKING:
    from storage.crm import Crm

OFFERED, CLAIMED, REDEEMED, REVOKED, EXPIRED = "offered", "claimed", "redeemed", "revoked", "expired"
# Why a coupon cannot be claimed, redeemed or revoked, beside the status that it has:
UNKNOWN, NOT_CLAIMED, OTHER_STORE, NOT_ALLOWED = "unknown", "not_claimed", "other_store", "not_allowed"


class CouponRefused(Refused):
    """A coupon cannot be used that way. `why`: unknown (none of theirs), claimed (already), not_claimed, redeemed,
    revoked, expired, other_store or not_allowed; `coupon` is the one meant, where it may be told of.
    """

    def __init__(self, why: str, coupon: Coupon | None = None) -> None:
        super().__init__(why)
        self.why, self.coupon = why, coupon


class Coupon(SQLModel, table=True):
    """One coupon of one owner. `status`: offered (a greeting names it), claimed, redeemed, revoked or expired.

    `occurrence` is unique: the same reason never gives two. `valid_until` is the end of its last day. `month` is the
    budget that it is given from; `redeemed_via` the channel, or the program that redeemed it ("api:dms").
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    offer: str = Field(max_length=32)
    percent: int = 0
    amount_fen: int = 0
    cost_fen: int = 0
    month: str = Field(default="", max_length=7)
    occurrence: str | None = Field(default=None, unique=True, max_length=96)
    status: str = Field(default=OFFERED, max_length=8, index=True)
    valid_until: datetime = Field(sa_type=Moment, index=True)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    redeemed_at: datetime | None = Field(default=None, sa_type=Moment)
    redeemed_by: int | None = Field(default=None, foreign_key="staff.id")
    redeemed_store_id: int | None = Field(default=None, foreign_key="store.id")
    redeemed_via: str = Field(default="", max_length=64)
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
COUPONS = table_of(Coupon)
LIVE = (OFFERED, CLAIMED)


class Coupons:
    """Verbs on coupons."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, coupon_id: int) -> Coupon:
        return self.crm.session.get_one(Coupon, coupon_id)

    def find(self, coupon_id: int) -> Coupon | None:
        return self.crm.session.get(Coupon, coupon_id)

    def with_code(self, code: str) -> Coupon | None:
        return self.crm.session.exec(select(Coupon).where(Coupon.code == code)).first()

    def of_owner(self, owner_id: int) -> list[Coupon]:
        """Newest first."""
        query = select(Coupon).where(Coupon.owner_id == owner_id).order_by(col(Coupon.id).desc())
        return list(self.crm.session.exec(query))

    def usable(self, owner_id: int, status: str = CLAIMED) -> list[Coupon]:
        """Those in that status that are not over, the first to end first."""
        query = select(Coupon).where(
            Coupon.owner_id == owner_id, Coupon.status == status, col(Coupon.valid_until) > self.crm.now
        )
        return list(self.crm.session.exec(query.order_by(col(Coupon.valid_until), col(Coupon.id))))

    def of_occurrence(self, occurrence: str) -> Coupon | None:
        return self.crm.session.exec(select(Coupon).where(Coupon.occurrence == occurrence)).first()

    def last_day(self, coupon: Coupon) -> date:
        """The last day on which it can be used."""
        return (coupon.valid_until - timedelta(microseconds=1)).astimezone(self.crm.shop.zone).date()

    def offer(self, coupon: Coupon) -> Offer:
        """What it gives, as it was given; its words as the policy has them now."""
        known = self.crm.shop.policy.offers.get(coupon.offer)
        title, gifts = (known.title, known.gifts) if known else ((coupon.offer, coupon.offer), ("", ""))
        return Offer(coupon.offer, title, percent=coupon.percent, amount_fen=coupon.amount_fen, gifts=gifts)

    # — given —

    def issue(
        self, owner_id: int, offer_name: str, occurrence: str, *, claimed: bool = False, given_on: date | None = None
    ) -> Coupon | None:
        """A coupon of one of the policy's offers; `claimed` when the owner has asked for it already.

        It is valid from `given_on`, today if nothing else is said. None when this occurrence has given one before,
        or when the month's budget is used up: then the shop is told, once a month.
        """
        offer = self.crm.shop.policy.offers[offer_name]
        number = self._insert(owner_id, offer, occurrence, claimed=claimed, given_on=given_on or self._today())
        if number is None:
            return None
        if not self._spend(offer):
            self.crm.connection.execute(COUPONS.delete().where(COUPONS.c.id == number))
            self._tell_of_budget(offer)
            return None
        self.crm.record("coupon.issued", "coupon", number, owner_id=owner_id, detail=offer.name)
        if claimed:
            self.crm.record("coupon.claimed", "coupon", number, owner_id=owner_id, detail=offer.name)
        return self.get(number)

    def claim(self, owner_id: int, coupon_id: int) -> Coupon:
        """It is theirs now. Raises CouponRefused; "claimed" when they have it already."""
        statement = update(COUPONS).where(COUPONS.c.id == coupon_id, COUPONS.c.owner_id == owner_id)
        if self._changed(statement, (OFFERED,), status=CLAIMED, claimed_at=self.crm.now):
            self.crm.record("coupon.claimed", "coupon", coupon_id, owner_id=owner_id)
            return self._fresh(coupon_id)
        coupon = self.find(coupon_id)
        if coupon is None or coupon.owner_id != owner_id:
            raise CouponRefused(UNKNOWN)
        raise self.refusal(self._fresh(coupon_id))

    # — used, taken back, over —

    def redeem(self, coupon: Coupon, *, staff_id: int | None, store_id: int | None, via: str) -> Coupon:
        """Used, once only. Raises CouponRefused."""
        statement = update(COUPONS).where(COUPONS.c.id == coupon.key)
        values = {"redeemed_by": staff_id, "redeemed_store_id": store_id, "redeemed_via": via}
        done = self._changed(statement, (CLAIMED,), status=REDEEMED, redeemed_at=self.crm.now, **values)
        coupon = self._fresh(coupon.key)
        if not done:
            raise self.refusal(coupon)
        self.crm.record("coupon.redeemed", "coupon", coupon.key, owner_id=coupon.owner_id, detail=via)
        return coupon

    def revoke(self, coupon: Coupon, why: str) -> bool:
        """Taken back; what it cost is free again. False: it was used, or is over."""
        statement = update(COUPONS).where(COUPONS.c.id == coupon.key)
        done = self._changed(statement, LIVE, status=REVOKED, revoked_why=why[:64])
        self._fresh(coupon.key)
        if done:
            self._give_back(coupon.offer, coupon.month, coupon.cost_fen)
            self.crm.record("coupon.revoked", "coupon", coupon.key, owner_id=coupon.owner_id, detail=why[:64])
        return done

    def expire(self) -> int:
        """Those whose last day is over have ended; what they cost is free again. Returns how many."""
        statement = (
            update(COUPONS)
            .where(COUPONS.c.status.in_(LIVE), COUPONS.c.valid_until <= self.crm.now)
            .values(status=EXPIRED)
            .returning(COUPONS.c.id, COUPONS.c.owner_id, COUPONS.c.offer, COUPONS.c.month, COUPONS.c.cost_fen)
        )
        rows = self.crm.connection.execute(statement).all()
        freed: Counter[tuple[str, str]] = Counter()
        for row in rows:
            freed[row.offer, row.month] += row.cost_fen
            self.crm.record("coupon.expired", "coupon", row.id, owner_id=row.owner_id, detail=row.offer)
        for (offer, month), fen in sorted(freed.items()):
            self._give_back(offer, month, fen)
        if rows:
            self.crm.session.expire_all()
        return len(rows)

    def ending(self, before: datetime, *, claimed_before: datetime, unless_decided: str) -> list[Coupon]:
        """Claimed ones that end by then, of which that journey has not decided yet, the first to end first."""
        decided = select(Step.id).where(
            Step.journey == unless_decided, Step.occurrence == literal("coupon:") + cast(col(Coupon.id), String)
        )
        query = select(Coupon).where(
            Coupon.status == CLAIMED,
            col(Coupon.valid_until) > self.crm.now,
            col(Coupon.valid_until) <= before,
            col(Coupon.claimed_at) <= claimed_before,
            ~decided.exists(),
        )
        return list(self.crm.session.exec(query.order_by(col(Coupon.valid_until), col(Coupon.id))))

    def spent(self, offer: str, month: str) -> int:
        """What an offer's coupons count together in that month, in fen."""
        query = select(OfferBudget.spent_fen).where(OfferBudget.offer == offer, OfferBudget.month == month)
        return self.crm.session.exec(query).first() or 0

    # — how —

    def _insert(self, owner_id: int, offer: Offer, occurrence: str, *, claimed: bool, given_on: date) -> int | None:
        now = self.crm.now
        return self.crm.insert_once(
            Coupon,
            code="".join(secrets.choice(LETTERS) for _ in range(COUPON_LENGTH)),
            owner_id=owner_id,
            offer=offer.name,
            percent=offer.percent,
            amount_fen=offer.amount_fen,
            cost_fen=offer.cost_fen,
            month=self._month(),
            occurrence=occurrence,
            status=CLAIMED if claimed else OFFERED,
            valid_until=self._end_of(offer, given_on),
            claimed_at=now if claimed else None,
            created_at=now,
        )

    def _changed(self, statement: Any, allowed: tuple[str, ...], **values: Any) -> bool:
        """One conditional UPDATE: of two at once, one finds the coupon as it must be."""
        live = statement.where(COUPONS.c.status.in_(allowed), COUPONS.c.valid_until > self.crm.now)
        return self.crm.connection.execute(live.values(**values)).rowcount == 1

    def _fresh(self, coupon_id: int) -> Coupon:
        coupon = self.get(coupon_id)
        self.crm.session.refresh(coupon)
        return coupon

    def refusal(self, coupon: Coupon) -> CouponRefused:
        """Why it cannot be claimed, redeemed or revoked as it stands."""
        over = coupon.status in LIVE and coupon.valid_until <= self.crm.now
        why = EXPIRED if over else NOT_CLAIMED if coupon.status == OFFERED else coupon.status
        return CouponRefused(why, coupon)

    def _today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()

    def _month(self) -> str:
        return f"{self._today():%Y-%m}"

    def _end_of(self, offer: Offer, given_on: date) -> datetime:
        """The first moment after its last day, in the shop's zone."""
        return datetime.combine(last_day(offer, given_on) + timedelta(days=1), time(), self.crm.shop.zone)

    def _spend(self, offer: Offer) -> bool:
        """Count it in the month's budget by one conditional UPDATE. False: the budget is used up."""
        row = {"offer": offer.name, "month": self._month(), "spent_fen": 0}
        inserting_once(OfferBudget, self.crm.is_sqlite).run(self.crm.connection, **row)
        statement = update(BUDGETS).where(BUDGETS.c.offer == offer.name, BUDGETS.c.month == row["month"])
        if offer.budget_fen is not None:
            statement = statement.where(BUDGETS.c.spent_fen + offer.cost_fen <= offer.budget_fen)
        spent = statement.values(spent_fen=BUDGETS.c.spent_fen + offer.cost_fen)
        return self.crm.connection.execute(spent).rowcount == 1

    def _give_back(self, offer: str, month: str, fen: int) -> None:
        """To the month that it came from."""
        statement = update(BUDGETS).where(BUDGETS.c.offer == offer, BUDGETS.c.month == month)
        self.crm.connection.execute(statement.values(spent_fen=BUDGETS.c.spent_fen - fen))

    def _tell_of_budget(self, offer: Offer) -> None:
        month = self._month()
        facts = {"offer": list(offer.title), "month": month}
        self.crm.tasks.open(
            "budget_used_up", store_id=None, facts=facts, occurrence=f"budget:{offer.name}:{month}", to_manager=True
        )
