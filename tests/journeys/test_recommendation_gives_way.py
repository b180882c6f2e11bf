"""A recommendation keeps out of the way of what goes before it: of the few messages of a month it is the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.crm import Crm
from tests.chat import Shop
from tests.journeys.test_recommendation import decided, li_ming


def is_born(shop: Shop, day: str) -> None:
    shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(1), date.fromisoformat(day)))


def was_here(shop: Shop, day: str) -> None:
    shop.do(lambda crm: crm.visits.add("W1", owner_id=1, vehicle_id=1, visited_on=date.fromisoformat(day)))


def buys_another(shop: Shop, day: str) -> None:
    def bought(crm: Crm) -> None:
        crm.vehicles.connect(1, crm.vehicles.add("粤B99999", purchased_on=date.fromisoformat(day)).key)

    shop.do(bought)


@pytest.mark.parametrize(
    ("happens", "day", "recommends"),
    [
        (is_born, "1990-11-24", False),  # tomorrow
        (is_born, "1992-12-23", False),
        (is_born, "1990-12-24", True),
        (is_born, "1990-11-22", True),
        (is_born, "1990-01-05", True),
        (was_here, "2026-09-22", False),  # three months later is in 29 days
        (was_here, "2026-09-24", True),
        (was_here, "2026-08-22", True),
        (buys_another, "2026-11-01", False),  # its 30th day is near
        (buys_another, "2026-09-10", False),  # its 90th
        (buys_another, "2026-10-01", True),
        (buys_another, "2026-08-20", True),
    ],
)
def test_what_comes_within_a_month_goes_before(shop: Shop, happens: object, day: str, *, recommends: bool) -> None:
    li_ming(shop)
    assert callable(happens)
    happens(shop, day)
    assert bool(decided(shop, "2026-11-23 14:00")) == recommends


def test_it_comes_once_the_birthday_is_over(shop: Shop) -> None:
    li_ming(shop)
    is_born(shop, "1990-12-01")
    assert decided(shop, "2026-11-23 14:00") == []
    assert decided(shop, "2026-11-30 14:00") == []
    assert decided(shop, "2026-12-01 14:00") == [("warranty", "send", "")]


def test_where_nothing_is_capped_nothing_has_to_wait(shop: Shop) -> None:
    facts = shop.database.shop
    policy = replace(facts.policy, gate=replace(facts.policy.gate, cap_per_30_days=0))
    shop.database.shop = replace(facts, policy=policy)
    li_ming(shop)
    is_born(shop, "1990-12-01")
    assert decided(shop, "2026-11-23 14:00") == [("warranty", "send", "")]
