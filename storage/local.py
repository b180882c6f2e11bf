"""The ports inside one process: enough for a shop without Redis, and what carries on while Redis is away."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

MOST_BUCKETS = 10_000  # beyond that, those that have filled up again are forgotten


class LocalWakeups:
    """Rings in this process only."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()
        self._rung = False

    def ring(self) -> None:
        if self._rung:
            return
        self._rung = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody sleeps
                self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        if not self._rung:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._event.wait()
        self._rung = False
        self._event.clear()


class LocalRateLimits:
    """Token buckets in memory."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._buckets: dict[str, tuple[float, float, float]] = {}  # tokens, as of, when it is full again
        self._paused: dict[str, float] = {}

    async def ask(self, bucket: str, per_second: float, burst: int) -> float:
        now = self._monotonic()
        if (pause := self._paused.get(bucket, 0.0) - now) > 0:
            return pause
        tokens, at, _ = self._buckets.get(bucket, (float(burst), now, now))
        tokens = min(float(burst), tokens + (now - at) * per_second)
        if tokens < 1:
            return (1 - tokens) / per_second
        self._buckets[bucket] = (tokens - 1, now, now + (burst - tokens + 1) / per_second)
        self._forget(now)
        return 0.0

    async def pause(self, bucket: str, seconds: float) -> None:
        self._paused[bucket] = max(self._paused.get(bucket, 0.0), self._monotonic() + seconds)

    def _forget(self, now: float) -> None:
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets = {name: bucket for name, bucket in self._buckets.items() if bucket[2] > now}
            self._paused = {name: until for name, until in self._paused.items() if until > now}


class LocalTokens:
    """Access tokens in memory."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._tokens: dict[str, tuple[str, float]] = {}

    async def get(self, name: str) -> str | None:
        value, until = self._tokens.get(name, ("", 0.0))
        return value if self._monotonic() < until else None

    async def put(self, name: str, value: str, seconds: float) -> None:
        self._tokens[name] = (value, self._monotonic() + seconds)

    async def drop(self, name: str) -> None:
        self._tokens.pop(name, None)
