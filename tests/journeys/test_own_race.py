"""Two workers at one campaign on PostgreSQL: its budget is a limit, and everybody is decided once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

import journeys
from core.policy_file import read_policy
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.conftest import postgres_copy
from tests.storage.two import meanwhile, together, transaction

OWNERS, COUPONS = 12, 5
NAME = "campaign:winter"
WINTER = f"""
gate.cap_per_30_days = 0
hold_out.share = 0
[offers.wash]
title = "洗车券"
amount = 40
cost = 30
[campaigns.winter]
on_day = 2026-11-23
text = "本周洗车免费。"
offer = "wash"
budget = {COUPONS * 30 + 29}
"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Everybody allows marketing, and the campaign is today."""
    with Shop(postgres_copy(), stores=()) as shop:
        shop.database.shop = replace(shop.database.shop, policy=read_policy(WINTER))
        shop.do(_record)
        yield shop


def _record(crm: Crm) -> None:
    for number in range(OWNERS):
        owner = crm.owners.add(f"车主{number}", store_id=1)
        crm.identities.give_to_owner("web", f"account-{number}", owner.key)
        crm.consents.write(owner.key, MARKETING, "web", True)


def given(shop: Shop) -> int:
    return shop.ask(lambda crm: sum(len(crm.coupons.of_owner(number)) for number in range(1, OWNERS + 1)))


def test_two_workers_at_once_give_no_more_than_the_budget_holds(shop: Shop) -> None:
    ticks = together(shop, [journeys.tick] * 3)
    assert not [one for one in ticks if isinstance(one, Exception)]
    items = [item for one in ticks if not isinstance(one, Exception) for item in one if item.journey == NAME]
    assert sorted(item.owner for item in items) == list(range(1, OWNERS + 1))
    assert Counter(item.decision for item in items) == {"send": COUPONS, "skip": OWNERS - COUPONS}
    assert given(shop) == COUPONS
    assert shop.ask(lambda crm: crm.campaign_budgets.spent(NAME)) == COUPONS * 3_000


def test_who_asks_for_the_last_of_it_waits_for_who_was_first(shop: Shop) -> None:
    with transaction(shop) as first:
        assert first.campaign_budgets.spend(NAME, 3_000, 5_000)
        second = meanwhile(shop, lambda crm: crm.campaign_budgets.spend(NAME, 3_000, 5_000))
    assert second.result(30) is False
    assert shop.ask(lambda crm: crm.campaign_budgets.spent(NAME)) == 3_000


def test_what_a_worker_that_fails_has_spent_is_free_again(shop: Shop) -> None:
    def fails(crm: Crm) -> None:
        assert any(item.journey == NAME for item in journeys.tick(crm))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shop.do(fails)
    assert given(shop) == 0
    shop.tick()
    assert given(shop) == COUPONS
