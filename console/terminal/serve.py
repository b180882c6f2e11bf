"""`huiche serve`: webhooks and pages, and the worker in the same process."""

from __future__ import annotations

import argparse
import asyncio


def arguments(parser: argparse.ArgumentParser) -> None:
    address(parser)
    parser.add_argument("--no-worker", action="store_true", help="leave sending and journeys to `huiche worker`")


def address(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 unless told otherwise")
    parser.add_argument("--port", type=int, default=8000, help="8000 unless told otherwise")


def run(args: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house
    from console.server import loop_factory, serve

    house = open_house(read_settings())
    at_this_version(house)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(house, args.app(house), args.host, args.port, sends=not args.no_worker))
    return 0
