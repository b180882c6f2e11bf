"""The one connection to WeCom's AI bot: of many processes one has it, hears what people do, and connects again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime

from bot.channels.wecom_bot import WeComBotChannel
from bot.channels.wecom_bot_line import Kicked
from bot.gateway import hear
from bot.house import House
from core.errors import DeliveryFailed, StoreUnavailable
from core.messages import Inbound
from storage import locks
from storage.leader import Leader
from storage.lines import AWAY, CONNECTED, KICKED, REFUSED

log = logging.getLogger(__name__)
PATIENCE = 50.0  # seconds for one message to be committed


async def keep_connected(house: House, channel: WeComBotChannel) -> None:
    """Runs until cancelled: waits for the lead, connects, and connects again when the connection has ended."""
    leader, failures = Leader(house.database, locks.WECOM_BOT), 0
    try:
        while True:
            if not await _leads(leader):
                await asyncio.sleep(channel.rules.looks_every)
                continue
            began = time.monotonic()
            state, words = await _hold(house, channel, leader)
            log.warning("the line to WeCom is %s: %s", state, words)
            await _tell(house, state, words)
            lived = time.monotonic() - began > channel.rules.longest_pause
            failures = 1 if lived else failures + 1
            pauses = {KICKED: channel.rules.kicked_pause, REFUSED: channel.rules.kicked_pause}
            await asyncio.sleep(pauses.get(state, channel.rules.pause(failures)))
    finally:
        await asyncio.to_thread(leader.leave)


async def _hold(house: House, channel: WeComBotChannel, leader: Leader) -> tuple[str, str]:
    """One connection from its beginning to its end: how the line stands then, and why."""

    async def take(inbound: Inbound) -> None:
        await _take(house, channel, inbound)

    def connected() -> None:
        house.wakeups.ring()
        tasks.append(asyncio.create_task(_tell(house, CONNECTED, "")))

    holding = asyncio.create_task(channel.hold(take, connected))
    guarding = asyncio.create_task(_guard(house, channel, leader))
    tasks = [holding, guarding]
    try:
        await asyncio.wait((holding, guarding), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (holding, guarding):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return _ended(holding)


def _ended(holding: asyncio.Task[None]) -> tuple[str, str]:
    if holding.cancelled():
        return AWAY, "this process does not lead any more"
    problem = holding.exception()
    if isinstance(problem, Kicked):
        return KICKED, "another connection of the same bot took its place"
    if isinstance(problem, DeliveryFailed):
        return (REFUSED if problem.permanent else AWAY), problem.reason
    if problem is not None:
        log.error("the line to WeCom broke", exc_info=problem)
    return AWAY, "the connection ended"


async def _guard(house: House, channel: WeComBotChannel, leader: Leader) -> None:
    """Ends when this process does not lead any more; tells others meanwhile that the line stands."""
    due = time.monotonic() + channel.rules.ping_every
    while await _leads(leader):
        if time.monotonic() >= due and not channel.away:
            due += channel.rules.ping_every
            await _tell(house, CONNECTED, "")
        await asyncio.sleep(channel.rules.looks_every)


async def _leads(leader: Leader) -> bool:
    try:
        return await asyncio.to_thread(leader.leads)
    except Exception:
        log.exception("whether this process leads cannot be told")
        return False


async def _tell(house: House, state: str, words: str) -> None:
    with contextlib.suppress(StoreUnavailable):
        await house.database.run(lambda crm: crm.lines.tell("wecom_bot", state, words, datetime.now(UTC)))


async def _take(house: House, channel: WeComBotChannel, inbound: Inbound) -> None:
    """One message or tap; the platform does not send again what could not be taken in."""
    try:
        heard = await hear(house, inbound, time.monotonic() + PATIENCE)
        if heard.repeated:
            channel.forget(inbound.tap_id)
    except StoreUnavailable as problem:
        log.warning("a message of WeCom was not taken in: %s", problem)
        await channel.reassure(inbound.tap_id)
    except Exception:
        log.exception("a message of WeCom could not be heard")
        await channel.reassure(inbound.tap_id)
