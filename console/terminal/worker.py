"""`huiche worker`: sends and looks after the journeys, without a web side."""

from __future__ import annotations

import argparse
import asyncio


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(args: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house
    from console.server import loop_factory, work

    house = open_house(read_settings())
    at_this_version(house)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(work(house))
    return 0
