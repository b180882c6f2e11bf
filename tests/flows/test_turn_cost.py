"""What an ordinary turn asks of the store: the booking benchmark lives from it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from journeys import DAILY, OFTEN, PLANS
from tests.chat import Shop

BOOKING = (("我要保养", 16), ("粤B12345", 10), ("11月25日下午3点", 14), ("跳过", 7), ("确认", 23))
IDLE_STATEMENTS = 2  # of a journey that has nothing to do, on average


def test_a_booking_needs_no_more_statements_than_it_did(shop: Shop) -> None:
    said: list[str] = []

    @event.listens_for(shop.database.engine, "connect")
    def listen(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(said.append)

    shop.database.engine.dispose()
    li, counted = shop.stranger(), []
    for text, _ in BOOKING:
        said.clear()
        li.says(text)
        counted.append(sum(said[n] != said[n - 1] for n in range(len(said))))  # a trigger repeats what fired it
    assert counted == [most for _, most in BOOKING]
    shop.tick()
    said.clear()
    shop.tick()
    assert len(said) <= IDLE_STATEMENTS * len(DAILY + OFTEN + PLANS)
