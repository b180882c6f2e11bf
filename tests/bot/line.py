"""A shop that keeps the line to WeCom in this process, with short times; and what a test does with it.

with Line(bot) as shop:
    shop.bind("wrNS")
    task = shop.task()
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import select

from bot.channels import Outgoing
from bot.channels.wecom_bot import WeComBotChannel
from bot.house import House
from bot.long_connection import keep_connected
from bot.sender import Sender
from bot.settings import Settings
from bot.wiring import open_house
from core.limits import LineRules
from core.messages import Bubble, Card
from storage.crm import Crm
from storage.outbox_rows import OUTBOX
from tests import guardian
from tests.fakes.wecom_bot import FakeWeComBot
from tests.fakes.wecom_bot_people import Chat

T = TypeVar("T")
PATIENCE = 40.0
QUICK = LineRules(
    ping_every=0.1,
    first_pause=0.02,
    longest_pause=0.1,
    kicked_pause=0.1,
    looks_every=0.02,
)


class Line:
    """One store, 陈店长 and 王工 and 小李; the sender and the connection run on a thread."""

    def __init__(self, bot: FakeWeComBot, rules: LineRules = QUICK) -> None:
        self.bot = bot
        self.directory: Path = guardian.directory("line")
        given = {"database_url": f"sqlite:///{self.directory}/shop.db"}
        settings = Settings.model_validate(given | {name.lower(): value for name, value in bot.settings.items()})
        self.house: House = open_house(settings)
        self.house.channels["wecom_bot"] = self.channel = WeComBotChannel(settings, rules)
        self.do(_furnish)
        self._stop: Callable[[], object] = bool
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name="line")

    def __enter__(self) -> Line:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._thread.join(20)

    def do(self, change: Callable[[Crm], T]) -> T:
        return self.house.database.transact(change)

    def bind(self, chatid: str) -> Chat:
        """陈店长 binds that group."""
        group = self.bot.group(chatid)
        self.bot.waits_for_line()
        self.bot.colleague("chen").says("绑定 NS", in_group=group)
        group.waits_for("以后发到这个群")
        return group

    def sends(self, chatid: str, content: Bubble | Card) -> None:
        """Straight through the channel."""
        assert self._loop is not None
        sending = self.channel.send(Outgoing(1, chatid, content))
        asyncio.run_coroutine_threadsafe(sending, self._loop).result(PATIENCE)

    def task(self, kind: str = "hand_over") -> int:
        """A new card."""
        number = self.do(lambda crm: crm.tasks.open(kind, store_id=1))
        assert number is not None
        return number

    def reasons(self) -> list[str]:
        """Why what is on its way to the group has not left."""
        query = select(OUTBOX.c.reason).where(OUTBOX.c.state == "queued", OUTBOX.c.destination == "wecom_bot:store:1")
        return self.house.database.read(lambda crm: list(crm.connection.execute(query).scalars()))

    def settles(self) -> None:
        """Until nothing is on its way any more."""
        self.waits_until(lambda: not self.house.database.read(lambda crm: crm.outbox.waiting()), "an empty outbox")

    def waits_until(self, true: Callable[[], object], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < until, f"waited in vain for {what}"
            time.sleep(0.01)

    def state(self) -> tuple[str, str]:
        """How the line is said to stand, and why."""
        line = self.house.database.read(lambda crm: crm.lines.of("wecom_bot"))
        return (line.state, line.words) if line else ("", "")

    def waits_for_state(self, state: str) -> None:
        self.waits_until(lambda: self.state()[0] == state, f"a line that is {state}, not {self.state()}")

    @contextmanager
    def busy_database(self) -> Iterator[None]:
        """Somebody else writes for a long time."""
        other = sqlite3.connect(self.directory / "shop.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    async def _live(self) -> None:
        stopped, loop, sender = asyncio.Event(), asyncio.get_running_loop(), Sender(self.house)
        self._loop = loop
        self._stop = lambda: loop.call_soon_threadsafe(stopped.set)
        keeping = asyncio.create_task(keep_connected(self.house, self.channel))
        sending = asyncio.create_task(sender.run())
        await stopped.wait()
        sender.stop()
        await sending
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await self.house.close()


def _furnish(crm: Crm) -> None:
    store = crm.stores.add("NS", "深圳南山店").key
    for name, role, account in (("陈店长", "manager", "chen"), ("王工", "advisor", "wang"), ("小李", "advisor", "li")):
        crm.staff.add(name, role, store, wecom=account)
