"""Brings photos and voice messages from the platforms into the store; any number of processes side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.house import House
from core.errors import DeliveryFailed, StoreUnavailable
from core.pictures import LARGEST, mime_of
from storage.crm import Crm

log = logging.getLogger(__name__)
AT_ONCE = 4
NAP = 3.0
SECONDS = 30.0


async def fetch_for_ever(house: House) -> None:
    """Fetch what is wanted, again and again."""
    while True:
        try:
            found = await fetch(house)
        except StoreUnavailable:
            found = 0
        except Exception:
            log.exception("photos and voice messages are fetched later")
            found = 0
        if not found:
            await asyncio.sleep(NAP)


async def fetch(house: House) -> int:
    """Fetch what is due now. How many were tried."""
    wanted = await house.database.run(lambda crm: crm.media.claim(AT_ONCE))
    await asyncio.gather(*(_bring(house, *one) for one in wanted))
    return len(wanted)


async def _bring(house: House, number: int, channel: str, handle: str) -> None:
    await house.database.run(await _outcome(house, number, channel, handle))


async def _outcome(house: House, number: int, channel: str, handle: str) -> Callable[[Crm], None]:
    """What is to be written about it."""
    fetch_file = getattr(house.channels.get(channel), "fetch", None)
    if fetch_file is None:
        return lambda crm: crm.media.failed(number, f"{channel} gives no files", for_good=True)
    try:
        async with asyncio.timeout(SECONDS):
            body: bytes = await fetch_file(handle, LARGEST)
    except (DeliveryFailed, TimeoutError) as problem:
        reason, for_good = str(problem) or "no answer in time", getattr(problem, "permanent", False)
        return lambda crm: crm.media.failed(number, reason, for_good=for_good)
    mime = mime_of(body)
    if not mime:
        return lambda crm: crm.media.failed(number, "neither a picture nor a sound", for_good=True)
    return lambda crm: crm.media.keep(number, body, mime)
