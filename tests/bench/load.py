"""Fifty owners booking at once; measures what each of them waits for."""

import asyncio
import gc
import itertools
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

from tests.bench import talk
from tests.bench.client import Connection
from tests.bench.server import Server, Usage
from tests.bench.sink import Sink, says

PATIENCE = 30.0
Turn = Callable[[Connection, int, int, str], Awaitable[bool]]


@dataclass
class Result:
    """One server in one round."""

    turns: int = 0
    seconds: float = 0.0
    talks: int = 0
    unfinished: int = 0
    cpu: float = 0.0
    rss: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.turns / self.seconds

    @property
    def cpu_us(self) -> float:
        return self.cpu / max(self.turns, 1) * 1e6

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000 if waits else float("nan")


class Load:
    """Drives one server over one channel; the platforms' sink must be listening while it runs."""

    def __init__(self, server: Server, channel: str, chats: int) -> None:
        self.server, self.channel, self.chats = server, channel, chats
        self.replies: dict[int, asyncio.Future[bytes]] = {}
        self.numbers = itertools.count()
        self.result = Result()
        self.measuring = False

    def heard(self, chat: int, body: bytes) -> None:
        waiting = self.replies.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(body)

    async def run(self, warm_up: float, seconds: float) -> Result:
        gc.collect()
        gc.freeze()
        owners = [asyncio.create_task(self.owner()) for _ in range(self.chats)]
        await asyncio.sleep(warm_up)
        before, started = self.server.usage(), perf_counter()
        self.measuring = True
        await asyncio.sleep(seconds)
        self.measuring = False
        self.note_usage(before, self.server.usage(), perf_counter() - started)
        self.server.expect_alive()
        if not self.result.turns:
            raise RuntimeError(f"not one turn was answered:\n{self.server.last_words()}")
        for task in owners:
            task.cancel()
        ended = await asyncio.gather(*owners, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome
        return self.result

    def note_usage(self, before: Usage, after: Usage, seconds: float) -> None:
        self.result.seconds = seconds
        self.result.cpu = after.cpu - before.cpu
        self.result.rss = after.rss

    async def owner(self) -> None:
        """Books, and then comes back as somebody else."""
        connection = Connection(self.server.port)
        turn = self.by_telegram if self.channel == "telegram" else self.by_wechat
        try:
            while True:
                await self.book(connection, next(self.numbers), turn)
        finally:
            connection.close()

    async def book(self, connection: Connection, number: int, take: Turn) -> None:
        booked = False
        for index, text in enumerate(talk.turns(number)):
            started = perf_counter()
            async with asyncio.timeout(PATIENCE):
                booked = await take(connection, number, index, text)
            if self.measuring:
                self.result.turns += 1
                self.result.waits.append(perf_counter() - started)
        if self.measuring:
            self.result.talks += booked
            self.result.unfinished += not booked

    async def by_telegram(self, connection: Connection, number: int, index: int, text: str) -> bool:
        chat = talk.telegram_chat(number)
        reply = self.replies[chat] = asyncio.get_running_loop().create_future()
        status, body = await connection.ask(talk.telegram_request(number, index, text))
        expect_ok(status, body)
        return says(await reply, talk.DONE)

    async def by_wechat(self, connection: Connection, number: int, index: int, text: str) -> bool:
        status, body = await connection.ask(talk.wechat_request(number, index, text))
        expect_ok(status, body)
        if b"<Encrypt>" not in body:
            raise RuntimeError(f"no passive reply to {text!r}: {body[:200]!r}")
        return index == len(talk.turns(number)) - 1 and talk.DONE in talk.wechat_reply(body)


def expect_ok(status: int, body: bytes) -> None:
    if status != 200:
        raise RuntimeError(f"the server answered {status}: {body[:300]!r}")


async def measure(
    server: Server, sink_port: int, channel: str, *, warm_up: float, seconds: float, chats: int = 50
) -> Result:
    """Listens as the platforms, then lets the owners talk."""
    load = Load(server, channel, chats)
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: Sink(load.heard), "127.0.0.1", sink_port)
    async with listener:
        await server.ready()
        return await load.run(warm_up, seconds)


def median(results: list[Result], of: Callable[[Result], float]) -> float:
    return statistics.median(of(result) for result in results)
