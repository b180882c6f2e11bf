"""`huiche understand`: what the rules make of a sentence, or the model where they do not know and one is set."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from bot.model import Model
from console.terminal import reading, screen
from core.limits import MODEL_SECONDS
from core.understanding import Understood, understand

LONGEST_LINE = 100_000


class Ear:
    """The rules, and where they do not know the model, if one is set."""

    def __init__(self) -> None:
        from bot.settings import read_settings

        self._loop = asyncio.Runner()
        self._model: Model | None = None
        if (settings := read_settings()).has_model:
            from bot.endpoint import Endpoint

            self._model = Endpoint(settings)

    def hears(self, text: str, now: datetime, stores: Sequence[str]) -> Understood:
        ours = understand(text, now, stores=stores)
        return (self._loop.run(self._asked(text, now, ours)) if self._model else None) or ours

    async def _asked(self, text: str, now: datetime, ours: Understood) -> Understood | None:
        from bot.interpreter import Surroundings, meaning, worth_asking

        if self._model is None or not worth_asking(ours, text):
            return None
        return await meaning(self._model, text, now, Surroundings(), within=MODEL_SECONDS)

    def __enter__(self) -> Ear:
        return self

    def __exit__(self, *_: object) -> None:
        if self._model is not None:
            self._loop.run(self._model.close())
        self._loop.close()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", metavar="TEXT")
    parser.add_argument("--at", type=reading.moment, metavar="ISO", help="as if said then; else now")
    parser.add_argument("--owner", metavar="REF", help="as if said by that owner: number, plate or phone")
    parser.add_argument("--batch", action="store_true", help='JSON lines {"text","at"} on stdin, an answer a line')
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    if args.batch == (args.text is not None):
        return screen.wrong_use("give a sentence or --batch, one of them")
    if args.batch:
        return _batch(args)
    stores, now, known = _surroundings(args)
    if not known:
        screen.hint(f"nobody is on record under {args.owner!r}")
        return 1
    with Ear() as ear:
        answer = _answer(ear, args.text, now, stores)
    if args.json:
        screen.document(answer)
    else:
        _show(answer)
    return 0


def _surroundings(args: argparse.Namespace) -> tuple[list[str], datetime, bool]:
    """The names of the stores (the database is only opened for an owner), the moment, whether the owner is known."""
    if args.owner is None:
        zone, start = _zone_and_clock()
        return [], _local(args.at or start or datetime.now(UTC), zone), True
    from console.terminal.opening import opened
    from storage.references import owners_by_reference

    with opened() as house:
        names, owners = house.database.read(
            lambda crm: ([store.name for store in crm.stores.all()], owners_by_reference(crm, args.owner))
        )
        return names, _local(args.at or house.clock.now(), house.shop.zone), bool(owners)


def _batch(args: argparse.Namespace) -> int:
    stores, now, known = _surroundings(args)
    if not known:
        return screen.wrong_use(f"nobody is on record under {args.owner!r}")
    bad = 0
    with Ear() as ear:
        for line in sys.stdin.buffer:
            if line.strip():
                answer = _line(ear, line, now, stores)
                bad += "error" in answer
                print(json.dumps(answer, ensure_ascii=False))
    return 1 if bad else 0


def _line(ear: Ear, line: bytes, now: datetime, stores: Sequence[str]) -> dict[str, Any]:
    try:
        asked = json.loads(line[:LONGEST_LINE])
        text, at = asked["text"], asked.get("at")
        if not isinstance(text, str):
            return {"error": "text is not a string"}
        moment = _local(datetime.fromisoformat(at), now.tzinfo or UTC) if at else now
        if not 1970 <= moment.year <= 9000:
            return {"error": "at is too far away"}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return {"error": 'a line looks like {"text": "明天下午三点做保养", "at": "2026-11-23T10:00:00+08:00"}'}
    return _answer(ear, text, moment, stores)


def _answer(ear: Ear, text: str, now: datetime, stores: Sequence[str]) -> dict[str, Any]:
    meant = ear.hears(text, now, stores)
    return {
        "intent": meant.intent,
        "slots": dict(meant.slots),
        "by": meant.by,
        "asks_back": meant.asks_back,
    }


def _show(answer: dict[str, Any]) -> None:
    print(screen.paint(answer["intent"], "bold"))
    for name, value in answer["slots"].items():
        print(f"  {name}: {value}")
    if answer["asks_back"]:
        print("  and the bot asks back")


def _zone_and_clock() -> tuple[tzinfo, datetime | None]:
    from bot.settings import read_settings

    settings = read_settings()
    return settings.zone, settings.clock


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """In the shop's zone; a moment without an offset is meant there."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
