"""One message in, one committed turn, and an answer that reaches its owner exactly one way."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.gateway import hear
from bot.house import House
from bot.wiring import open_house
from core.errors import StoreUnavailable
from core.messages import Heard, Inbound, Kind
from storage.crm import Crm
from storage.outbox_rows import ANSWERED, QUEUED
from tests.bot.sending import settings_of

LI = "oABCD1234567890abcdefghijklm"
PATIENCE = 15.0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(settings_of(DATABASE_URL=f"sqlite:///{tmp_path}/shop.db"))
    yield house
    house.database.close()


def says(text: str, key: str = "wx1:1", channel: str = "wechat") -> Inbound:
    return Inbound(channel, key, LI, Kind.TEXT, text=text, raw=text.encode())


def in_loop(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run it, and all that it left behind, to the end."""

    async def run() -> Any:
        result = await work()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
        return result

    return asyncio.run(run())


def states(house: House, heard: Heard) -> list[str]:
    return [row.state for row in house.database.read(lambda crm: crm.outbox.of_message(heard.message_id))]


class SlowStore:
    """Changes before and after those of the test, in one commit with them, which last until they are let go."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.busy, self.before, self.after = threading.Event(), threading.Event(), threading.Event()
        house.database.submit(self._hold)
        self.busy.wait(PATIENCE)

    async def hears(self, inbound: Inbound, seconds: float) -> asyncio.Task[Heard]:
        """The message is handed over and is written, but not committed."""
        hearing = asyncio.create_task(hear(self.house, inbound, time.monotonic() + seconds))
        for _ in range(5):
            await asyncio.sleep(0)
        self.house.database.submit(lambda crm: self.after.wait(PATIENCE))
        self.before.set()
        return hearing

    def _hold(self, crm: Crm) -> None:
        self.busy.set()
        self.before.wait(PATIENCE)


def test_an_answer_in_time_is_the_response_and_leaves_no_other_way(house: House) -> None:
    heard = in_loop(lambda: hear(house, says("您好"), time.monotonic() + PATIENCE))
    assert heard.passive
    assert heard.replies
    assert states(house, heard) == [ANSWERED]


def test_the_same_message_again_gives_the_same_answer(house: House) -> None:
    async def work() -> list[Heard]:
        return [await hear(house, says("您好"), time.monotonic() + PATIENCE) for _ in range(3)]

    first, second, third = in_loop(work)
    assert first.replies == second.replies == third.replies
    assert [heard.repeated for heard in (first, second, third)] == [False, True, True]
    assert states(house, first) == [ANSWERED]


def test_an_answer_committed_too_late_leaves_by_the_sender(house: House) -> None:
    async def work() -> None:
        store = SlowStore(house)
        hearing = await store.hears(says("您好"), 0.3)
        with pytest.raises(StoreUnavailable):
            await hearing
        store.after.set()

    in_loop(work)
    heard = in_loop(lambda: hear(house, says("您好"), time.monotonic() + PATIENCE))
    assert heard.repeated
    assert not heard.passive
    assert states(house, heard) == [QUEUED]


def test_an_answer_that_the_second_try_fetched_does_not_leave_by_the_sender_too(house: House) -> None:
    async def work() -> Heard:
        store = SlowStore(house)
        hearing = await store.hears(says("您好"), 0.3)
        with pytest.raises(StoreUnavailable):
            await hearing
        again = asyncio.create_task(hear(house, says("您好"), time.monotonic() + PATIENCE))
        for _ in range(5):
            await asyncio.sleep(0)
        store.after.set()
        return await again

    heard = in_loop(work)
    assert heard.passive
    assert heard.replies
    assert states(house, heard) == [ANSWERED]


def test_a_second_try_that_comes_too_late_itself_hands_over_to_the_sender(house: House) -> None:
    async def work() -> None:
        await hear(house, says("您好"), time.monotonic() + PATIENCE)
        store = SlowStore(house)
        again = await store.hears(says("您好"), 0.3)
        with pytest.raises(StoreUnavailable):
            await again
        store.after.set()

    in_loop(work)
    heard = in_loop(lambda: hear(house, says("您好"), time.monotonic() + PATIENCE))
    assert states(house, heard) == [QUEUED]


def test_a_bug_costs_neither_the_message_nor_the_answer(house: House, caplog: Any) -> None:
    def break_talk(crm: Crm) -> None:
        talk = crm.conversations.locked("web", LI)
        talk.state = b"[]"
        crm.conversations.save(talk)

    house.database.transact(break_talk)
    heard = in_loop(lambda: hear(house, says("粤B12345 明天保养", "k1", "web")))
    assert "顾问" in heard.replies[0].text
    kept = house.database.read(lambda crm: crm.messages.of_conversation(1))
    assert [(message.state, bool(message.error)) for message in kept] == [("failed", True)]
    assert "粤B12345" not in caplog.text


def test_an_error_of_the_database_tells_no_values(house: House) -> None:
    def twice(crm: Crm) -> None:
        for _ in range(2):
            crm.stores.add("粤B12345", "李明的店")

    with pytest.raises(IntegrityError) as caught:
        house.database.transact(twice)
    assert "粤B12345" not in str(caught.value)


def test_a_store_that_is_away_accepts_nothing(house: House) -> None:
    house.database.submit(lambda crm: None).result(PATIENCE)
    with house.database.engine.connect() as other, other.begin(), pytest.raises(StoreUnavailable):
        in_loop(lambda: asyncio.wait_for(hear(house, says("您好"), time.monotonic() + 0.2), PATIENCE))
