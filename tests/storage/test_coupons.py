"""Coupons on the store: given once per occurrence, within the month's budget."""

from __future__ import annotations

from storage.crm import Crm
from tests.chat import Shop


def owner(shop: Shop, name: str = "李明") -> int:
    return shop.do(lambda crm: crm.owners.add(name).key)


def test_the_same_occurrence_gives_one_coupon(shop: Shop) -> None:
    li = owner(shop)

    def issue(crm: Crm) -> str | None:
        coupon = crm.coupons.issue(li, "birthday", f"birthday:{li}:2026")
        return coupon.code if coupon else None

    assert shop.do(issue)
    assert shop.do(issue) is None
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(li))) == 1


def test_a_months_budget_ends_and_the_next_month_has_its_own(shop: Shop) -> None:
    li = owner(shop)
    given = sum(
        shop.do(lambda crm, n=n: crm.coupons.issue(li, "birthday", f"b:{n}") is not None)  # type: ignore[misc]
        for n in range(120)
    )
    assert given == 100  # 20,000 yuan at 200 each
    shop.time_is("2026-12-01 09:00")
    assert shop.do(lambda crm: crm.coupons.issue(li, "birthday", "b:next") is not None)


def test_a_coupon_ends_with_its_last_day_in_the_shops_zone(shop: Shop) -> None:
    li = owner(shop)
    until = shop.do(lambda crm: crm.coupons.issue(li, "birthday", "b").valid_until)  # type: ignore[union-attr]
    assert until == shop.moment("2026-12-01 00:00")
