"""A tick in parts: one that dies in the middle, and two at once, decide what an undisturbed one decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

import journeys
from core.known_journeys import KNOWN
from core.policy import NEV
from storage.audiences import STEPS
from storage.consents import MARKETING
from storage.crm import Crm
from storage.progress import PROGRESS
from storage.tasks import TASKS
from tests.chat import Shop

T = TypeVar("T")
OWNERS, MOST = 120, 9
TODAY = date(2026, 11, 23)


class Died(Exception):
    """The process is gone, and nothing of this part is written."""


def owners(shop: Shop) -> None:
    """Of whom many are due, away or have a new car or a birthday; about half of them by their visits alone."""

    def record(crm: Crm) -> None:
        for number in range(OWNERS):
            born = date(1980, TODAY.month, 1 + number % 28)
            owner = crm.owners.add(f"车主{number}", store_id=1, birthday=born).key
            due, bought = TODAY + timedelta(number % 12 - 2), TODAY - timedelta(number % 95)
            car = crm.vehicles.add(f"粤B{number:05d}", due_on=due, purchased_on=bought).key
            crm.vehicles.connect(owner, car)
            crm.identities.give_to_owner("web", f"account-{number}", owner)
            crm.consents.write(owner, MARKETING, "web", number % 3 > 0)
            if number % 2:
                day = TODAY - timedelta(85 + number)
                crm.visits.add(f"W{number}", owner_id=owner, vehicle_id=car, visited_on=day)

    shop.do(record)


def decided(shop: Shop) -> list[tuple[Any, ...]]:
    columns = (STEPS.c.journey, STEPS.c.step, STEPS.c.occurrence, STEPS.c.decision, STEPS.c.reason)
    query = select(*columns).order_by(STEPS.c.journey, STEPS.c.step, STEPS.c.occurrence)
    return shop.ask(lambda crm: [tuple(row) for row in crm.connection.execute(query)])


def tasks(shop: Shop) -> list[Any]:
    query = select(TASKS.c.occurrence).order_by(TASKS.c.occurrence)
    return shop.ask(lambda crm: list(crm.connection.execute(query).scalars()))


def days_done(shop: Shop) -> int:
    return shop.ask(lambda crm: len(list(crm.connection.execute(PROGRESS.select()))))


def dying_after(shop: Shop, parts: int) -> journeys.Do:
    """The first parts are committed; the next one is written and lost."""
    left = [parts]

    def do(change: Callable[[Crm], T], /) -> T:
        def lost(crm: Crm) -> T:
            result = change(crm)
            left[0] -= 1
            if left[0] < 0:
                raise Died
            return result

        return shop.do(lost)

    return do


@pytest.fixture
def undisturbed(shop: Shop, tmp_path: Path) -> Iterator[Shop]:
    """The same shop, in which one transaction has decided everything."""
    with Shop(f"sqlite:///{tmp_path}/undisturbed.db") as other:
        for one in (shop, other):
            owners(one)
        other.tick()
        yield other


def test_whoever_goes_on_after_a_crash_repeats_nothing_and_forgets_nobody(shop: Shop, undisturbed: Shop) -> None:
    for parts in (0, 1, 2, 3, 5):
        with pytest.raises(Died):
            journeys.tick_in_parts(dying_after(shop, parts), MOST)
    journeys.tick_in_parts(shop.do, MOST)
    assert len(decided(shop)) > OWNERS
    assert decided(shop) == decided(undisturbed)
    assert tasks(shop) == tasks(undisturbed)
    assert journeys.tick_in_parts(shop.do, MOST) == []


def test_a_day_counts_as_done_only_when_everybody_is_decided(shop: Shop) -> None:
    owners(shop)
    with pytest.raises(Died):
        journeys.tick_in_parts(dying_after(shop, 1), MOST)
    assert days_done(shop) == 0
    journeys.tick_in_parts(shop.do, MOST)
    steps = [step for name, journey in KNOWN.items() if NEV.journey(name).on for step in journey.steps]
    assert days_done(shop) == len(steps)


def test_no_part_decides_more_than_it_may(shop: Shop) -> None:
    owners(shop)
    shop.do(lambda crm: crm.touched.take())
    parts: list[int] = []

    def do(change: Callable[[Crm], T], /) -> T:
        before = len(decided(shop))
        result = shop.do(change)
        parts.append(len(decided(shop)) - before)
        return result

    journeys.tick_in_parts(do, MOST)
    assert sum(parts) > OWNERS
    assert max(parts) <= MOST


def test_two_workers_in_the_same_tick_decide_each_step_once_and_leave_no_gap(shop: Shop, undisturbed: Shop) -> None:
    def tick(_worker: int) -> list[journeys.TickItem]:
        return journeys.tick_in_parts(shop.database.wait_for, MOST)

    with ThreadPoolExecutor(3) as workers:
        items = [item for found in workers.map(tick, range(3)) for item in found]
    told = [(item.journey, item.step, item.occurrence) for item in items]
    assert len(told) == len(set(told))
    assert decided(shop) == decided(undisturbed)
    assert tasks(shop) == tasks(undisturbed)
