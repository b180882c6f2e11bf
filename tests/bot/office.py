"""A shop with an outbox and a sender, and no web side: what is queued, who it is for, how it ended.

with Office(telegram) as office:
    li = office.owner(telegram.user(1001), "telegram")
    row = office.queue(li, "您好")
    office.sends()
    assert office.state(row) == "sent"
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any

from sqlalchemy import select

from bot.house import House
from bot.sender import Sender
from bot.settings import Settings
from bot.wiring import open_house
from core.clock import StoppedClock
from core.messages import Bubble, Rank
from storage.crm import Crm
from storage.migrate import migrate
from storage.outbox_rows import OUTBOX, OutboxRow
from storage.tasks import Task
from tests import guardian
from tests.product import Platform

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Office:
    """A house of its own directory; its clock stands until it is moved."""

    def __init__(self, *platforms: Platform, **settings: str) -> None:
        directory = guardian.directory("office")
        given = {"DATABASE_URL": f"sqlite:///{directory}/huiche.db"}
        for platform in platforms:
            given |= platform.settings
        given |= settings
        values: dict[str, Any] = {name.lower(): value for name, value in given.items()}
        self.clock = StoppedClock(MORNING)
        self.house: House = open_house(Settings(**values), clock=self.clock)
        migrate(self.house.database)
        self.crm = self.house.database.transact

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.house.database.close()

    # --- people -----------------------------------------------------------------------------------

    def identity(self, channel: str, account: str, owner: int | None = None) -> int:
        """The number of an identity with an open talk, of an owner where one is given."""

        def make(crm: Crm) -> int:
            talk = crm.conversations.locked(channel, account)
            talk.window_left, talk.window_until = 5, crm.now + timedelta(hours=48)
            crm.conversations.save(talk)
            crm.identities.get(talk.identity_id).owner_id = owner
            return talk.identity_id

        return self.crm(make)

    def owner(self, name: str) -> int:
        return self.crm(lambda crm: crm.owners.add(name).key)

    def store(self, staff_chat: str = "", robot: str = "") -> int:
        def make(crm: Crm) -> int:
            store = crm.stores.add("NS", "南山店")
            store.staff_chat = staff_chat
            crm.stores.set_robot(store, robot)
            return store.key

        return self.crm(make)

    # --- the outbox -------------------------------------------------------------------------------

    def queue(
        self,
        channel: str,
        identity: int,
        text: str,
        rank: Rank = Rank.REPLY,
        life: timedelta = timedelta(hours=6),
    ) -> int:
        def put(crm: Crm) -> int:
            talk = crm.conversations.of_identity(identity)
            assert talk is not None
            crm.chain = f"c{talk.key}"
            return crm.outbox.queue_bubble(channel, identity, talk.key, Bubble(text), rank, life)

        return self.crm(put)

    def row(self, number: int) -> OutboxRow:
        return self.house.database.read(lambda crm: _loose(crm, crm.outbox.get(number)))

    def state(self, number: int) -> str:
        return self.row(number).state

    def rows(self) -> list[Any]:
        """All of them, in order."""
        return self.house.database.read(lambda crm: list(crm.connection.execute(select(OUTBOX).order_by(OUTBOX.c.id))))

    def task(self, store: int) -> int:
        def make(crm: Crm) -> int:
            task = crm.tasks.open("churn_alert", store_id=store, facts={})
            assert task is not None
            return task

        return self.crm(make)

    def change(self, number: int, verb: Any) -> None:
        """Do something to a task: `change(1, lambda crm, task: crm.tasks.take(task, 3))`."""

        def do(crm: Crm) -> None:
            task: Task = crm.tasks.get(number)
            verb(crm, task)

        self.crm(do)

    # --- sending ----------------------------------------------------------------------------------

    def sends(self, after: float = 0.0) -> None:
        """What is due `after` so many seconds leaves, or does not."""
        self.clock.advance_to(self.clock.now() + timedelta(seconds=after))
        asyncio.run(self._drain())

    async def _drain(self) -> None:
        async with asyncio.timeout(60):
            await Sender(self.house).drain()
        for channel in self.house.channels.values():
            await channel.close()


def _loose(crm: Crm, row: OutboxRow) -> OutboxRow:
    crm.session.expunge(row)
    return row


def opens_window(wechat: Any, openid: str) -> None:
    """The owner has just written to the account."""
    wechat.owner(openid)
    with wechat.watch:
        wechat.state.window(openid).opened_by("message", wechat.state.now())
