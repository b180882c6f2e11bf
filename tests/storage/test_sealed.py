"""No sealed column is forgotten when keys rotate, and none leaves in an export without words."""

from __future__ import annotations

import storage.crm  # noqa: F401 — brings every table
from storage import dictionary, exports
from storage.columns import METADATA
from storage.sealed import SEALED, UNKEYED


def columns_ending(suffix: str) -> set[tuple[str, str]]:
    return {(table.name, c.name) for table in METADATA.sorted_tables for c in table.c if c.name.endswith(suffix)}


def test_every_sealed_column_is_rotated() -> None:
    missing = columns_ending("_sealed") - {(one.table, one.column) for one in SEALED}
    assert not missing, f"add to SEALED in storage/sealed.py: {missing}"


def test_every_keyed_hash_is_rotated() -> None:
    missing = columns_ending("_hash") - {(one.table, one.hash_column) for one in SEALED} - UNKEYED
    assert not missing, f"add to SEALED in storage/sealed.py, or to UNKEYED when it has no key: {missing}"


def test_sealed_columns_are_named_as_they_are() -> None:
    for one in SEALED:
        assert one.column in one.rows.c
        assert not one.hash_column or one.hash_column in one.rows.c


def test_every_exported_column_is_in_the_dictionary() -> None:
    without = [
        f"{table.name}.{exports.column_name(column)}"
        for table in exports.tables()
        for column in exports.columns(table)
        if not dictionary.meaning(table, exports.column_name(column))
    ]
    assert not without, f"say what they mean in storage/dictionary/: {without}"
