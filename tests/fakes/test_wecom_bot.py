"""The fake takes what WeCom takes from a bot, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.fakes.wecom_bot import BOT_ID, SECRET, FakeWeComBot

CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "新预约"},
    "button_list": [{"text": "我来", "style": 1, "key": "t:1:take"}],
    "task_id": "t1-1",
}


class Client:
    """A bare client of the bot."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def sends(self, command: str, body: Any = None, number: str = "n1") -> int:
        """The errcode."""
        frame = {"cmd": command, "headers": {"req_id": number}} | ({"body": body} if body else {})
        await self.socket.send_json(frame)
        return int((await self.hears())["errcode"])

    async def hears(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            heard: dict[str, Any] = await self.socket.receive_json()
            return heard

    async def posts(self, kind: str, content: Any, chat: str = "wrNS") -> int:
        return await self.sends("aibot_send_msg", {"chatid": chat, "msgtype": kind, kind: content})


@asynccontextmanager
async def client(bot: FakeWeComBot, secret: str = SECRET) -> AsyncIterator[Client]:
    """Subscribed, and mentioned in a group already."""
    async with aiohttp.ClientSession() as session, session.ws_connect(bot.settings["WECOM_WS_BASE"]) as socket:
        one = Client(socket)
        if await one.sends("aibot_subscribe", {"bot_id": BOT_ID, "secret": secret}) == 0:
            await asyncio.to_thread(bot.colleague("wang").says, "你好", in_group=bot.group("wrNS"))
            assert (await one.hears())["cmd"] == "aibot_msg_callback"
        yield one


def test_only_the_right_secret_is_taken(wecom_bot: FakeWeComBot) -> None:
    async def run() -> None:
        async with client(wecom_bot, "wrong") as one:
            assert (await one.socket.receive()).type is aiohttp.WSMsgType.CLOSE
        async with client(wecom_bot) as one:
            assert await one.sends("ping") == 0

    asyncio.run(run())
    assert wecom_bot.refused == ["aibot_subscribe: 40001 invalid credential"]


@pytest.mark.parametrize(
    ("kind", "content", "chat", "code"),
    [
        ("markdown", {"content": "王工已领取"}, "wrNS", 0),
        ("text", {"content": "王工已领取"}, "wrNS", 40008),
        ("markdown", {"content": "x"}, "wrElsewhere", 93006),
        ("markdown", {"content": " "}, "wrNS", 44004),
        ("markdown", {"content": "长" * 1366}, "wrNS", 45002),
        ("template_card", CARD, "wrNS", 0),
        ("template_card", CARD | {"button_list": []}, "wrNS", 40058),
        ("template_card", CARD | {"button_list": [{"text": "一" * 11, "key": "k"}]}, "wrNS", 40058),
        ("template_card", CARD | {"jump_list": []}, "wrNS", 40058),
        ("template_card", CARD | {"task_id": "t:1"}, "wrNS", 40058),
        ("template_card", CARD | {"sub_title_text": "长" * 113}, "wrNS", 40058),
    ],
)
def test_posts(wecom_bot: FakeWeComBot, kind: str, content: dict[str, Any], chat: str, code: int) -> None:
    async def run() -> int:
        async with client(wecom_bot) as one:
            return await one.posts(kind, content, chat)

    assert asyncio.run(run()) == code
    assert len(wecom_bot.said) == (code == 0)


def test_a_card_id_is_taken_once_and_thirty_messages_a_minute(wecom_bot: FakeWeComBot) -> None:
    async def run() -> list[int]:
        async with client(wecom_bot) as one:
            codes = [await one.posts("template_card", CARD) for _ in range(2)]
            codes += [await one.posts("markdown", {"content": str(n)}) for n in range(30)]
            wecom_bot.advance(61)
            return [*codes, await one.posts("markdown", {"content": "31"})]

    assert asyncio.run(run()) == [0, 40058] + [0] * 29 + [45009, 0]


@pytest.mark.parametrize(
    ("late", "number", "task", "code"),
    [(0, "r1", "t1-1", 0), (6, "r1", "t1-1", 846605), (0, "r2", "t1-1", 846605), (0, "r1", "t1-2", 40058)],
)
def test_a_tap_is_answered_within_five_seconds_with_its_own_card(
    wecom_bot: FakeWeComBot, late: float, number: str, task: str, code: int
) -> None:
    async def run() -> list[int]:
        async with client(wecom_bot) as one:
            await one.posts("template_card", CARD)
            wang, card = wecom_bot.colleague("wang"), wecom_bot.group("wrNS").cards[0]
            await asyncio.to_thread(wang.taps, "我来", card, "", "r1")
            assert (await one.hears())["cmd"] == "aibot_event_callback"
            wecom_bot.advance(late)
            body = {"response_type": "update_template_card", "template_card": CARD | {"task_id": task}}
            return [await one.sends("aibot_respond_update_msg", body, number) for _ in range(2)]

    assert asyncio.run(run()) == [code, code or 846605]


def test_a_second_connection_kicks_the_first(wecom_bot: FakeWeComBot) -> None:
    async def run() -> str:
        async with client(wecom_bot) as first, client(wecom_bot):
            return str((await first.hears())["body"]["event"]["eventtype"])

    assert asyncio.run(run()) == "disconnected_event"
    assert (wecom_bot.lines, wecom_bot.kicked) == (2, 1)
