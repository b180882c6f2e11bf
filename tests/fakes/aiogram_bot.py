"""aiogram's Bot against the fake, one call at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest

from tests.fakes.telegram import FakeTelegram

Call = Callable[[Bot], Awaitable[Any]]


def ask(fake: FakeTelegram, call: Call, token: str = "") -> Any:
    async def run() -> Any:
        session = AiohttpSession(api=TelegramAPIServer.from_base(fake.base_url))
        bot = Bot(token or fake.token, session=session)
        try:
            return await call(bot)
        finally:
            await session._session.close() if session._session else None  # skips aiogram's pause of 0.25 s

    return asyncio.run(run())


def refused(fake: FakeTelegram, call: Call, kind: type[TelegramAPIError] = TelegramBadRequest) -> str:
    with pytest.raises(kind) as caught:
        ask(fake, call)
    return str(caught.value.message)
