"""`huiche poll`: as serve, with Telegram by long polling."""

from __future__ import annotations

import argparse
import asyncio

from console.terminal import screen
from console.terminal.serve import address as arguments

__all__ = ["arguments", "run"]


def run(args: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house
    from console.server import loop_factory, serve

    settings = read_settings()
    if not settings.has_telegram:
        return screen.wrong_use("HUICHE_TELEGRAM_TOKEN: needed to poll; BotFather gives one")
    house = open_house(settings)
    at_this_version(house)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(house, args.app(house), args.host, args.port, polls=True))
    return 0
