"""`huiche why REF`: why an owner got something, or did not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm

SHOWN = 12


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REF", help="number of the record, plate or phone")
    parser.add_argument("--journey", default="", metavar="NAME", help="only this one")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    with opened() as house:
        found = house.database.read(lambda crm: _answers(crm, args.reference, args.journey))
    if not found:
        screen.hint(f"nobody is on record under {args.reference!r}: try the plate (粤B12345), the phone or the number")
        return 1
    if len(found) > 1:
        screen.hint(f"several people are on record under {args.reference!r}; ask by number:")
        for told, _ in found:
            screen.hint(f"  huiche why {told['owner']}    {told['name']}")
        return 1
    told, lines = found[0]
    if args.json:
        screen.document(told)
    else:
        print(screen.paint(f"#{told['owner']} {told['name'] or '(no name yet)'}", "bold"))
        for line in lines:
            print(f"  {line}")
    return 0


def _answers(crm: Crm, reference: str, journey: str) -> list[tuple[dict[str, Any], list[str]]]:
    from core.say.why import WhySay
    from handlers.desk.why import lines
    from storage.references import owners_by_reference
    from storage.why import MOST, why

    say, found = WhySay("en", crm.shop.zone), owners_by_reference(crm, reference)[:SHOWN]
    return [(why(crm, owner, journey), lines(crm, owner, say, journey, MOST)) for owner in found]
