"""The ports on Redis, shared by all processes. While Redis is away each carries on by its local twin."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.local import LocalRateLimits, LocalTokens, LocalWakeups

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 0.5  # seconds for one answer; nothing waits longer for Redis
TRIED_AGAIN = 1.0  # seconds between tries while it is away
LISTENS = 30.0  # seconds after which a silent connection is looked at again
BELL = "huiche:wake"
AWAY = (RedisError, OSError, TimeoutError)

ASK = """
local pause = redis.call('PTTL', KEYS[2])
if pause > 0 then return pause end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local rate, burst = tonumber(ARGV[1]) / 1000, tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(kept[1] or burst) + (now - tonumber(kept[2] or now)) * rate
if tokens > burst then tokens = burst end
if tokens < 1 then return math.ceil((1 - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - 1), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate) + 1000)
return 0
"""


class Link:
    """One connection pool to Redis, and whether it answers."""

    def __init__(self, url: str) -> None:
        self.redis: Any = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # once more: the connection may be one of before a restart
        )
        self._away = False
        self._not_before = 0.0

    async def ask(self, question: Callable[[], Awaitable[T]]) -> tuple[bool, T | None]:
        """(True, the answer), or (False, None) while Redis is away."""
        if time.monotonic() < self._not_before:
            return False, None
        try:
            answer = await question()
        except AWAY as error:
            self.failed(error)
            return False, None
        self.answered()
        return True, answer

    def failed(self, error: Exception) -> None:
        self._not_before = time.monotonic() + TRIED_AGAIN
        if not self._away:
            self._away = True
            log.warning("Redis is away (%s): this process works by itself until it is back", type(error).__name__)

    def answered(self) -> None:
        if self._away:
            self._away = False
            log.warning("Redis is back")

    async def close(self) -> None:
        with contextlib.suppress(*AWAY):
            await self.redis.aclose()


class RedisWakeups:
    """Rings in this process at once, and in the others through Redis."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._local = LocalWakeups()
        self._me = secrets.token_hex(4)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._to_tell = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._told = True

    def ring(self) -> None:
        self._local.ring()
        if self._loop is not None and self._told:
            self._told = False
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._to_tell.set)

    async def wait(self, seconds: float) -> None:
        await self._local.wait(seconds)

    async def open(self) -> None:
        """Start to listen to others and to tell them."""
        self._loop = asyncio.get_running_loop()
        self._tasks = [asyncio.create_task(self._tell()), asyncio.create_task(self._listen())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            await self._to_tell.wait()
            self._to_tell.clear()
            self._told = True
            await self._link.ask(lambda: self._link.redis.publish(BELL, self._me))

    async def _listen(self) -> None:
        while True:
            try:
                async with self._link.redis.pubsub() as bell:
                    await bell.subscribe(BELL)
                    self._link.answered()
                    while True:
                        heard = await bell.get_message(ignore_subscribe_messages=True, timeout=LISTENS)
                        if heard and heard["data"] != self._me:
                            self._local.ring()
            except AWAY as error:
                self._link.failed(error)
                await asyncio.sleep(TRIED_AGAIN)


class RedisRateLimits:
    """Token buckets that all processes share."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._local = LocalRateLimits()
        self._script = link.redis.register_script(ASK)

    async def ask(self, bucket: str, per_second: float, burst: int) -> float:
        keys = [f"huiche:limit:{bucket}", f"huiche:pause:{bucket}"]
        known, wait = await self._link.ask(lambda: self._script(keys=keys, args=[per_second, burst]))
        return int(wait or 0) / 1000 if known else await self._local.ask(bucket, per_second, burst)

    async def pause(self, bucket: str, seconds: float) -> None:
        await self._local.pause(bucket, seconds)
        milliseconds = max(1, int(seconds * 1000))
        await self._link.ask(lambda: self._link.redis.set(f"huiche:pause:{bucket}", "1", px=milliseconds))


class RedisTokens:
    """Access tokens that all processes share."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._local = LocalTokens()

    async def get(self, name: str) -> str | None:
        known, value = await self._link.ask(lambda: self._link.redis.get(f"huiche:token:{name}"))
        return value if known else await self._local.get(name)

    async def put(self, name: str, value: str, seconds: float) -> None:
        await self._local.put(name, value, seconds)
        milliseconds = max(1, int(seconds * 1000))
        await self._link.ask(lambda: self._link.redis.set(f"huiche:token:{name}", value, px=milliseconds))

    async def drop(self, name: str) -> None:
        await self._local.drop(name)
        await self._link.ask(lambda: self._link.redis.delete(f"huiche:token:{name}"))
