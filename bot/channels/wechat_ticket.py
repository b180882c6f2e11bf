"""The account's ticket for pages of ours (jsapi_ticket): fetched by one process for all, renewed before its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bot.channels.wechat_api import SPARE_SECONDS, WeChatApi
from core.errors import DeliveryFailed
from core.ports import RateLimits, Tokens

log = logging.getLogger(__name__)
PATIENCE = 0.8  # seconds that a page waits for it; the fetch goes on, and the next page has it
PACE = 15.0  # seconds between two fetches, by whichever process: the platform counts them
SHORTEST_PAUSE, LONGEST_PAUSE = 20.0, 600.0  # seconds after a refusal, in which nobody asks
LOOKS = 16  # in that patience, at what another process fetches


class Ticket:
    """`get` is for pages only: never in a transaction, never on the way of an owner's message."""

    def __init__(self, api: WeChatApi, app_id: str, tokens: Tokens, limits: RateLimits) -> None:
        self._api = api
        self._tokens = tokens
        self._limits = limits
        self._name = f"wechat-ticket:{app_id}"
        self._refused = f"{self._name}:refused"
        self._fetching: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """The ticket; "" while there is none to be had at once."""
        if known := await self._tokens.get(self._name):
            return known
        if await self._tokens.get(self._refused):
            return ""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetched())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(self._fetching)
        return ""

    async def _fetched(self) -> str:
        if await self._limits.ask(self._name, 1 / PACE, 1):
            return await self._from_others()
        try:
            answer = await self._api.ask("ticket/getticket?type=jsapi")
        except DeliveryFailed as problem:
            log.warning("no ticket for pages from WeChat: %s", problem.reason)
            pause = min(max(problem.retry_after or 0.0, SHORTEST_PAUSE), LONGEST_PAUSE)
            await self._tokens.put(self._refused, "refused", pause)
            return ""
        ticket, seconds = str(answer.get("ticket", "")), float(answer.get("expires_in", 0))
        await self._tokens.put(self._name, ticket, max(seconds - SPARE_SECONDS, SHORTEST_PAUSE))
        return ticket

    async def _from_others(self) -> str:
        """What another process fetches right now, as soon as it is there."""
        for _ in range(LOOKS):
            if known := await self._tokens.get(self._name):
                return known
            await asyncio.sleep(PATIENCE / LOOKS)
        return ""
