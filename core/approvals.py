"""Discounts and gifts above one's level: how much each role may give, and who decides about more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RoleLimit:
    """The most that a role gives by itself: per cent off (5 is 9.5 折), and money or gifts worth that many fen.

    None: as much as they see fit.
    """

    discount_percent: int | None = 0
    discount_fen: int | None = 0


ROLE_LIMITS: Mapping[str, RoleLimit] = MappingProxyType(
    {
        "advisor": RoleLimit(5, 10_000),
        "manager": RoleLimit(20, 100_000),
        "boss": RoleLimit(None, None),
    }
)
DECIDERS = ("manager", "boss")  # in this order a wish goes up


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to give: per cent off (8折 is 20), an amount, a gift in words."""

    percent_off: int = 0
    amount_fen: int = 0
    gift: str = ""


def may_give(role: str, wish: Wish, limits: Mapping[str, RoleLimit] = ROLE_LIMITS) -> bool:
    """Whether the role may do so without asking. A gift without its worth is for a decider."""
    limit = limits.get(role, RoleLimit())
    if wish.gift and not wish.amount_fen and role not in DECIDERS:
        return False
    return _within(wish.percent_off, limit.discount_percent) and _within(wish.amount_fen, limit.discount_fen)


def may_approve(role: str, wish: Wish, limits: Mapping[str, RoleLimit] = ROLE_LIMITS) -> bool:
    """Whether the role may say yes to somebody else's wish. A refusal needs no level, only a decider."""
    return role in DECIDERS and may_give(role, wish, limits)


def decider(wish: Wish, there: Collection[str] = DECIDERS, limits: Mapping[str, RoleLimit] = ROLE_LIMITS) -> str | None:
    """The lowest role of those there that may approve it; None: nobody of them may."""
    return next((role for role in DECIDERS if role in there and may_approve(role, wish, limits)), None)


def _within(wished: int, most: int | None) -> bool:
    return most is None or wished <= most
