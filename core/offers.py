"""Offers: what the shop may give away, and until when a coupon of it is valid."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of coupon.

    percent: what is still to pay, 80 for 8折 (0: no discount). amount_fen: money off. gifts: what comes with it,
    Chinese and English. days: how long it is valid; 0 means to the end of the month. cost_fen: what one redeemed
    coupon is counted as in the budget. budget_fen: for a calendar month; None means no limit.
    """

    name: str
    title: tuple[str, str]
    percent: int = 0
    amount_fen: int = 0
    gifts: tuple[str, str] = ("", "")
    days: int = 30
    cost_fen: int = 0
    budget_fen: int | None = None


BIRTHDAY_NEV = Offer(
    "birthday",
    ("生日礼券", "Birthday coupon"),
    percent=80,
    gifts=("洗车一次、小礼品一份", "a car wash and a small gift"),
    days=7,
    cost_fen=20_000,
    budget_fen=2_000_000,
)
BIRTHDAY_GENERAL = Offer(
    "birthday",
    ("生日礼券", "Birthday coupon"),
    percent=88,
    gifts=("或免费洗车一次", "or a free car wash"),
    days=0,
    cost_fen=10_000,
    budget_fen=1_000_000,
)
WIN_BACK = Offer(
    "win_back",
    ("回店礼券", "Welcome-back voucher"),
    amount_fen=20_000,
    gifts=("免费检测一次", "a free check"),
    days=30,
    cost_fen=20_000,
    budget_fen=2_000_000,
)
WIN_BACK_CHECK = Offer(
    "win_back_check",
    ("免费检测券", "Free check"),
    gifts=("全车免费检测、质保复核", "a free full check with a warranty review"),
    days=30,
    cost_fen=5_000,
)
PICK_UP = Offer(
    "pick_up",
    ("免费取送车券", "Free pick-up and delivery"),
    gifts=("免费上门取送车一次", "your car is fetched and brought back once, free"),
    days=30,
    cost_fen=8_000,
)
REFERRAL = Offer(
    "referral",
    ("转介绍礼券", "Thank-you voucher"),
    amount_fen=10_000,
    days=60,
    cost_fen=10_000,
    budget_fen=1_000_000,
)
FRIEND = Offer(
    "friend",
    ("新朋友礼券", "New friend's voucher"),
    amount_fen=5_000,
    days=30,
    cost_fen=5_000,
)
OTHERS = (WIN_BACK, WIN_BACK_CHECK, PICK_UP, REFERRAL, FRIEND)
OFFERS_NEV = {offer.name: offer for offer in (BIRTHDAY_NEV, *OTHERS)}
OFFERS_GENERAL = {offer.name: offer for offer in (BIRTHDAY_GENERAL, *OTHERS)}


def last_day(offer: Offer, given_on: date) -> date:
    """The last day on which a coupon given on that day can be used; both are the shop's calendar days."""
    if offer.days:
        return given_on + timedelta(days=offer.days)
    return given_on.replace(day=monthrange(given_on.year, given_on.month)[1])
