"""What the cards of WeCom have in common, whoever posts them: rows, cuts, and words that can do no harm."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_TEXT, LONGEST_MARKDOWN = 2048, 4096  # bytes
LONGEST_TITLE, LONGEST_ROW_NAME, LONGEST_ROW, MOST_ROWS, LONGEST_REST = 26, 12, 60, 6, 112  # characters
SHAPES = {"info": "○", "warn": "△", "alarm": "▲", "done": "✓"}


def rows_and_rest(lines: Iterable[str]) -> tuple[list[dict[str, str]], list[str]]:
    """ "name: value" lines as a table, as far as it goes; the other lines."""
    rows: list[dict[str, str]] = []
    rest: list[str] = []
    for line in lines:
        name, value = _row(line)
        if name and len(rows) < MOST_ROWS:
            rows.append({"keyname": name, "value": value})
        elif line:
            rest.append(line)
    return rows, rest


def plain(text: str) -> str:
    """Words of an owner cannot mention somebody, link or colour."""
    return text.translate({ord("<"): "＜", ord(">"): "＞", ord("["): "［", ord("]"): "］", ord("`"): "'"})


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def size(text: str) -> int:
    """In bytes, as WeCom counts."""
    return len(text.encode("utf-8", "replace"))


def _row(line: str) -> tuple[str, str]:
    """("时间", "明天 15:00") of "时间：明天 15:00"; ("", "") of a line that is no such pair."""
    for mark in ("：", ": "):
        name, found, value = line.partition(mark)
        if found and value and len(name) <= LONGEST_ROW_NAME and len(value) <= LONGEST_ROW:
            return name, value
    return "", ""
