"""Whatever stands in a spreadsheet, each row is counted and nothing breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import Clock
from core.errors import BadInput
from core.shop import Shop
from intake.clean import clean
from intake.columns import HEADERS, KINDS
from intake.importing import bring_in
from intake.read import read_sheet
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import migrate

LIKELY = [
    "李明",
    "13800138000",
    "粤B12345",
    "LSVAA49J132047371",
    "2026-01-01",
    "45000",
    "1e5",
    "无",
    "保养",
    "NaN",
    "-1",
    "55512345",
]
CELLS = st.one_of(st.sampled_from(LIKELY), st.text(max_size=12), st.integers().map(str), st.floats().map(str))
ODD = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.dates(), st.datetimes(), st.times(), st.text())


@given(field=st.sampled_from(sorted(set(HEADERS) - {"store", "advisor"})), raw=st.lists(ODD, max_size=3))
def test_every_cell_is_used_refused_or_missing(field: str, raw: list[Any]) -> None:
    cell = clean(field, raw, date(2026, 11, 23), {})
    assert (cell.value is not None) == (cell.state in ("ok", "fixed"))
    assert bool(cell.reason) == (cell.state == "invalid")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    one = Database(f"sqlite:///{tmp_path_factory.mktemp('shop')}/shop.db", Keys.new(), Clock(), Shop())
    migrate(one)
    yield one
    one.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.lists(st.sampled_from(sorted(HEADERS)), min_size=2, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=8),
    kind=st.sampled_from(["", *KINDS]),
)
def test_every_row_counts_once(
    database: Database, tmp_path: Path, fields: list[str], rows: list[list[str]], kind: str
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([fields, *rows])
    (tmp_path / "a.csv").write_bytes(text.getvalue().encode("utf-8", "replace"))
    try:
        sheet = read_sheet(tmp_path / "a.csv", kind)
    except BadInput:
        return
    figures = bring_in(database, sheet, "a.csv", lambda _: None)
    assert figures["read"] == len(sheet.rows)
    assert figures["read"] == sum(figures[name] for name in ("created", "updated", "merged", "rejected"))
    for states in figures["fields"].values():
        assert sum(states.values()) <= figures["read"]


@given(content=st.binary(max_size=300), head=st.sampled_from([b"", b"PK\x03\x04", "姓名,手机\n".encode(), b"\xff\xfe"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_file_is_read_or_refused(tmp_path: Path, content: bytes, head: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(head + content)
    with suppress(BadInput):
        assert read_sheet(tmp_path / "a.csv").fields
