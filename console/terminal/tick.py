"""`huiche tick`: decides what is due up to a moment, queues it and sends it."""

from __future__ import annotations

import argparse
import asyncio
import itertools
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from console.terminal import reading, screen

if TYPE_CHECKING:
    from bot.house import House
    from journeys import Do, TickItem
    from storage.crm import Crm
    from storage.db import Database

T = TypeVar("T")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", type=reading.moment, metavar="ISO", help="that moment instead of now")
    parser.add_argument("--dry-run", action="store_true", help="write and send nothing")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house
    from core.clock import StoppedClock

    settings = read_settings()
    at = args.at
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=settings.zone)
    house = open_house(settings, clock=StoppedClock(at) if at else None)
    at_this_version(house)
    moment = house.clock.now()
    items = asyncio.run(_tick(house, args.dry_run))
    if args.json:
        local = moment.astimezone(house.shop.zone).isoformat(timespec="seconds")
        screen.document({"at": local, "items": [asdict(item) for item in items]})
    else:
        _show(items)
    return 0


async def _tick(house: House, dry_run: bool) -> list[TickItem]:
    import journeys
    from bot.policy import keep
    from bot.sender import Sender

    try:
        if dry_run:
            return await asyncio.to_thread(house.database.rehearse, journeys.tick)
        await house.ports.open()
        await keep(house)
        items = await asyncio.to_thread(journeys.tick_in_parts, _in_turn(house.database))
        await Sender(house).drain()
        return items
    finally:
        await house.close()


def _in_turn(database: Database) -> Do:
    """Part by part; a running server gets in between."""
    parts = itertools.count()

    def do(change: Callable[[Crm], T], /) -> T:
        if next(parts):
            database.give_way()
        return database.transact(change)

    return do


def _show(items: list[TickItem]) -> None:
    head = ("journey", "step", "plate", "channel", "decision", "reason")
    if items:
        screen.table(head, [[getattr(item, name) or "" for name in head] for item in items])
    else:
        print("nothing is due")
