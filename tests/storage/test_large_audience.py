"""A large audience in small parts: everybody is decided once, whoever comes, goes or dies meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select, update

import journeys
from core.policy import NEV, JourneyRules
from core.policy_file import read_policy
from storage.crm import Crm
from storage.owners import OWNERS
from storage.progress import PROGRESS
from storage.steps import STEPS
from storage.vehicles import TIES, VEHICLES
from tests.chat import Shop

T = TypeVar("T")
MANY, MOST = 2400, 200
TODAY = date(2026, 11, 23)
OURS = read_policy("""
[journeys.checkup]
anchor = "due"
last_days = 5
steps = [{ name = "d0", text = "来检查吧。" }]
[campaigns.winter]
on_day = 2026-11-23
text = "冬天好。"
""")
CHECKUP, WINTER = "checkup", "campaign:winter"
OFF = {name: JourneyRules(on=False) for name in NEV.journeys} | {"maintenance_due": JourneyRules(on=False)}
NOBODY_YET = {"checkup": JourneyRules(roll_out=0.0), "winter": JourneyRules(roll_out=0.0)}  # a decision without words


@pytest.fixture(autouse=True)
def many(shop: Shop) -> None:
    """Each with a car that is due today or on one of the four days before."""
    policy = replace(OURS, journeys=MappingProxyType(OFF | NOBODY_YET))
    shop.database.shop = replace(shop.database.shop, policy=policy)
    shop.do(_record)
    shop.do(lambda crm: crm.touched.take(10 * MANY))


def _record(crm: Crm) -> None:
    first = crm.owners.add("车主1", store_id=1).key
    car = crm.vehicles.add("粤B00001", due_on=TODAY).key
    crm.vehicles.connect(first, car)
    crm.session.flush()
    for table in (OWNERS, VEHICLES, TIES):
        one = crm.connection.execute(select(table)).mappings().one()
        crm.connection.execute(insert(table), [_another(dict(one), table.name, n) for n in range(2, MANY + 1)])


def _another(row: dict[Any, Any], table: str, number: int) -> dict[Any, Any]:
    del row["id"]
    match table:
        case "vehicle":
            row |= {"plate": f"粤B{number:05d}", "due_on": TODAY - timedelta(number % 5)}
        case "owner_vehicle":
            row |= {"owner_id": number, "vehicle_id": number}
    return row


def decided(shop: Shop, journey: str) -> Counter[int]:
    """How often, per owner."""
    query = select(STEPS.c.owner_id).where(STEPS.c.journey == journey)
    return Counter(shop.ask(lambda crm: list(crm.connection.execute(query).scalars())))


def done(shop: Shop) -> set[str]:
    query = select(PROGRESS.c.journey)
    return set(shop.ask(lambda crm: list(crm.connection.execute(query).scalars())))


def meanwhile(shop: Shop, happens: Callable[[int], object]) -> journeys.Do:
    """A worker; after each of its parts the shop goes on with its day."""
    parts = [0]

    def do(change: Callable[[Crm], T], /) -> T:
        result = shop.do(change)
        parts[0] += 1
        happens(parts[0])
        return result

    return do


def once(*numbers: int) -> Counter[int]:
    return Counter(numbers)


def test_who_comes_or_goes_between_two_parts_is_decided_once_or_not_at_all(shop: Shop) -> None:
    def happens(part: int) -> None:
        shop.do(lambda crm: comes(crm, part))
        gone = MANY + 1 - part
        shop.do(lambda crm: crm.connection.execute(update(OWNERS).where(OWNERS.c.id == gone).values(status="merged")))

    journeys.tick_in_parts(meanwhile(shop, happens), MOST)
    checked, told = decided(shop, CHECKUP), decided(shop, WINTER)
    assert set(checked.values()) == set(told.values()) == {1}
    came = {number for number in told if number > MANY}
    assert set(range(1, MANY - 50)) <= set(checked) & set(told)
    assert len(came) > MANY / MOST
    assert came == {number for number in checked if number > MANY}
    assert MANY not in checked


def comes(crm: Crm, part: int) -> None:
    """A newcomer: every other one with a car that was due before the day at which the walk has arrived."""
    owner = crm.owners.add(f"新车主{part}", store_id=1).key
    car = crm.vehicles.add(f"粤C{part:05d}", due_on=TODAY - timedelta(4 * (part % 2))).key
    crm.vehicles.connect(owner, car)


def test_a_worker_that_dies_between_two_parts_loses_nobody(shop: Shop) -> None:
    class Died(Exception): ...

    def dies(part: int) -> None:
        if part % 4 == 0:
            raise Died

    for deaths in range(1, 6):
        with pytest.raises(Died):
            journeys.tick_in_parts(meanwhile(shop, dies), MOST)
        assert decided(shop, CHECKUP).total() + decided(shop, WINTER).total() == 4 * MOST * deaths
        assert WINTER not in done(shop)
    journeys.tick_in_parts(shop.do, MOST)
    assert done(shop) >= {CHECKUP, WINTER}
    assert decided(shop, CHECKUP) == decided(shop, WINTER) == once(*range(1, MANY + 1))


def test_three_workers_decide_everybody_once(shop: Shop) -> None:
    with ThreadPoolExecutor(3) as workers:
        ticks = [workers.submit(journeys.tick_in_parts, shop.database.wait_for, MOST) for _ in range(3)]
        items = [item for tick in ticks for item in tick.result()]
    assert len(items) == 2 * MANY
    assert decided(shop, CHECKUP) == decided(shop, WINTER) == once(*range(1, MANY + 1))
