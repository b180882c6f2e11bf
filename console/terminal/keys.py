"""`huiche keys`: a new encryption key, and the change from an old one to it while everything runs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crypto import Keys
    from storage.db import Database
    from storage.sealed import Sealed

PASSES = 3  # servers that still have the old key in front may seal with it meanwhile


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="new|rotate")
    verbs.add_parser("new", help="print a value for HUICHE_ENCRYPTION_KEYS; keys that are set stay behind the new one")
    verbs.add_parser("rotate", help="seal and hash everything with the first key; go on where it stopped")


def run(args: argparse.Namespace) -> int:
    return _new() if args.verb == "new" else _rotate()


def _new() -> int:
    from storage.crypto import Keys

    keys = Keys.new(after=_those_there_are())
    print(keys)
    screen.hint("keep it as HUICHE_ENCRYPTION_KEYS, and a copy away from the database: without it nothing can be read")
    if len(keys.all) > 1:
        screen.hint("set it for every server, restart them, then run `huiche keys rotate`")
    return 0


def _those_there_are() -> Keys | None:
    """The keys of the setting, or of the file beside the SQLite file; a new one is never made for this."""
    from bot.settings import read_settings
    from storage.crypto import Keys
    from storage.keyfile import SUFFIX, database_file

    settings = read_settings()
    text = settings.encryption_keys.get_secret_value()
    database = None if text else database_file(settings.database_url)
    if database and (file := database.with_name(database.name + SUFFIX)).exists():
        text = file.read_text("ascii")
    return Keys.parse(text) if text else None


def _rotate() -> int:
    from storage.sealed import SEALED

    with opened() as house:
        database = house.database
        current = database.keys.current.number
        older = [key.number for key in database.keys.all[1:]]
        changed = 0
        for _ in range(PASSES):
            turned = sum(_reseal_all(database, one) for one in SEALED)
            changed += turned
            if not turned:
                break
        else:
            screen.hint(f"a server still seals with an older key: restart all with key {current} first, then again")
            return 1
    print(f"{changed} values moved to key {current}; everything is sealed with it now")
    _say_next(current, older)
    return 0


def _reseal_all(database: Database, one: Sealed) -> int:
    """Batch by batch, each its own short transaction. Returns how many values changed."""
    from storage.sealed import count, reseal

    after, changed = 0, 0
    total = database.read(lambda crm: count(crm, one))
    with screen.Progress(f"{one.table}.{one.column}", total) as progress:
        while True:
            start = after
            after, seen, renewed = database.transact(lambda crm: reseal(crm, one, start))  # noqa: B023
            changed += renewed
            progress.on(seen)
            if not seen:
                return changed
            if renewed:
                database.give_way()


def _say_next(current: int, older: list[int]) -> None:
    if older:
        numbers = ", ".join(map(str, older))
        screen.hint(f"take {numbers} out of HUICHE_ENCRYPTION_KEYS once no backup needs it any more")
    else:
        screen.hint(f"there is only key {current}: `huiche keys new` prints it with a new one in front")
