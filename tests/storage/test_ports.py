"""The ports keep their promises in one process and on Redis, and also while Redis is away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from storage.ports import Ports, ports
from tests import servers

PLENTY = 20.0


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Ports]:
    one = ports(url)
    await one.open()
    try:
        yield one
    finally:
        await one.close()


@pytest.fixture(params=["local", "redis"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "local":
        yield ""
    else:
        with servers.redis_server() as server:
            yield server.url


async def woken(one: Ports, within: float = PLENTY) -> bool:
    """Whether somebody rings in time."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await one.wakeups.wait(within)
    return loop.time() - began < within


class TestEveryPort:
    """The same promises, whatever is behind them."""

    def test_a_ring_from_another_thread_wakes(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                sleeper = asyncio.create_task(woken(shop))
                await asyncio.sleep(0)
                threading.Thread(target=shop.wakeups.ring).start()
                assert await sleeper

        asyncio.run(story())

    def test_a_ring_before_the_sleep_is_not_lost(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                shop.wakeups.ring()
                assert await woken(shop)

        asyncio.run(story())

    def test_without_a_ring_the_sleep_ends_in_time(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                assert not await woken(shop, within=0.05)

        asyncio.run(story())

    def test_a_bucket_gives_its_burst_and_then_says_when(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                asked = [await shop.limits.ask("group", 0.01, 3) for _ in range(4)]
                assert asked[:3] == [0, 0, 0]
                assert 50 < asked[3] <= 100
                assert await shop.limits.ask("another", 0.01, 3) == 0

        asyncio.run(story())

    def test_a_paused_bucket_gives_nothing(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                await shop.limits.pause("group", 30)
                assert 20 < await shop.limits.ask("group", 1, 3) <= 30

        asyncio.run(story())

    def test_a_token_is_kept_until_it_is_dropped(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                assert await shop.tokens.get("wechat") is None
                await shop.tokens.put("wechat", "T1", 60)
                assert await shop.tokens.get("wechat") == "T1"
                await shop.tokens.drop("wechat")
                assert await shop.tokens.get("wechat") is None

        asyncio.run(story())

    def test_a_token_ends_with_its_time(self, url: str) -> None:
        async def story() -> None:
            async with opened(url) as shop:
                await shop.tokens.put("wechat", "T1", 0)
                async with asyncio.timeout(PLENTY):
                    while await shop.tokens.get("wechat") is not None:  # noqa: ASYNC110  (Redis tells nobody that a key is over)
                        await asyncio.sleep(0)

        asyncio.run(story())


# --- what only Redis can do, and what happens without it ------------------------------------------


def test_processes_share_buckets_tokens_and_rings(redis_server: servers.Redis) -> None:
    async def story() -> None:
        async with opened(redis_server.url) as one, opened(redis_server.url) as other:
            await one.limits.ask("group", 0.01, 1)
            assert await other.limits.ask("group", 0.01, 1) > 0
            await one.tokens.put("wechat", "T1", 60)
            assert await other.tokens.get("wechat") == "T1"
            assert await rings_until_heard(one, other)

    asyncio.run(story())


def test_with_redis_away_from_the_start_everything_works_here(redis_server: servers.Redis) -> None:
    redis_server.stop()

    async def story() -> None:
        async with opened(redis_server.url) as shop:
            await works_alone(shop)

    asyncio.run(story())


def test_redis_may_stop_and_come_back(redis_server: servers.Redis) -> None:
    async def story() -> None:
        async with opened(redis_server.url) as one, opened(redis_server.url) as other:
            assert await rings_until_heard(one, other)
            await asyncio.to_thread(redis_server.kill9)
            await works_alone(one)
            await asyncio.to_thread(redis_server.start)
            assert await rings_until_heard(one, other)
            await until_shared(one, other)

    asyncio.run(story())


async def works_alone(shop: Ports) -> None:
    shop.wakeups.ring()
    assert await woken(shop)
    assert [await shop.limits.ask("alone", 0.01, 1) > 0 for _ in range(2)] == [False, True]
    await shop.tokens.put("alone", "T2", 60)
    assert await shop.tokens.get("alone") == "T2"


async def rings_until_heard(one: Ports, other: Ports) -> bool:
    """A listener needs a moment to be there; after that every ring is heard."""
    heard = asyncio.create_task(woken(other))
    while not heard.done():
        one.wakeups.ring()
        await one.wakeups.wait(0.01)
        await asyncio.wait([heard], timeout=0.02)
    return heard.result()


async def until_shared(one: Ports, other: Ports) -> None:
    """Ends once what the one keeps is known to the other: both are back on Redis."""
    async with asyncio.timeout(PLENTY):
        while await other.tokens.get("shared") != "T3":
            await one.tokens.put("shared", "T3", 60)
            await asyncio.sleep(0.02)
