"""Messages that wait for the same talk are one turn; nobody waits for more to come."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.gateway import hear
from bot.house import House
from bot.wiring import open_house
from core.messages import Heard, Inbound, Kind
from storage.crm import Crm
from storage.migrate import migrate
from tests import servers
from tests.bot.sending import settings_of

KEYS = "1:" + "A" * 43 + "="
PATIENCE = 20.0
WORDS = ("明天下午三点", "粤B12345", "做保养")


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/shop.db" if on_sqlite else servers.postgres().fresh_database()
    house = open_house(settings_of(DATABASE_URL=url, ENCRYPTION_KEYS=KEYS))
    migrate(house.database)
    house.database.transact(lambda crm: crm.stores.add("ns", "深圳南山店", bays={"general": 40}))
    yield house
    house.database.close()


def says(text: str, key: str, channel: str, account: str = "li-account") -> Inbound:
    return Inbound(channel, f"{account}:{key}", account, Kind.TEXT, text=text, raw=text.encode())


def busy(house: House, account: str, channel: str) -> threading.Event:
    """Somebody else holds this talk (or, on SQLite, the writer) until the event is set."""
    begun, over = threading.Event(), threading.Event()

    def hold(crm: Crm) -> None:
        crm.conversations.locked(channel, account)
        begun.set()
        over.wait(PATIENCE)

    house.database.transact(lambda crm: crm.conversations.locked(channel, account))
    house.database.submit(hold)
    begun.wait(PATIENCE)
    return over


async def burst(house: House, channel: str, words: tuple[str, ...]) -> list[Heard]:
    over = busy(house, "li-account", channel)
    answer_by = time.monotonic() + PATIENCE if channel != "web" else 0.0
    sent = [asyncio.create_task(hear(house, says(text, str(n), channel), answer_by)) for n, text in enumerate(words)]
    await asyncio.sleep(0.2)
    over.set()
    return await asyncio.gather(*sent)


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_three_messages_that_wait_are_understood_as_one_and_answered_once(house: House, channel: str) -> None:
    *earlier, last = asyncio.run(burst(house, channel, WORDS))
    assert [(heard.replies, heard.reply_ids, heard.passive) for heard in earlier] == [((), (), False)] * 2
    assert last.passive == (channel == "wechat")
    (row,) = house.database.read(lambda crm: crm.outbox.of_message(last.message_id))
    assert "手机号" in house.database.read(lambda crm: crm.outbox.payload(row)).decode()
    assert len({heard.message_id for heard in (*earlier, last)}) == 3


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_repeat_of_any_of_them_is_harmless(house: House, place: int) -> None:
    heard = asyncio.run(burst(house, "web", WORDS))
    again = asyncio.run(hear(house, says(WORDS[place], str(place), "web")))
    assert again.repeated
    assert (again.message_id, again.replies) == (heard[place].message_id, heard[place].replies)
    assert house.database.read(lambda crm: len(crm.outbox.of_conversation(1))) == 1


def test_answers_that_wait_together_stay_two_answers(house: House) -> None:
    heard = asyncio.run(burst(house, "web", (*WORDS, "跳过", "确认")))
    assert ["已为您预约" in "".join(b.text for b in one.replies) for one in heard] == [False] * 4 + [True]
    assert [bool(one.replies) for one in heard] == [False, False, True, True, True]


def test_the_same_message_twice_in_a_burst_is_heard_once(house: House) -> None:
    async def twice() -> list[Heard]:
        over = busy(house, "li-account", "web")
        sent = [asyncio.create_task(hear(house, says("做保养", "1", "web"))) for _ in range(2)]
        await asyncio.sleep(0.1)
        over.set()
        return await asyncio.gather(*sent)

    first, second = asyncio.run(twice())
    assert (first.repeated, second.repeated) == (False, True)
    assert first.replies == second.replies


def test_a_crowd_in_bursts_loses_nothing_and_books_each_once(house: House) -> None:
    async def crowd() -> list[Heard]:
        owners = [f"owner-{n:03d}" for n in range(20)]
        sent = [
            hear(house, says(text, str(n), "web", owner))
            for n, text in enumerate((*WORDS, "跳过", "确认"))
            for owner in owners
        ]
        return await asyncio.gather(*(asyncio.create_task(one) for one in sent))

    heard = asyncio.run(crowd())
    assert len({one.message_id for one in heard}) == 100
    count = "SELECT count(*) FROM appointment WHERE status = 'booked'"
    assert house.database.read(lambda crm: crm.connection.exec_driver_sql(count).scalar()) == 20


def test_a_bug_in_a_burst_is_apologised_for_once_and_loses_no_message(house: House) -> None:
    def break_talk(crm: Crm) -> None:
        talk = crm.conversations.locked("web", "li-account")
        talk.state = b"[]"
        crm.conversations.save(talk)

    house.database.transact(break_talk)
    *earlier, last = asyncio.run(burst(house, "web", WORDS))
    assert [one.replies for one in earlier] == [(), ()]
    assert "顾问" in last.replies[0].text
    kept = house.database.read(lambda crm: crm.messages.of_conversation(1))
    assert [message.state for message in kept] == ["failed"] * 3
    again = asyncio.run(hear(house, says("明天下午三点粤B12345做保养", "later", "web")))
    assert "手机号" in again.replies[0].text
