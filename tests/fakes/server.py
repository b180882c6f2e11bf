"""An HTTP server in a thread of its own, and the faults that it can be told to have."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from tests.fakes.watch import Watch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
S = TypeVar("S", bound="FakeServer")
LARGEST_BODY = 64 * 1024 * 1024


@dataclass
class Fault:
    """What goes wrong with one coming request."""

    kind: str
    """`error`: refused with `details`; `hang`: kept waiting; `drop`: done, but never answered."""
    details: dict[str, Any]
    only: str | None = None
    """The method or path that it waits for; None takes the first request that comes."""


class Dropped(Exception):
    """The connection is cut instead of answered."""


class FakeServer:
    """Serves `handle` on a random port of the loopback from `start` to `stop`."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.latency = 0.0
        self.port = 0
        self.faults: list[Fault] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self: S) -> S:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=type(self).__name__, daemon=True)
        self._thread.start()
        self._run(self._open())
        return self

    def stop(self) -> None:
        if self._loop is None or self._thread is None:
            return
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._loop = self._thread = None

    def __enter__(self: S) -> S:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def goes_down(self) -> None:
        """An outage: connections are refused until `comes_back`, on the same port."""
        self._run(self._close())

    def comes_back(self) -> None:
        self._run(self._open())

    def hang_next(self, n: int = 1, seconds: float = 30.0, only: str | None = None) -> None:
        """The next n requests wait; who is still there afterwards is served as usual."""
        self._expect(n, Fault("hang", {"seconds": seconds}, only))

    def answer_then_drop_next(self, n: int = 1, only: str | None = None) -> None:
        """The next n requests take effect, but the connection is cut before the answer."""
        self._expect(n, Fault("drop", {}, only))

    def clear_faults(self) -> None:
        with self.watch:
            self.faults.clear()
            self.latency = 0.0

    def call_soon(self, action: Callable[[], object]) -> None:
        """Run an action on the server's loop."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(action)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        raise NotImplementedError

    def _expect(self, n: int, fault: Fault) -> None:
        with self.watch:
            self.faults.extend([fault] * n)

    def _take_fault(self, name: str, spared: tuple[str, ...] = ()) -> Fault | None:
        """The fault that is meant for this request; `spared` names need one of their own."""
        with self.watch:
            for place, fault in enumerate(self.faults):
                if fault.only == name or (fault.only is None and name not in spared):
                    return self.faults.pop(place)
        return None

    async def _entry(self, request: web.Request) -> web.StreamResponse:
        if self.latency:
            await asyncio.sleep(self.latency)
        try:
            return await self.handle(request)
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    async def _open(self) -> None:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/{path:.*}", self._entry)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True, backlog=1024).start()
        self.port = int(self._runner.addresses[0][1])

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _run(self, work: Any) -> None:
        assert self._loop is not None, f"{type(self).__name__} is not started"
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


async def hang(request: web.Request, seconds: float) -> None:
    """Keep the caller waiting; cut the connection when it has given up meanwhile."""
    await asyncio.sleep(seconds)
    if request.transport is None or request.transport.is_closing():
        raise Dropped
