"""Spreadsheets as programs write them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import BadInput
from intake.read import read_sheet

TEXT = "姓名,手机\n李明,13800138000\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_of_china(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(TEXT.encode(encoding))
    sheet = read_sheet(file)
    assert (sheet.kind, sheet.fields) == ("owners", ("name", "phone"))
    assert sheet.rows[0].cells == {"name": ["李明"], "phone": ["13800138000"]}


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_separator_and_rows_as_the_spreadsheet_numbers_them(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "a.csv"
    lines = ["2026 年客户表", "phone,owner_name*", ",", "1,李明", "", '2,"王\n芳"']
    file.write_text("\n".join(line.replace(",", separator) for line in lines), "utf-8")
    rows = read_sheet(file).rows
    assert [(row.number, row.cells["name"][0]) for row in rows] == [(4, "李明"), (6, "王\n芳")]


def test_a_workbook_whose_first_sheet_is_empty(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("客户")
    sheet.append(["车牌号（必填）", "手机1", "手机2", "备注", "购车时间"])
    sheet.append([None, None, None, None, None])
    sheet.append(["粤B12345", None, 13800138000, "x", datetime.fromisoformat("2023-05-01")])
    book.save(tmp_path / "a.xlsx")
    read = read_sheet(tmp_path / "a.xlsx")
    assert (read.kind, read.fields) == ("owners", ("plate", "phone", "purchased_on"))
    assert read.rows[0].number == 3
    assert read.rows[0].cells["phone"] == [None, 13800138000]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("车牌,车型", "vehicles"),
        ("name,plate", "owners"),
        ("工单号,到店日期,车牌", "visits"),
        ("Visit Date,Phone Number,Amount", "visits"),
    ],
)
def test_the_columns_tell_what_the_rows_are(tmp_path: Path, headers: str, kind: str) -> None:
    (tmp_path / "a.csv").write_text(headers + "\n" + ",".join("x" for _ in headers.split(",")), "utf-8")
    assert read_sheet(tmp_path / "a.csv").kind == kind


@pytest.mark.parametrize(("name", "text"), [("m.toml", '"Kunde" = "name"'), ("m.json", '{"Kunde": "name"}')])
def test_a_mapping_names_other_headers(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "a.csv").write_text("Kunde\n李明\n", "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    assert read_sheet(tmp_path / "a.csv", mapping=tmp_path / name).fields == ("name",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "headers"),
        (b"a,b\n1,2\n", "--mapping"),
        (b"PK\x03\x04 not a zip", "save it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"\xff\xfe\x00", "neither"),
        (bytes(range(256)), "neither"),
        ("工单号\nW1\n".encode(), "visited_on"),
        ("门店\nNS\n".encode(), "plate"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read_sheet(tmp_path / "a.csv")


def test_a_mapping_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TEXT, "utf-8")
    for text, words in (('"x" = "phones"', "fields are"), ("nonsense", "not a mapping"), ("", "")):
        (tmp_path / "m.toml").write_text(text, "utf-8")
        if words:
            with pytest.raises(BadInput, match=words):
                read_sheet(tmp_path / "a.csv", mapping=tmp_path / "m.toml")
    with pytest.raises(BadInput, match="No such file"):
        read_sheet(tmp_path / "absent.csv")
