"""Telegram without a webhook: ask for updates, take them in, ask on from there."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence

from bot.channels.telegram import TelegramChannel
from bot.gateway import hear
from bot.house import House
from core.errors import BadInput, DeliveryFailed, StoreUnavailable
from core.messages import Inbound

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds after a failure
PATIENCE = 50.0


async def poll(house: House, channel: TelegramChannel) -> None:
    """Runs until cancelled; takes a webhook off first. What could not be taken in is asked for again."""
    offset, with_webhook = 0, True
    while True:
        try:
            if with_webhook:
                await channel.delete_webhook()
                with_webhook = False
            updates = await channel.updates(offset)
            for (number, _), refusal in zip(updates, await take_all(house, channel, updates), strict=True):
                if refusal:
                    raise refusal
                offset = number + 1
        except (DeliveryFailed, StoreUnavailable) as problem:
            log.warning("polling Telegram: %s", problem)
            await asyncio.sleep(getattr(problem, "retry_after", None) or PAUSE)
        except Exception:
            log.exception("polling Telegram stumbled at update %d", offset)
            await asyncio.sleep(PAUSE)


async def take_all(
    house: House, channel: TelegramChannel, updates: Sequence[tuple[int, bytes]]
) -> list[BaseException | None]:
    """All that one request brought, side by side: what one person wrote meanwhile is one turn. Why not, for each."""
    taken = (take(house, channel, body) for _, body in updates)
    return await asyncio.gather(*taken, return_exceptions=True)


async def take(house: House, channel: TelegramChannel, body: bytes) -> None:
    """One update. Raises StoreUnavailable when it was not accepted."""
    for inbound in read_calmly(channel, body):
        await hear(house, inbound, time.monotonic() + PATIENCE)


def read_calmly(channel: TelegramChannel, body: bytes) -> Iterable[Inbound]:
    try:
        return channel.read(body)
    except BadInput as problem:
        log.warning("an update that cannot be read: %s", problem)
        return []
