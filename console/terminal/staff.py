"""`huiche staff`: the people who work here."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.terminal import desk, reading, screen
from console.terminal.opening import opened
from console.terminal.store import no_such_store

if TYPE_CHECKING:
    from storage.crm import Crm

_ROLES = ("advisor", "manager", "technician", "operator", "boss", "it")


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list|remove|link|leave|scoreboard")
    add = verbs.add_parser("add", help="somebody starts to work here")
    add.add_argument("name", type=reading.short, metavar="NAME")
    add.add_argument("--role", choices=_ROLES, required=True)
    add.add_argument("--store", required=True, metavar="CODE")
    add.add_argument("--telegram", default="", metavar="ID", help="their Telegram user id")
    add.add_argument("--wecom", default="", metavar="ID", help="their WeCom user id")
    add.add_argument("--skills", default="", metavar="A,B", help="what they are good at: brakes or complaints")
    listing = verbs.add_parser("list", help="who works here")
    listing.add_argument("--json", action="store_true")
    remove = verbs.add_parser("remove", help="revoke at once, hand owners and tasks over")
    remove.add_argument("id", type=int, metavar="ID")
    remove.add_argument("--to", type=int, required=True, metavar="ID", help="who takes over")
    link = verbs.add_parser("link", help="a sign-in link that works once")
    link.add_argument("id", type=int, metavar="ID")
    desk.arguments(verbs)


def run(args: argparse.Namespace) -> int:
    verbs = {"add": _add, "list": _list, "remove": _remove, "link": _link}
    verbs |= {"leave": desk.leave, "scoreboard": desk.scoreboard}
    return verbs[args.verb](args)


def _add(args: argparse.Namespace) -> int:
    if args.telegram and not args.telegram.isdecimal():
        return screen.wrong_use("--telegram takes the numeric user id, not the @name")

    def add(crm: Crm) -> int | str | None:
        store = crm.stores.by_code(args.store)
        if store is None:
            return None
        for channel, account in (("telegram", args.telegram), ("wecom", args.wecom)):
            colleague = crm.staff.by_account(channel, account) if account else None
            if colleague:
                return f"that {channel} account is {colleague.name}'s (#{colleague.key})"
        skills = ",".join(part.strip() for part in args.skills.split(",") if part.strip())
        return crm.staff.add(
            args.name, args.role, store.key, telegram=args.telegram, wecom=args.wecom, skills=skills
        ).key

    with opened() as house:
        number = house.database.transact(add)
    if number is None:
        return no_such_store(args.store)
    if isinstance(number, str):
        return screen.wrong_use(number)
    print(f"#{number} {args.name} works at {args.store} as {args.role}")
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened() as house:
        people = house.database.read(_described)
    if args.json:
        screen.document({"items": people, "next": None})
    elif people:
        keys = ("id", "name", "role", "store", "skills", "channels")
        screen.table(keys, [[", ".join(p[k]) if isinstance(p[k], list) else p[k] for k in keys] for p in people])
    else:
        print("nobody yet: `huiche staff add 王工 --role advisor --store NS --telegram 123456789`")
    return 0


def _described(crm: Crm) -> list[dict[str, Any]]:
    codes = {store.key: store.code for store in crm.stores.all()}
    return [
        {
            "id": one.key,
            "name": one.name,
            "role": one.role,
            "store": codes.get(one.store_id),
            "skills": [part for part in one.skills.split(",") if part],
            "channels": [name for name in ("telegram", "wecom") if crm.identities.of_staff(one.key, name)],
        }
        for one in crm.staff.all()
    ]


def _remove(args: argparse.Namespace) -> int:
    if args.id == args.to:
        return screen.wrong_use("--to names somebody else")

    def remove(crm: Crm) -> tuple[str, str] | None:
        at_work = {one.key: one for one in crm.staff.all()}
        leaver, heir = at_work.get(args.id), at_work.get(args.to)
        if leaver is None or heir is None:
            return None
        crm.staff.remove(leaver, heir)
        return leaver.name, heir.name

    with opened() as house:
        names = house.database.transact(remove)
    if names is None:
        return _nobody(args.id, args.to)
    print(f"{names[0]} has left: signed out everywhere, owners and tasks are {names[1]}'s now")
    return 0


def _link(args: argparse.Namespace) -> int:
    def link(crm: Crm) -> str | None:
        works_here = any(one.key == args.id for one in crm.staff.all())
        return crm.signins.link(args.id) if works_here else None

    with opened() as house:
        base = house.settings.public_url or "http://127.0.0.1:8000"
        token = house.database.transact(link)
    if token is None:
        return _nobody(args.id)
    print(f"{base}/console/sign-in/{token}")
    screen.hint("works once, within half an hour")
    return 0


def _nobody(*ids: int) -> int:
    numbers = " or ".join(f"#{number}" for number in ids)
    return screen.wrong_use(f"nobody at work has the number {numbers}: see `huiche staff list`")
