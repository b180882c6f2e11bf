"""`huiche recall FILE`: the maker calls cars back, and their owners are told."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from journeys.items import TickItem
    from storage.crm import Crm
    from storage.vehicles import Vehicle

LONGEST_TEXT = 300
_CAMPAIGN = re.compile(r"[A-Za-z0-9._-]{1,32}")
_CELLS = re.compile(r"[\s,，;；\t\"]+")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="plates or VINs, one a line; .txt or .csv in UTF-8")
    parser.add_argument(
        "--campaign", required=True, metavar="NUMBER", help="the maker's number of it: told once per car"
    )
    parser.add_argument("--text", required=True, help="what is wrong and what is done about it")
    parser.add_argument("--dry-run", action="store_true", help="who would be told; nothing is written")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    if not _CAMPAIGN.fullmatch(args.campaign):
        return screen.wrong_use("--campaign takes up to 32 letters, digits, dots and dashes")
    if not 0 < len(args.text.strip()) <= LONGEST_TEXT:
        return screen.wrong_use(f"--text takes up to {LONGEST_TEXT} characters")
    names = _names(args.file)
    with opened() as house:
        do = house.database.rehearse if args.dry_run else house.database.transact
        document = do(lambda crm: _recall(crm, args.campaign, args.text.strip(), names))
    if args.json:
        screen.document(document)
    else:
        screen.table(("owner", "plate", "what"), [(i["owner"], i["plate"], i["decision"]) for i in document["items"]])
        for name in document["unknown"]:
            screen.hint(f"no car of ours: {name}")
    return 1 if document["unknown"] else 0


def _names(path: Path) -> list[str]:
    from core.errors import BadInput

    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: should be text in UTF-8, one plate or VIN a line") from None
    return list(dict.fromkeys(cell for cell in _CELLS.split(text) if cell))


def _recall(crm: Crm, campaign: str, text: str, names: list[str]) -> dict[str, Any]:
    from journeys import notices

    items: list[TickItem] = []
    unknown = []
    for name in names:
        cars = _cars(crm, name)
        if not cars and any(character.isdigit() for character in name):  # a heading is no car
            unknown.append(name)
        for car in cars:
            items += notices.recall(crm, campaign, text, car)
    shown = [{"owner": i.owner, "plate": i.plate, "channel": i.channel, "decision": i.decision} for i in items]
    return {"campaign": campaign, "items": shown, "unknown": unknown}


def _cars(crm: Crm, name: str) -> list[Vehicle]:
    from core.understanding.plates import normalise_plate

    if plate := normalise_plate(name):
        car = crm.vehicles.with_plate(plate)
        return [car] if car else []
    return [car for _, car in crm.imports.cars_with_vins({name.upper()})]
