"""`huiche service`: what can be booked, how long it takes, where, and for how much."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.terminal import reading, screen
from console.terminal.opening import opened
from core.money import yuan

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.service_items import ServiceItem

_FIELDS = {
    "name": "name",
    "english": "name_en",
    "minutes": "minutes",
    "bay": "bay_type",
    "price": "price_fen",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|edit|list")
    add = verbs.add_parser("add", help="a new service item")
    add.add_argument("code", type=reading.code, metavar="CODE")
    add.add_argument("name", type=reading.short, metavar="NAME")
    edit = verbs.add_parser("edit", help="change what is named, leave the rest")
    edit.add_argument("code", metavar="CODE")
    edit.add_argument("--name", type=reading.short)
    edit.add_argument("--offered", action=argparse.BooleanOptionalAction, help="whether it can be booked")
    for one in (add, edit):
        one.add_argument("--english", type=reading.short, metavar="NAME")
        one.add_argument("--minutes", type=reading.minutes, metavar="N")
        one.add_argument("--bay", type=reading.code, metavar="TYPE")
        one.add_argument("--price", type=reading.fen, metavar="YUAN")
        one.add_argument("--skill", metavar="NAME", help='what a technician must have; "" for any')
    listing = verbs.add_parser("list", help="what can be booked")
    listing.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    return {"add": _add, "edit": _edit, "list": _list}[args.verb](args)


def _add(args: argparse.Namespace) -> int:
    def add(crm: Crm) -> bool:
        given = {"name_en": args.name, **_given(args)}
        return crm.services.add(args.code, **given) is not None

    with opened() as house:
        added = house.database.transact(add)
    if not added:
        return screen.wrong_use(f"{args.code} is there already: change it with `huiche service edit {args.code} …`")
    print(f"{args.name} can be booked")
    return 0


def _edit(args: argparse.Namespace) -> int:
    def edit(crm: Crm) -> bool:
        item = crm.services.known(args.code)
        if item is None:
            return False
        for name, value in _given(args).items():
            setattr(item, name, value)
        if args.offered is not None:
            item.active = args.offered
        crm.record("service.changed", "service_item", item.key, detail=item.name)
        return True

    with opened() as house:
        found = house.database.transact(edit)
    if not found:
        return screen.wrong_use(f"there is no service {args.code}: see `huiche service list`")
    print(f"service {args.code} is changed")
    return 0


def _given(args: argparse.Namespace) -> dict[str, Any]:
    """The columns that options name."""
    given = {column: getattr(args, option) for option, column in _FIELDS.items()} | {"skill": args.skill}
    return {column: value for column, value in given.items() if value is not None}


def _list(args: argparse.Namespace) -> int:
    with opened() as house:
        items = house.database.read(lambda crm: [_described(item) for item in crm.services.all()])
    if args.json:
        screen.document({"items": items, "next": None})
    else:
        keys = ("code", "name", "english", "minutes", "bay", "price", "skill")
        screen.table(keys, [[item[key] for key in keys] for item in items])
    return 0


def _described(item: ServiceItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.name,
        "english": item.name_en,
        "minutes": item.minutes,
        "bay": item.bay_type,
        "price": yuan(item.price_fen),
        "skill": item.skill,
    }
