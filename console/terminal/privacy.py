"""`huiche privacy`: a copy of what is known about one owner, and its erasure."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="a zip of JSON and a page to read")
    erase = actions.add_parser("erase", help="forget an owner; the amounts of their visits stay, of nobody")
    for action in (export, erase):
        action.add_argument("reference", metavar="REF", help="number of the record, plate or phone")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    erase.add_argument("--yes", action="store_true", help="do not ask once more")
    erase.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    return _export(args) if args.action == "export" else _erase(args)


def _export(args: argparse.Namespace) -> int:
    from core.errors import BadInput
    from storage import privacy

    with opened() as house:
        number = _one(house.database.read(lambda crm: _found(crm, args.reference)), args.reference)
        if number is None:
            return 1
        files = house.database.transact(lambda crm: privacy.export(crm, number))
    try:
        handle = os.open(args.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(privacy.zipped(files))
    except OSError as error:
        raise BadInput(f"{args.out}: {error.strerror}") from None
    print(f"{args.out}: everything about #{number}, in clear; hand it to the owner and delete it")
    return 0


def _erase(args: argparse.Namespace) -> int:
    with opened() as house:
        number = _one(house.database.read(lambda crm: _found(crm, args.reference)), args.reference)
        if number is None:
            return 1
        if not args.yes and not _is_sure(number):
            screen.hint("nothing was erased")
            return 1
        document = house.database.transact(lambda crm: _erased(crm, number))
    if args.json:
        screen.document(document)
    elif document["erased"]:
        screen.table(("table", "rows changed"), document["rows"].items())
        print(f"#{number} is erased; old files do not bring them back")
    else:
        print(f"#{number} was erased before")
    return 0


def _is_sure(number: int) -> bool:
    """At a terminal it is asked once more; a script has said what it wants."""
    if not sys.stdin.isatty():
        return True
    return input(f"#{number} is erased for good. Type the number to go on: ").strip() == str(number)


def _erased(crm: Crm, number: int) -> dict[str, Any]:
    import json

    done = crm.erasures.erase(number, "command")
    erasure = crm.erasures.of_owner(number)
    return {"id": number, "erased": done, "rows": json.loads(erasure.rows) if erasure else {}}


def _found(crm: Crm, reference: str) -> list[int]:
    from storage.references import owners_by_reference

    return [owner.key for owner in owners_by_reference(crm, reference)]


def _one(found: list[int], reference: str) -> int | None:
    if len(found) == 1:
        return found[0]
    if not found:
        screen.hint(f"nobody is on record under {reference!r}: try the plate (粤B12345), the phone or the number")
    else:
        screen.hint(f"several people are on record under {reference!r}; ask by number: {', '.join(map(str, found))}")
    return None
