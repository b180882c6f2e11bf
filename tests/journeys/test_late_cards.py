"""After a first import thousands are five months away at once: their cards come day by day, who is worth most first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from journeys.engine import NO_ROOM
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop

A_DAY = 3  # cards that are caught up late, per store
LATE, TODAY = date(2026, 6, 1), date(2026, 6, 23)  # their fifth month was over 22 days ago, and today


@pytest.fixture
def few(shop: Shop) -> Shop:
    """A shop that has room for three late cards a day, and holds nobody out."""
    facts = shop.database.shop
    desk = replace(facts.policy.desk, late_cards_per_day=A_DAY)
    usual = replace(facts.policy.usual, hold_out=0.0)
    policy = replace(facts.policy, desk=desk, usual=usual, journeys={"win_back": usual})
    shop.database.shop = replace(facts, policy=policy)
    return shop


def come(shop: Shop, last_visit: date, owners: int, since: int = 0, store: int = 1) -> None:
    """That many people who were here last on that day; each spent more than the one before."""

    def record(crm: Crm) -> None:
        for number in range(since, since + owners):
            owner = crm.owners.add(f"车主{number}", store_id=store).key
            crm.consents.write(owner, MARKETING, "*", True)
            crm.visits.add(f"W{number}", owner_id=owner, visited_on=last_visit, amount_fen=1000 * (number + 1))

    shop.do(record)


def carded(shop: Shop) -> list[int]:
    return [item.owner for item in shop.tick() if item.journey == "win_back" and item.decision == "task"]


def next_day(shop: Shop) -> None:
    tomorrow = shop.clock.now().astimezone(shop.zone).date() + timedelta(days=1)
    shop.time_is(f"{tomorrow} 10:00")


def test_late_cards_come_by_the_day_and_those_worth_most_first(few: Shop) -> None:
    come(few, LATE, owners=8)
    assert carded(few) == [6, 7, 8]
    assert carded(few) == []
    next_day(few)
    assert carded(few) == [3, 4, 5]
    next_day(few)
    assert carded(few) == [1, 2]


def test_what_falls_today_comes_today_however_much_it_is(few: Shop) -> None:
    come(few, TODAY, owners=9)
    come(few, LATE, owners=5, since=9)
    assert sorted(carded(few)) == [*range(1, 10), 12, 13, 14]


def test_each_store_has_room_of_its_own(two_stores: Shop) -> None:
    facts = two_stores.database.shop
    desk = replace(facts.policy.desk, late_cards_per_day=1)
    two_stores.database.shop = replace(facts, policy=replace(facts.policy, desk=desk, journeys={}))
    come(two_stores, LATE, owners=2)
    come(two_stores, LATE, owners=2, since=2, store=2)
    assert sorted(carded(two_stores)) == [2, 4]


def test_who_comes_while_the_card_waits_needs_none(few: Shop) -> None:
    come(few, LATE, owners=5)
    assert carded(few) == [3, 4, 5]
    few.do(lambda crm: crm.visits.add("new", owner_id=2, visited_on=date(2026, 11, 23)))
    next_day(few)
    assert carded(few) == [1]


def test_a_card_that_waited_until_it_was_of_no_use_is_told_once_as_a_skip(few: Shop) -> None:
    come(few, last_of_use(), owners=5)
    assert carded(few) == [3, 4, 5]
    next_day(few)
    told = [(item.owner, item.decision, item.reason) for item in few.tick() if item.step == "m6"]
    assert told == [(1, "skip", NO_ROOM), (2, "skip", NO_ROOM)]
    next_day(few)
    assert [item for item in few.tick() if item.journey == "win_back"] == []


def last_of_use() -> date:
    """Six months and fourteen days before the shop's Monday: the last day of `m6`."""
    return date(2026, 5, 9)


def test_a_journey_that_is_switched_off_keeps_its_cards_waiting(few: Shop) -> None:
    come(few, LATE, owners=4)
    assert carded(few) == [2, 3, 4]
    facts = few.database.shop
    off = replace(facts, policy=replace(facts.policy, journeys={"win_back": replace(facts.policy.usual, on=False)}))
    few.database.shop, on = off, facts
    next_day(few)
    assert carded(few) == []
    few.database.shop = on
    assert carded(few) == [1]
