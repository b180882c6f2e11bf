"""Copies a store into a SQLite file that nobody will miss. Nothing is ever written to the store it is taken from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy import select as core_select

from core.clock import Clock
from core.shop import Shop
from storage.columns import METADATA
from storage.db import Database
from storage.keyfile import database_file
from storage.migrate import migrate

ROWS = 2_000  # read and written at a time
PAGES = 4_096  # of SQLite's backup, between two looks at who else wants to write
NAME = "rehearsal.db"


def throw_away_copy(store: Database, folder: Path, clock: Clock, shop: Shop) -> Database:
    """The same rows with the same keys, in a file of that folder, by that clock and those rules."""
    if store.is_sqlite:
        _back_up(database_file(store.url), folder / NAME)
    copy = Database(f"sqlite:///{folder / NAME}", store.keys, clock, replace(shop))
    event.listen(copy.engine, "connect", _carelessly)
    if not store.is_sqlite:
        migrate(copy)
        with copy.engine.connect() as there, there.begin():
            _copy_rows(store, there)
    return copy


def _back_up(source: Path | None, target: Path) -> None:
    assert source is not None, "a SQLite store is a file"
    only_read = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(only_read, uri=True)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=PAGES)


def _carelessly(connection: Any, _record: Any) -> None:
    """Its rows go and come back in any order, and after a power cut nobody wants it."""
    for pragma in ("foreign_keys=OFF", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _copy_rows(store: Database, there: Connection) -> None:
    """Every table as of one moment; what triggers note of that is taken away again."""
    reading = store.engine.connect().execution_options(isolation_level="REPEATABLE READ", yield_per=ROWS)
    with reading as here:
        for table in METADATA.sorted_tables:
            there.execute(table.delete())
            for rows in here.execute(core_select(table)).mappings().partitions():
                there.execute(table.insert(), [dict(row) for row in rows])
    there.execute(text("DELETE FROM touched"))
