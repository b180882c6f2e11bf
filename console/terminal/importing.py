"""`huiche import FILE`: owners, vehicles or visits from a spreadsheet."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from console.terminal import screen
from console.terminal.opening import opened

REJECTS_SHOWN = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, or .csv in UTF-8 or GB18030")
    parser.add_argument("--kind", choices=("owners", "vehicles", "visits"), help="else the columns tell")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="TOML or JSON: header = field")
    parser.add_argument("--trial", type=int, metavar="N", help="only the first N filled rows")
    parser.add_argument("--dry-run", action="store_true", help="the same figures, nothing written")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="csv of refused cells: row,field,value,reason")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    from intake.importing import bring_in, rehearse
    from intake.read import read_sheet

    if args.trial is not None and args.trial < 1:
        return screen.wrong_use("--trial takes a number from 1 on")
    sheet = read_sheet(args.file, args.kind or "", args.mapping, args.trial)
    with opened() as house, screen.Progress(args.file.name, len(sheet.rows)) as progress:
        if args.dry_run:
            figures = rehearse(house.database, sheet, progress.on)
        else:
            figures = bring_in(house.database, sheet, args.file.name, progress.on)
    if args.rejects:
        _write_rejects(args.rejects, figures["rejects"])
    if args.json:
        screen.document(figures)
    else:
        _show(figures, args, sheet.kind)
    return 0


def _write_rejects(path: Path, rejects: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("row", "field", "value", "reason"))
        writer.writeheader()
        writer.writerows(rejects)


def _show(figures: dict[str, Any], args: argparse.Namespace, kind: str) -> None:
    counts = ", ".join(f"{figures[name]} {name}" for name in ("created", "updated", "merged", "rejected"))
    print(screen.paint(f"{figures['read']} rows of {kind}: {counts}", "bold"))
    fields = figures["fields"].items()
    screen.table(("field", "missing", "fixed", "invalid"), [(name, *states.values()) for name, states in fields])
    for reject in figures["rejects"][:REJECTS_SHOWN]:
        print(f"row {reject['row']} {reject['field']} {reject['value']!r}: {reject['reason']}")
    more = len(figures["rejects"]) - REJECTS_SHOWN
    if more > 0 and not args.rejects:
        print(f"and {more} more: --rejects FILE keeps them all")
    if args.dry_run:
        print("nothing was written: leave out --dry-run to bring them in")
