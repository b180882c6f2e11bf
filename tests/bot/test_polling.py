"""Telegram without a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.channels.telegram import TelegramChannel
from bot.house import House
from bot.polling import poll
from bot.wiring import open_house
from storage.messages import MESSAGES_IN
from tests.bot.sending import settings_of
from tests.fakes.telegram import QUEUED, FakeTelegram

PATIENCE = 15.0


@pytest.fixture
def house(telegram: FakeTelegram, tmp_path: Path) -> Iterator[House]:
    house = open_house(settings_of(telegram, DATABASE_URL=f"sqlite:///{tmp_path}/shop.db"))
    yield house
    house.database.close()


def accepted(house: House) -> int:
    count: int = house.database.read(
        lambda crm: crm.connection.scalar(select(func.count()).select_from(MESSAGES_IN)) or 0
    )
    return count


def while_polling(house: House, work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        channel = house.channels["telegram"]
        assert isinstance(channel, TelegramChannel)
        polling = asyncio.create_task(poll(house, channel))
        await asyncio.wait_for(work(), PATIENCE)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await channel.close()

    asyncio.run(run())


def test_what_people_say_is_heard_once_and_a_webhook_is_taken_off(house: House, telegram: FakeTelegram) -> None:
    telegram.state.webhook = {"url": "https://shop.example.cn/telegram/webhook"}
    li = telegram.user(1001)

    async def work() -> None:
        await asyncio.to_thread(telegram.wait_for, lambda: telegram.calls_of("getUpdates"))
        assert [li.starts(), li.says("您好"), li.sends_sticker()] == [QUEUED] * 3
        await asyncio.to_thread(telegram.wait_for, lambda: not telegram.deliveries.waiting)

    while_polling(house, work)
    assert accepted(house) == 3


def test_what_somebody_wrote_while_nobody_asked_is_answered_once(house: House, telegram: FakeTelegram) -> None:
    house.database.transact(lambda crm: crm.stores.add("ns", "深圳南山店", bays={"general": 1}))
    li = telegram.user(1001)
    for text in ("后天下午三点", "粤B12345", "做保养"):
        li.says(text)

    async def work() -> None:
        await asyncio.to_thread(telegram.wait_for, lambda: not telegram.deliveries.waiting)

    while_polling(house, work)
    assert accepted(house) == 3
    (row,) = house.database.read(lambda crm: crm.outbox.of_conversation(1))
    assert "手机号" in house.database.read(lambda crm: crm.outbox.payload(row)).decode()


def test_a_platform_that_stumbles_is_asked_again(house: House, telegram: FakeTelegram) -> None:
    telegram.fail_next(1, 502, only="getUpdates")
    telegram.user(1001).says("您好")

    async def work() -> None:
        await asyncio.to_thread(telegram.wait_for, lambda: not telegram.deliveries.waiting)

    while_polling(house, work)
    assert accepted(house) == 1
