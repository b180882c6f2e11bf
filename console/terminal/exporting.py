"""`huiche export DIR`: everything, one CSV per table, with a data dictionary."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm

DICTIONARY = "dictionary.csv"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, metavar="DIR", help="made when it is not there")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    from core.errors import BadInput

    try:
        args.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with opened() as house:
            counts = house.database.read(lambda crm: _export(crm, args.directory))
        _write_dictionary(args.directory)
    except OSError as error:
        raise BadInput(f"{error.filename or args.directory}: {error.strerror}") from None
    if args.json:
        screen.document({"directory": str(args.directory), "rows": counts})
    else:
        screen.table(("file", "rows"), counts.items())
        print(f"{DICTIONARY} says what each column means; phones and texts are in clear: keep it safe")
    return 0


def _export(crm: Crm, directory: Path) -> dict[str, int]:
    """Rows per file."""
    from storage import exports

    exports.freeze(crm)
    tables = exports.tables()
    counts = {}
    with screen.Progress("export", len(tables)) as progress:
        for table in tables:
            head = [exports.column_name(column) for column in exports.columns(table)]
            counts[exports.file_name(table)] = _write(
                directory / exports.file_name(table), head, exports.rows(crm, table)
            )
            progress.on(1)
    return counts


def _write_dictionary(directory: Path) -> None:
    from storage import dictionary, exports

    lines = [
        (exports.file_name(table), name, dictionary.form(column), dictionary.meaning(table, name))
        for table in exports.tables()
        for column in exports.columns(table)
        for name in [exports.column_name(column)]
    ]
    _write(directory / DICTIONARY, ("file", "column", "form", "meaning"), lines)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Readable by its owner alone. Returns how many rows."""
    count = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
