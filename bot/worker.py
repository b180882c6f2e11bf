"""What works in the background: the sender, the journeys' ticks, and the clock that all processes share."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any

import journeys
from bot.drafter import Drafter
from bot.fetcher import fetch_for_ever
from bot.house import House
from bot.policy import PolicyWatch
from bot.sender import Sender
from core.errors import StoreUnavailable
from storage.leader import Leader

log = logging.getLogger(__name__)
TICKS_EVERY = 30.0  # seconds of real time
LOOKS_EVERY = 1.0  # at the clock
JUMP = timedelta(seconds=5)  # of a virtual clock: what became due is looked for at once


@contextlib.asynccontextmanager
async def at_work(house: House, *, sends: bool = True) -> AsyncIterator[None]:
    """The background of one process; at the end what flies may land."""
    await house.ports.open()
    sender = Sender(house)
    tasks = [_started(_keep_time(house)), _started(PolicyWatch(house).run())]
    if sends:
        await sender.recover()
        tasks += [_started(_tick_for_ever(house)), _started(fetch_for_ever(house)), _started(Drafter(house).run())]
        tasks += _long_connections(house)
        sending = _started(sender.run())
    try:
        yield
    finally:
        house.ready = False
        if sends:
            sender.stop()
            await asyncio.wait([sending])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _long_connections(house: House) -> list[asyncio.Task[None]]:
    if not house.settings.has_wecom_bot:
        return []
    from bot.channels.wecom_bot import WeComBotChannel
    from bot.long_connection import keep_connected

    channel = house.channels["wecom_bot"]
    assert isinstance(channel, WeComBotChannel)
    return [_started(keep_connected(house, channel))]


def _started(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """A task whose end by a bug is seen."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell)
    return task


def _tell(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (bug := task.exception()):
        log.critical("a part of this process has stopped: restart it", exc_info=bug)


async def _keep_time(house: House) -> None:
    """While the clock is a virtual one: remember where it stands, and follow those who moved it on."""
    if not await house.database.run(lambda crm: crm.moments.row() is not None):
        return
    while True:
        with contextlib.suppress(StoreUnavailable):
            await _agree(house)
        await asyncio.sleep(LOOKS_EVERY)


async def _agree(house: House) -> None:
    clock = house.clock
    ours = clock.offset
    agreed = await house.database.run(lambda crm: crm.moments.agree(ours, datetime.now(UTC)))
    clock.offset = max(agreed, clock.offset)


async def _tick_for_ever(house: House) -> None:
    leader, done, policy = Leader(house.database), None, house.shop.policy
    try:
        while True:
            offset = house.clock.offset
            done = await _tick(house, leader, done)
            for _ in range(round(TICKS_EVERY / LOOKS_EVERY)):
                await asyncio.sleep(LOOKS_EVERY)
                if house.shop.policy is not policy:
                    done, policy = None, house.shop.policy  # what the day brings is looked for again
                    break
                if house.clock.offset - offset > JUMP:
                    house.wakeups.ring()
                    break
    finally:
        leader.leave()


async def _tick(house: House, leader: Leader, done: date | None) -> date | None:
    """The day whose alerts are out now."""
    try:
        if await asyncio.to_thread(leader.leads):
            return await asyncio.to_thread(journeys.tick_on, house.database.wait_for, done)
    except StoreUnavailable:
        log.warning("the database is away: what time brings is looked for later")
    except Exception:
        log.exception("a tick failed")
    return done
