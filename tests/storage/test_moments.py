"""The shop's clock in the store: it never goes back, and processes agree."""

from datetime import UTC, datetime, timedelta

from core.messages import Inbound, Kind
from tests.chat import Shop
from tests.storage.two import meanwhile, together, transaction

REAL = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)


def start(shop: Shop, asked: datetime | None, real: datetime = REAL) -> timedelta:
    return shop.do(lambda crm: crm.moments.start(asked, real))


def test_a_shop_whose_clock_was_never_set_has_the_machines_time(shop: Shop) -> None:
    assert start(shop, None) == timedelta(0)
    assert shop.ask(lambda crm: crm.moments.row()) is None


def test_a_clock_that_is_asked_for_starts_there(shop: Shop) -> None:
    assert start(shop, REAL + DAY) == DAY
    assert start(shop, None, REAL + SECOND) == DAY


def test_a_clock_may_stand_behind_the_machine(shop: Shop) -> None:
    assert start(shop, REAL - 30 * DAY) == -30 * DAY


def test_a_restart_with_an_earlier_clock_goes_on_from_the_last_moment(shop: Shop) -> None:
    start(shop, REAL + 10 * DAY)
    assert start(shop, REAL + DAY, REAL + HOUR) == 10 * DAY - HOUR  # it stood still while nothing ran
    assert start(shop, None, REAL + 2 * HOUR) == 10 * DAY - 2 * HOUR


def test_a_restart_with_a_later_clock_moves_on(shop: Shop) -> None:
    start(shop, REAL + DAY)
    assert start(shop, REAL + 2 * DAY, REAL + SECOND) == 2 * DAY - SECOND


def test_a_clock_earlier_than_the_last_message_starts_at_that_message(shop: Shop) -> None:
    hello = Inbound("web", "k1", "李明", Kind.TEXT, text="你好", raw=b"{}")
    shop.do(lambda crm: crm.messages.accept(hello, None))
    assert start(shop, REAL - DAY) == shop.clock.now() - REAL


def test_processes_that_run_together_agree_on_the_furthest_clock(shop: Shop) -> None:
    start(shop, REAL)
    offsets = [HOUR, 3 * HOUR, 2 * HOUR]
    together(shop, [lambda crm, o=o: crm.moments.agree(o, REAL + SECOND) for o in offsets * 3])  # type: ignore[misc]
    assert shop.do(lambda crm: crm.moments.agree(timedelta(0), REAL + 2 * SECOND)) == 3 * HOUR
    assert start(shop, None, REAL + 3 * SECOND) == 3 * HOUR


def test_of_two_processes_that_agree_at_the_same_moment_none_turns_the_other_back(postgres_shop: Shop) -> None:
    start(postgres_shop, REAL)
    with transaction(postgres_shop) as crm:
        crm.moments.agree(3 * HOUR, REAL + SECOND)
        second = meanwhile(postgres_shop, lambda other: other.moments.agree(HOUR, REAL + SECOND))
    assert second.result(20) == 3 * HOUR


def test_processes_that_start_together_set_one_clock(shop: Shop) -> None:
    assert set(together(shop, [lambda crm: crm.moments.start(REAL + DAY, REAL)] * 8)) == {DAY}
