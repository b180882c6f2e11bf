"""Reads articles of the knowledge base: Markdown with a head of `name: value` lines between two lines of ---."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.errors import BadInput
from core.knowledge import Article

_FENCE = "---"
_LONGEST = 20_000
_KEYS = ("title", "title_en", "stores", "valid_from", "valid_until", "questions")
_SLUG_BYTES = 96
Head = dict[str, tuple[int, list[str]]]  # name → its line and its values


def files_of(paths: list[Path]) -> list[tuple[str, Path]]:
    """(slug, file) of every article: a folder's Markdown files by their path inside it, a file by its name.

    A README says something about the folder and is none. Raises BadInput for a path that is not there.
    """
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            pages = sorted(page for page in path.rglob("*.md") if page.stem.lower() != "readme")
            found += [(page.relative_to(path).with_suffix("").as_posix(), page) for page in pages]
        elif path.is_file():
            found.append((path.stem, path))
        else:
            raise BadInput(f"{path}: there is no such file or folder")
    return found


def read_article(slug: str, text: str, stores: Collection[str]) -> tuple[Article | None, list[str]]:
    """The article, or what is wrong with it, each as "line: what to do"."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != _FENCE:
        return None, ["1: begin with a line of --- and the article's head"]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), None)
    if end is None:
        return None, [f"{len(lines)}: end the head with a line of ---"]
    head, errors = _head(lines[1:end])
    body = "\n".join(lines[end + 1 :]).strip()
    errors += _wrong_values(head, stores)
    if not body:
        errors.append(f"{len(lines)}: write the answer below the head")
    if len(text) > _LONGEST or len(slug.encode()) > _SLUG_BYTES:
        errors.append(f"1: at most {_LONGEST} characters, in a file whose name has at most {_SLUG_BYTES} bytes")
    return (None if errors else _article(slug, head, body)), sorted(errors, key=lambda e: int(e.partition(":")[0]))


def _head(lines: list[str]) -> tuple[Head, list[str]]:
    """`name: value`, or `name:` and below it lines of `- value`."""
    head: Head = {}
    errors: list[str] = []
    name = ""
    for number, line in enumerate(lines, 2):
        plain = line.strip()
        if not plain or plain.startswith("#"):
            continue
        if plain.startswith("- ") and name:
            head[name][1].append(plain[2:].strip().strip("\"'"))
            continue
        name, error = _entry(plain, number, head)
        errors += [f"{number}: {error}"] if error else []
    return head, errors


def _entry(plain: str, number: int, head: Head) -> tuple[str, str]:
    """Take one `name: value` into the head: its name, and what is wrong."""
    name, colon, value = (part.strip() for part in plain.replace("：", ":", 1).partition(":"))
    if not colon:
        return "", f"write name: value, not {plain[:40]!r}"
    if name not in _KEYS:
        return "", f"there is no {name!r}: use {', '.join(_KEYS)}"
    if name in head:
        return name, f"{name} stands here twice"
    value = value.strip("\"'")
    listed = value.strip("[]").replace("，", ",").split(",") if name in ("stores", "questions") else [value]
    head[name] = (number, [word.strip().strip("\"'") for word in listed if word.strip()])
    return name, ""


def _wrong_values(head: Head, stores: Collection[str]) -> list[str]:
    errors = [] if _first(head, "title") else ["1: give the article a title"]
    errors += [
        f"{head[name][0]}: {name} has at most 120 characters"
        for name in ("title", "title_en")
        if len(_first(head, name)) > 120
    ]
    errors += [
        f"{head[name][0]}: {name} is a day such as 2026-12-31, not {_first(head, name)!r}"
        for name in ("valid_from", "valid_until")
        if _first(head, name) and _day(head, name) is None
    ]
    since, until = _day(head, "valid_from"), _day(head, "valid_until")
    if since and until and until < since:
        errors.append(f"{head['valid_until'][0]}: valid_until comes before valid_from")
    number, codes = head.get("stores", (0, []))
    known = ", ".join(sorted(stores))
    return errors + [f"{number}: there is no store {code!r}: {known}" for code in codes if code not in stores]


def _article(slug: str, head: Head, body: str) -> Article:
    plain = Article(slug, _first(head, "title"), tuple(head.get("questions", (0, []))[1]), body)
    return replace(
        plain,
        title_en=_first(head, "title_en"),
        stores=frozenset(head.get("stores", (0, []))[1]),
        valid_from=_day(head, "valid_from"),
        valid_until=_day(head, "valid_until"),
    )


def _first(head: Head, name: str) -> str:
    values = head.get(name, (0, []))[1]
    return values[0] if values else ""


def _day(head: Head, name: str) -> date | None:
    read: Callable[[str], date] = date.fromisoformat
    try:
        return read(_first(head, name)) if _first(head, name) else None
    except ValueError:
        return None
