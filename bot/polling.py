"""Telegram without a webhook: ask for updates, take them in, ask on from there."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable

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
            batch = await channel.updates(offset)
            if house.model is not None:  # nobody waits while a model thinks about somebody else's words
                await asyncio.gather(*(take(house, channel, body) for _, body in batch))
                batch, offset = [], max((number + 1 for number, _ in batch), default=offset)
            for number, body in batch:
                await take(house, channel, body)
                offset = number + 1
        except (DeliveryFailed, StoreUnavailable) as problem:
            log.warning("polling Telegram: %s", problem)
            await asyncio.sleep(getattr(problem, "retry_after", None) or PAUSE)
        except Exception:
            log.exception("polling Telegram stumbled at update %d", offset)
            await asyncio.sleep(PAUSE)


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
