"""One live connection to WeCom's AI bot: subscribed, kept awake, and known to be dead when it is."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import secrets
from collections.abc import AsyncIterator

import aiohttp

from bot.channels import wecom_bot_wire as wire
from bot.channels.wecom_bot_wire import Frame
from bot.channels.wire import CONNECT_TIMEOUT
from core.errors import DeliveryFailed
from core.limits import LineRules

log = logging.getLogger(__name__)
LARGEST_FRAME = 1024 * 1024


class Kicked(Exception):
    """Another connection of the same bot took this one's place."""


class Line:
    """A WebSocket on which requests are answered and callbacks come in."""

    def __init__(self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse, rules: LineRules):
        self._session = session
        self._socket = socket
        self._rules = rules
        self._waiting: dict[str, asyncio.Future[Frame]] = {}
        self._numbers = itertools.count(1)
        self._run = secrets.token_hex(6)

    @classmethod
    async def open(cls, url: str, rules: LineRules) -> Line:
        """A connection that says nothing yet. Raises DeliveryFailed."""
        session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                socket = await session.ws_connect(url, max_msg_size=LARGEST_FRAME)
        except (aiohttp.ClientError, OSError, TimeoutError) as problem:
            await session.close()
            raise DeliveryFailed(f"WeCom cannot be reached ({type(problem).__name__})") from None
        except BaseException:
            await session.close()
            raise
        return cls(session, socket, rules)

    def number(self, command: str) -> str:
        """A new req_id."""
        return f"{command}_{self._run}_{next(self._numbers)}"

    async def request(self, frame: Frame) -> None:
        """Send it and wait until the platform says that it was taken. Raises DeliveryFailed."""
        number = wire.req_id_of(frame)
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        if self._socket.closed:
            raise DeliveryFailed("WeCom is not connected", retry_after=1.0)
        self._waiting[number] = answer
        try:
            async with asyncio.timeout(self._rules.answers_within):
                await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
                taken = await answer
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as problem:
            raise DeliveryFailed(f"WeCom did not answer ({type(problem).__name__})", unknown=True) from None
        finally:
            self._waiting.pop(number, None)
        if refused := wire.failure(taken):
            raise refused

    async def callbacks(self) -> AsyncIterator[Frame]:
        """What the platform sends by itself, until the connection ends. Raises Kicked."""
        try:
            async for message in self._socket:
                frame = _decoded(message)
                if frame is None:
                    continue
                if "cmd" not in frame:
                    self._answered(frame)
                elif wire.event_of(frame) == "disconnected_event":
                    raise Kicked
                else:
                    yield frame
        finally:
            self._give_up()

    async def stay_awake(self) -> None:
        """Ping for ever; a connection that does not answer is closed, which ends `callbacks`."""
        while True:
            await asyncio.sleep(self._rules.ping_every)
            try:
                await self.request(wire.ping(self.number("ping")))
            except DeliveryFailed as problem:
                log.warning("the line to WeCom is dead: %s", problem)
                await self.close()
                return

    async def close(self) -> None:
        self._give_up()
        await self._socket.close()
        await self._session.close()

    def _answered(self, frame: Frame) -> None:
        waiting = self._waiting.get(wire.req_id_of(frame))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)

    def _give_up(self) -> None:
        """Whatever is not answered by now may have arrived."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())


def _decoded(message: aiohttp.WSMessage) -> Frame | None:
    if message.type is not aiohttp.WSMsgType.TEXT:
        return None
    try:
        frame = json.loads(message.data)
    except (ValueError, RecursionError):
        log.warning("WeCom sent a frame that is no JSON")
        return None
    return frame if isinstance(frame, dict) else None
