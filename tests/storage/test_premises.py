"""Stores, bays, services, technicians and holidays are kept in memory: nobody ever works with what is over."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from storage.crm import Crm
from storage.db import Database
from tests.chat import Shop

TUESDAY = date(2026, 11, 24)
NINE = "2026-11-24 09:00"


@pytest.fixture
def other_process(shop: Shop) -> Iterator[Database]:
    """Another process on the same store, which has looked at the premises already."""
    database = Database(shop.database.url, shop.database.keys, shop.clock, shop.database.shop)
    database.read(free)
    yield database
    database.close()


def free(crm: Crm) -> int:
    """How many cars can come for maintenance on Tuesday at nine, or -1 when the store is closed."""
    work = crm.services.by_code("maintenance")
    if work is None:
        return -2
    slots = crm.appointments.slots(crm.stores.all()[0], work, TUESDAY)
    return slots[0].free if slots else -1


def close_on_tuesday(crm: Crm) -> None:
    crm.stores.close_on(TUESDAY)


def add_a_bay(crm: Crm) -> None:
    store = crm.stores.by_code("s1")
    assert store is not None
    crm.stores.set_bays(store, {"general": 3, "quick": 1})


def open_late(crm: Crm) -> None:
    store = crm.stores.by_code("s1")
    assert store is not None
    store.hours = "18:00-18:30"


def hire(crm: Crm) -> None:
    crm.staff.add("刘工", "technician", 1)


def stop_maintenance(crm: Crm) -> None:
    work = crm.services.known("maintenance")
    assert work is not None
    work.active = False


CHANGES = [(close_on_tuesday, -1), (add_a_bay, 3), (open_late, -1), (hire, 1), (stop_maintenance, -2)]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_a_change_is_seen_at_once_by_every_process(
    shop: Shop, other_process: Database, change: Callable[[Crm], None], expected: int
) -> None:
    shop.do(change)
    assert shop.ask(free) == expected
    assert other_process.read(free) == expected


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_a_change_is_seen_within_its_own_transaction_and_not_once_it_was_undone(
    shop: Shop, other_process: Database, change: Callable[[Crm], None], expected: int
) -> None:
    def then_fail(crm: Crm) -> None:
        change(crm)
        crm.session.flush()
        assert free(crm) == expected
        raise LookupError

    with pytest.raises(LookupError):
        shop.database.submit(then_fail).result(10)
    assert (shop.ask(free), shop.do(free), other_process.read(free)) == (2, 2, 2)


def test_who_leaves_takes_no_more_work(shop: Shop, other_process: Database) -> None:
    liu, chen = (shop.do(lambda crm: crm.staff.add("工", "technician", 1).key) for _ in range(2))
    assert other_process.read(free) == 2
    shop.do(lambda crm: crm.staff.remove(crm.staff.get(liu), crm.staff.get(chen)))
    assert other_process.read(free) == 1


def test_a_change_to_a_copy_from_memory_never_reaches_others(shop: Shop) -> None:
    def scribble(crm: Crm) -> None:
        crm.stores.all().clear()

    shop.do(scribble)
    assert shop.ask(free) == 2
