"""`huiche wechat`: the account's menu, and codes that say where somebody scanned them."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from console.terminal import screen

if TYPE_CHECKING:
    from bot.channels.wechat import WeChatChannel

LONGEST_SCENE = 64


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="menu|qrcode")
    verbs.add_parser("menu", help="create the account's menu")
    code = verbs.add_parser("qrcode", help="print the address of a scene code")
    code.add_argument("scene", metavar="SCENE", help="what a scan tells us, as in NS-reception")
    code.add_argument("--days", type=int, default=0, metavar="N", help="valid so long, at most 30; else for good")


def run(args: argparse.Namespace) -> int:
    if args.verb == "menu":
        return _with_channel(_menu)
    if not 1 <= len(args.scene.encode()) <= LONGEST_SCENE or not 0 <= args.days <= 30:
        return screen.wrong_use("a scene has 1 to 64 bytes, --days is at most 30")
    return _with_channel(lambda channel: _qrcode(channel, args.scene, args.days * 86400))


async def _menu(channel: WeChatChannel) -> None:
    await channel.create_menu()
    print("the menu is there; WeChat shows it within a day, at once to those who follow the account anew")


async def _qrcode(channel: WeChatChannel, scene: str, seconds: int) -> None:
    address = await channel.create_qrcode(scene, seconds)
    print(address)
    if sys.stdout.isatty():
        import segno

        segno.make(address).terminal(compact=True)


def _with_channel(job: Callable[[WeChatChannel], Awaitable[Any]]) -> int:
    from bot.settings import read_settings

    settings = read_settings()
    if not settings.has_wechat:
        return screen.wrong_use("WeChat is not set up: set HUICHE_WECHAT_APP_ID and the others, then `huiche doctor`")
    from bot.channels.wechat import WeChatChannel
    from core.errors import DeliveryFailed
    from storage.local import LocalTokens

    async def work() -> None:
        channel = WeChatChannel(settings, LocalTokens())
        try:
            await job(channel)
        finally:
            await channel.close()

    try:
        asyncio.run(work())
    except DeliveryFailed as error:
        screen.hint(f"WeChat refuses: {error.reason}; `huiche doctor` says what mends it")
        return 1
    return 0
