"""Rooms import in one direction, and every SDK has one home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = [
    {"core"}, {"storage"}, {"flows", "intake"}, {"journeys"}, {"handlers"},
    {"bot"}, {"console"}, {"webhook"}, {"huiche"},
]  # fmt: skip
ROOMS = set().union(*FLOORS)
HOMES = {
    "aiogram": {"bot"}, "wechatpy": {"bot"}, "openai": {"bot"},
    "sqlmodel": {"storage"}, "sqlalchemy": {"storage"}, "alembic": {"storage"},
    "psycopg": {"storage"}, "redis": {"storage"},
    "numpy": {"core"},
    "fastapi": {"webhook", "console"}, "starlette": {"webhook", "console"},
}  # fmt: skip
COUNTS = {"numpy": Path("core/prediction")}  # what core/ may import besides, and the only part that may
DRAWERS = {"utils", "services", "helpers", "common"}


def modules() -> Iterator[tuple[Path, str]]:
    """Each of our files and the room it belongs to."""
    for path in sorted(ROOT.glob("*.py")) + [p for room in sorted(ROOMS) for p in sorted(ROOT.glob(f"{room}/**/*.py"))]:
        yield path.relative_to(ROOT), path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def test_rooms_import_only_what_lies_below() -> None:
    wrong = [
        f"{path} imports {name}: pass it in from huiche.py, or move what you need down to a lower room"
        for path, room in modules()
        for name in imported(path) & ROOMS - {room}
        if floor(name) >= floor(room)
    ]
    assert not wrong, "\n".join(wrong)


def test_core_is_pure() -> None:
    wrong = [
        f"{path} imports {name}: core/ knows only the standard library, core/prediction/ numpy: IO goes behind a port"
        for path, room in modules()
        if room == "core"
        for name in imported(path) - sys.stdlib_module_names - {"core"}
        if name not in COUNTS or COUNTS[name] not in path.parents
    ]
    assert not wrong, "\n".join(wrong)


def test_sdks_stay_at_home() -> None:
    wrong = [
        f"{path} imports {name}: only {' and '.join(sorted(HOMES[name]))} may; use a port of core/ instead"
        for path, room in modules()
        for name in imported(path) & HOMES.keys()
        if room not in HOMES[name]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_drawer_for_odds_and_ends() -> None:
    wrong = [
        f"{path}: name the file by the shop's word for what it does, in the room that uses it"
        for path, _ in modules()
        if DRAWERS & set(path.parts[:-1]) or (len(path.parts) == 1 and path.stem in DRAWERS)
    ]
    assert not wrong, "\n".join(wrong)
