"""A spreadsheet as it lies on the disk → numbered rows of cells."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from core.errors import BadInput
from intake.columns import HEADERS, check, fields_of, kind_of

HEADER_WITHIN = 10  # a title may stand above the header
_ENCODINGS = ("utf-8-sig", "gb18030")
Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as the spreadsheet shows it, and its cells by field."""

    number: int
    cells: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of a file, what they are, and which fields there are."""

    kind: str
    fields: tuple[str, ...]
    rows: list[Row]


def read_sheet(path: Path, kind: str = "", mapping: Path | None = None, most: int | None = None) -> Sheet:
    """Raises BadInput when it is no spreadsheet or its columns say nothing."""
    own = _mapping(mapping) if mapping else {}
    lines = list(enumerate(_lines(path), start=1))
    start, fields = _header(lines, own)
    headers = lines[start - 1][1]
    kind = kind or kind_of(fields)
    check(fields, kind, headers)
    rows = (Row(number, _cells(line, fields)) for number, line in lines[start:] if _filled(line))
    return Sheet(kind, tuple(fields), list(islice(rows, most)))


def _header(lines: list[tuple[int, Cells]], mapping: Mapping[str, str]) -> tuple[int, dict[str, list[int]]]:
    """The number of the row with the most known headers, and what they mean."""
    best: tuple[int, dict[str, list[int]]] = (1, {})
    for number, line in lines[:HEADER_WITHIN]:
        fields = fields_of(line, mapping)
        if len(fields) > len(best[1]):
            best = number, fields
    if not best[1]:
        raise BadInput(
            "no row of the file has headers such as 姓名 name, 手机 phone, 车牌 plate: name them in --mapping FILE"
        )
    return best


def _cells(line: Cells, fields: Mapping[str, list[int]]) -> dict[str, list[Any]]:
    return {name: [line[place] for place in places if place < len(line)] for name, places in fields.items()}


def _filled(line: Cells) -> bool:
    return any(cell is not None and str(cell).strip() for cell in line)


def _lines(path: Path) -> Iterable[Cells]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    if content.startswith(b"PK"):
        return _workbook(path, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{path} is an old .xls file: save it as .xlsx or .csv")
    return _csv(path, content)


def _workbook(path: Path, content: bytes) -> Iterator[Cells]:
    """The first sheet that has anything in it."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which do not matter here
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # some programs write wrong ones
                lines = [list(line) for line in sheet.iter_rows(values_only=True)]
                if any(_filled(line) for line in lines):
                    yield from lines
                    return
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError) as error:
        raise BadInput(
            f"{path} is not a workbook that can be read ({type(error).__name__}): save it again as .xlsx"
        ) from None


def _csv(path: Path, content: bytes) -> Iterator[Cells]:
    text = _decoded(path, content)
    separator = max(",\t;", key=text[:4096].count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise BadInput(f"{path} is not a csv file that can be read: {error}") from None


def _decoded(path: Path, content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput(f"{path} is neither a workbook nor text in UTF-8 or GB18030")


def _mapping(path: Path) -> dict[str, str]:
    """TOML or JSON: the file's header → our field."""
    try:
        text = path.read_text("utf-8-sig")
        mapping = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} is not a mapping: {error}") from None
    for header, field in mapping.items():
        if field not in HEADERS:
            raise BadInput(f"{path}: {header} is mapped to {field!r}; fields are {', '.join(HEADERS)}")
    return dict(mapping)
