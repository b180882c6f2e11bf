"""`huiche store`: the shop's branches."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.terminal import reading, screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.stores import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|edit|list")
    add = verbs.add_parser("add", help="a new store, bookable at once")
    add.add_argument("code", type=reading.code, metavar="CODE")
    add.add_argument("name", type=reading.short, metavar="NAME")
    edit = verbs.add_parser("edit", help="change what is named, leave the rest")
    edit.add_argument("code", metavar="CODE")
    edit.add_argument("--name", type=reading.short)
    edit.add_argument("--closed", action=argparse.BooleanOptionalAction, help="take no bookings any more")
    for one in (add, edit):
        _details(one)
    listing = verbs.add_parser("list", help="all stores")
    listing.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    return {"add": _add, "edit": _edit, "list": _list}[args.verb](args)


def _details(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hours", type=reading.hours, help="09:00-18:00, or with a break 09:00-12:00,13:30-18:00")
    parser.add_argument("--closed-weekdays", type=reading.weekdays, metavar="6,7", help="Monday is 1")
    parser.add_argument("--bays", type=reading.bays, metavar="general=2,quick=1,…")
    parser.add_argument("--address")
    parser.add_argument("--phone", help="the store's own public number")
    parser.add_argument("--staff-chat", metavar="ID", help="its own Telegram staff group")
    parser.add_argument("--robot", metavar="URL", help="its own WeCom group robot")


def _add(args: argparse.Namespace) -> int:
    def add(crm: Crm) -> int | None:
        if crm.stores.by_code(args.code):
            return None
        store = crm.stores.add(args.code, args.name, args.hours or "09:00-18:00", args.bays)
        _set(crm, store, args)
        return store.key

    with opened() as house:
        number = house.database.transact(add)
    if number is None:
        return screen.wrong_use(f"store {args.code} is there already: change it with `huiche store edit {args.code} …`")
    print(f"store {args.code} {args.name} is open for bookings")
    return 0


def _edit(args: argparse.Namespace) -> int:
    def edit(crm: Crm) -> bool:
        store = crm.stores.by_code(args.code)
        if store is None:
            return False
        store.name, store.hours = args.name or store.name, args.hours or store.hours
        if args.closed is not None:
            store.active = not args.closed
        if args.bays:
            crm.stores.set_bays(store, args.bays)
        _set(crm, store, args)
        crm.record("store.changed", "store", store.key, detail=store.name)
        return True

    with opened() as house:
        found = house.database.transact(edit)
    if not found:
        return no_such_store(args.code)
    print(f"store {args.code} is changed")
    return 0


def no_such_store(code: str) -> int:
    return screen.wrong_use(f"there is no store {code}: see `huiche store list`")


def _set(crm: Crm, store: Store, args: argparse.Namespace) -> None:
    """What an option names is set; an empty text takes it away."""
    for name in ("closed_weekdays", "address", "phone", "staff_chat"):
        if getattr(args, name) is not None:
            setattr(store, name, getattr(args, name))
    if args.robot is not None:
        crm.stores.set_robot(store, args.robot)
    crm.session.flush()


def _list(args: argparse.Namespace) -> int:
    with opened() as house:
        stores = house.database.read(_described)
    if args.json:
        screen.document({"items": stores, "next": None})
    elif stores:
        keys = ("code", "name", "hours", "bays", "staff_chat", "wecom_chat", "robot")
        screen.table([key.replace("_", " ") for key in keys], [_row(s, keys) for s in stores])
    else:
        print("no store yet: `huiche store add NS 深圳南山店` makes one that can be booked at once")
    return 0


def _described(crm: Crm) -> list[dict[str, Any]]:
    return [
        {
            "id": store.key,
            "code": store.code,
            "name": store.name,
            "hours": store.hours,
            "closed_weekdays": [int(n) for n in store.closed_weekdays],
            "bays": crm.stores.bay_counts(store.key),
            "address": store.address,
            "phone": store.phone,
            "staff_chat": store.staff_chat,
            "robot": bool(store.robot_sealed),
            "wecom_chat": store.wecom_chat or "",
        }
        for store in crm.stores.all()
    ]


def _row(store: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    shown = store | {
        "bays": ",".join(f"{type_}={count}" for type_, count in store["bays"].items()),
        "robot": "its own" if store["robot"] else "",
    }
    return [str(shown[key]) for key in keys]
