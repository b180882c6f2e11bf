"""The web application in this process, on a real socket: faster than a process of its own, and its house can be
looked into.

with Serving(tmp_path, telegram) as shop:
    li.starts()
    assert shop.ask(lambda crm: crm.outbox.waiting()) == 0
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import uvicorn
from sqlalchemy import func, select

from bot.house import House
from bot.sender import Sender
from bot.settings import Settings
from bot.wiring import open_house
from storage.crm import Crm
from storage.messages import MESSAGES_IN
from tests import web
from tests.product import Platform
from tests.servers import free_port
from webhook import create_app

T = TypeVar("T")


class Serving:
    """Wired to the platforms; `sends` runs the sender as well."""

    def __init__(self, directory: Path, *platforms: Platform, sends: bool = True, **settings: str) -> None:
        database = f"sqlite:///{directory / 'shop.db'}"
        given = {"DATABASE_URL": database} | {k: v for p in platforms for k, v in p.settings.items()} | settings
        settings_of = {name.lower(): value for name, value in given.items()}
        self.house: House = open_house(Settings.model_validate(settings_of))
        self.port = free_port()
        self._sends = sends
        self._stop: Callable[[], object] = bool
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="serving")
        for platform in platforms:
            platform.connect(self.url)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Serving:
        self._thread.start()
        self._started.result(20)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._thread.join(20)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> web.Answer:
        return web.request("GET", self.url + path, headers=headers)

    def post(self, path: str, value: object, headers: Mapping[str, str] | None = None) -> web.Answer:
        """Bytes go as they are, anything else as JSON."""
        if isinstance(value, bytes):
            return web.request("POST", self.url + path, value, headers, 30)
        return web.post_json(self.url + path, value, headers, 30)

    def ask(self, question: Callable[[Crm], T]) -> T:
        """Look into the store."""
        return self.house.database.read(question)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        config = uvicorn.Config(create_app(self.house), port=self.port, log_level="warning", lifespan="off")
        server, sender = _Server(config, self._started), Sender(self.house)
        loop = asyncio.get_running_loop()
        self._stop = lambda: loop.call_soon_threadsafe(setattr, server, "should_exit", True)
        sending = asyncio.create_task(sender.run()) if self._sends else None
        await server.serve()
        if sending:
            sender.stop()
            await sending
        await self.house.close()


def accepted(shop: Serving) -> int:
    """How many messages the store has kept."""
    count: int = shop.ask(lambda crm: crm.connection.scalar(select(func.count()).select_from(MESSAGES_IN)) or 0)
    return count


class _Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config, started: Future[None]) -> None:
        super().__init__(config)
        self._listening = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening.set_result(None)
