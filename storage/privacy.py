"""A copy of everything that is on record about one owner, for them to keep: JSON, and a page to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from core.say.privacy_page import PrivacyPageSay
from storage import exports
from storage.columns import METADATA
from storage.profile import profile

if TYPE_CHECKING:
    from storage.crm import Crm

JSON_FILE, PAGE_FILE = "my-data.json", "my-data.html"
_IN_THE_PROFILE = {"owner", "vehicle", "identity", "owner_vehicle", "visit", "appointment", "consent", "event"}
_OURS = {"link", "erasure", "draft"}  # addresses that open pages, and words of ours that were never sent
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)  # the same record gives the same bytes
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}h2{margin-top:2rem}"
)


def export(crm: Crm, owner_id: int) -> dict[str, bytes]:
    """File name → content; empty when there is nobody of that number."""
    document = profile(crm, owner_id)
    if document is None:
        return {}
    owner = document["id"]
    document |= {"records": {table.name: list(_rows(crm, table, owner)) for table in _other_tables()}}
    crm.record("owner.exported", "owner", owner, owner_id=owner)
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    page = _page(document, PrivacyPageSay(document["language"], crm.shop.zone))
    return {JSON_FILE: text.encode(), PAGE_FILE: page.encode()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """All of them in one file."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIPPED_AT), content, zipfile.ZIP_DEFLATED)
    return body.getvalue()


def _other_tables() -> list[Table]:
    return [
        table for table in METADATA.sorted_tables if "owner_id" in table.c and table.name not in _IN_THE_PROFILE | _OURS
    ]


def _rows(crm: Crm, table: Table, owner_id: int) -> Iterator[dict[str, Any]]:
    """Its rows about them, as `huiche export` writes them."""
    shown = exports.columns(table)
    query = select(*shown).where(table.c.owner_id == owner_id).order_by(*table.primary_key.columns)
    for row in crm.connection.execute(query):
        cells = zip(shown, row, strict=True)
        yield {exports.column_name(column): exports.cell(crm, table, column, value) for column, value in cells}


def _page(document: Mapping[str, Any], say: PrivacyPageSay) -> str:
    """One page with no script and nothing from elsewhere."""
    lists = {name: value for name, value in document.items() if isinstance(value, list)} | document["records"]
    plain = {name: value for name, value in document.items() if not isinstance(value, (list, dict))}
    sections = [_table(say.section("owner"), [plain], say)]
    sections += [_table(say.section(name), rows, say) for name, rows in lists.items() if rows]
    language = "en" if say.english else "zh-CN"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(say.title())}</title><style>{_STYLE}</style><h1>{escape(say.title())}</h1>"
        f"<p>{escape(say.explanation())}</p>{''.join(sections)}</html>"
    )


def _table(title: str, rows: Iterable[Any], say: PrivacyPageSay) -> str:
    dicts = [row if isinstance(row, dict) else {"": row} for row in rows]
    head = list(dict.fromkeys(name for row in dicts for name in row))
    if len(dicts) == 1:
        body = "".join(f"<tr><th>{escape(say.column(n))}</th><td>{_cell(dicts[0][n])}</td></tr>" for n in head)
    else:
        body = f"<tr>{''.join(f'<th>{escape(say.column(name))}</th>' for name in head)}</tr>"
        body += "".join(f"<tr>{''.join(f'<td>{_cell(row.get(n))}</td>' for n in head)}</tr>" for row in dicts)
    return f"<h2>{escape(title)}</h2><table>{body}</table>"


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return escape("、".join(map(str, value)))
    return escape("" if value is None else str(value))
