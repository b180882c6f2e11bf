"""`huiche holiday`: days on which a store, or all of them, is closed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.terminal import reading, screen
from console.terminal.opening import opened
from console.terminal.store import no_such_store

if TYPE_CHECKING:
    from storage.crm import Crm


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list")
    add = verbs.add_parser("add", help="a day on which nobody can book; twice changes nothing")
    add.add_argument("day", type=reading.day, metavar="YYYY-MM-DD")
    add.add_argument("note", nargs="?", default="", metavar="NOTE")
    add.add_argument("--to", type=reading.day, metavar="YYYY-MM-DD", help="the last of several days")
    add.add_argument("--store", metavar="CODE", help="this store alone")
    listing = verbs.add_parser("list", help="holidays from today on")
    listing.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    return _add(args) if args.verb == "add" else _list(args)


def _add(args: argparse.Namespace) -> int:
    from datetime import timedelta

    count = ((args.to or args.day) - args.day).days + 1
    if not 1 <= count <= 60:
        return screen.wrong_use("--to is a later day, at most 60 days on")

    def add(crm: Crm) -> bool:
        store = crm.stores.by_code(args.store) if args.store else None
        if args.store and store is None:
            return False
        for step in range(count):
            crm.stores.close_on(args.day + timedelta(days=step), args.note[:64], store)
        return True

    with opened() as house:
        added = house.database.transact(add)
    if not added:
        return no_such_store(args.store)
    print(f"{args.store or 'all stores'}: closed on {args.day}" + (f" to {args.to}" if args.to else ""))
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened() as house:
        days = house.database.read(_described)
    if args.json:
        screen.document({"items": days, "next": None})
    elif days:
        screen.table(("day", "store", "note"), [(d["day"], d["store"] or "all", d["note"]) for d in days])
    else:
        print("no holiday ahead: `huiche holiday add 2027-02-06 春节` adds one")
    return 0


def _described(crm: Crm) -> list[dict[str, Any]]:
    today = crm.now.astimezone(crm.shop.zone).date()
    codes = {store.key: store.code for store in crm.stores.all()}
    return [
        {"day": str(one.day), "store": codes.get(one.store_id or 0), "note": one.note}
        for one in crm.stores.holidays(today)
    ]
