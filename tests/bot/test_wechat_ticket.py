"""The ticket for pages: fetched once for all, kept until shortly before its end, and nobody waits long for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_ticket import Ticket
from storage.local import LocalTokens
from storage.ports import Ports, ports
from tests import servers
from tests.bot.sending import settings_of
from tests.fakes.wechat import APP_ID, FakeWeChat

PATH = "ticket/getticket"


@asynccontextmanager
async def worker(wechat: FakeWeChat, shared: Ports) -> AsyncIterator[Ticket]:
    api = WeChatApi(settings_of(wechat), shared.tokens)
    yield Ticket(api, APP_ID, shared.tokens, shared.limits)
    await api.close()


def test_many_pages_need_one_ticket(wechat: FakeWeChat) -> None:
    async def story() -> set[str]:
        async with worker(wechat, ports("")) as ticket:
            return {*await asyncio.gather(*(ticket.get() for _ in range(20))), await ticket.get()}

    assert asyncio.run(story()) == set(wechat.state.tickets)
    assert len(wechat.calls_of(PATH)) == 1


def test_two_workers_fetch_it_once(wechat: FakeWeChat) -> None:
    async def story(url: str) -> set[str]:
        mine, other = ports(url), ports(url)
        async with worker(wechat, mine) as one, worker(wechat, other) as two:
            found = await asyncio.gather(*(ticket.get() for ticket in (one, two) * 5))
        await mine.close()
        await other.close()
        return set(found)

    with servers.redis_server() as redis:
        assert asyncio.run(story(redis.url)) == set(wechat.state.tickets)
    assert len(wechat.calls_of(PATH)) == 1


def test_it_is_kept_until_shortly_before_its_end(wechat: FakeWeChat) -> None:
    now = 0.0
    shared = ports("")
    shared.tokens = LocalTokens(lambda: now)

    async def at(seconds: float) -> str:
        nonlocal now
        now = seconds
        async with worker(wechat, shared) as ticket:
            return await ticket.get()

    first = asyncio.run(at(0))
    assert asyncio.run(at(7200 - 301)) == first
    shared.limits = ports("").limits
    assert asyncio.run(at(7200 - 299)) not in ("", first)


def test_a_lost_access_token_is_renewed_on_the_way(wechat: FakeWeChat) -> None:
    async def story() -> str:
        shared = ports("")
        await shared.tokens.put(f"wechat:{APP_ID}", "82_an_old_token_of_yesterday", 60)
        async with worker(wechat, shared) as ticket:
            return await ticket.get()

    assert asyncio.run(story()) in wechat.state.tickets
    assert [call.errcode for call in wechat.calls_of(PATH)] == [40001, 0]


@pytest.mark.parametrize("errcode", [-1, 45009, 48001])
def test_a_refusal_is_not_asked_about_at_once(wechat: FakeWeChat, errcode: int) -> None:
    async def story() -> list[str]:
        async with worker(wechat, ports("")) as ticket:
            return [await ticket.get() for _ in range(3)]

    wechat.fail_next(1, errcode, only=PATH)
    assert asyncio.run(story()) == ["", "", ""]
    assert [call.errcode for call in wechat.calls_of(PATH)] == [errcode]


def test_a_platform_that_stalls_keeps_no_page_waiting_and_the_next_one_has_it(wechat: FakeWeChat) -> None:
    async def story() -> list[str]:
        async with worker(wechat, ports("")) as ticket:
            pages = [await ticket.get()]
            while not pages[-1] and len(pages) < 20:
                pages.append(await ticket.get())
            return pages

    wechat.hang_next(1, 1.5, only=PATH)
    pages = asyncio.run(story())
    assert (pages[0], pages[-1] in wechat.state.tickets) == ("", True)
    assert len(wechat.calls_of(PATH)) == 1


def test_an_answer_that_is_none_is_a_refusal(wechat: FakeWeChat) -> None:
    async def story() -> str:
        async with worker(wechat, ports("")) as ticket:
            return await ticket.get()

    wechat.http_500_next(1, only=PATH)
    assert asyncio.run(story()) == ""
