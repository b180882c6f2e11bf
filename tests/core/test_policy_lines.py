"""Every table and key of a policy file is found on its line, however the file is laid out."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from core.policy_lines import Path, lines_of

LAID_OUT = '''# a shop
preset = "nev" # [not a table]

[gate]
"quiet_hours" = """
[talk]
depth = 9
"""
holidays.a = 'x = "y"'
[journeys."冬季 \\u68c0"]
steps = [ # first
  { name = "d3", days = 3 },

  { name = "d9", text = "a, } ] = b", days = 9 },
]
[a . b]
at = 2026-12-24 10:00:00
since = 1.5
[[list]]
x = 1
[list.inner]
y = 2
[[list]]
x = 3
'''

CASES: list[tuple[Path, int]] = [
    (("preset",), 2),
    (("gate",), 4),
    (("gate", "quiet_hours"), 5),
    (("gate", "holidays"), 9),
    (("gate", "holidays", "a"), 9),
    (("journeys",), 10),
    (("journeys", "冬季 检"), 10),
    (("journeys", "冬季 检", "steps"), 11),
    (("journeys", "冬季 检", "steps", 0, "days"), 12),
    (("journeys", "冬季 检", "steps", 1), 14),
    (("journeys", "冬季 检", "steps", 1, "days"), 14),
    (("a", "b", "at"), 17),
    (("a", "b", "since"), 18),
    (("list", 0, "x"), 20),
    (("list", 0, "inner", "y"), 22),
    (("list", 1, "x"), 24),
]


@pytest.mark.parametrize(("path", "line"), CASES)
def test_each_on_its_line(path: Path, line: int) -> None:
    assert lines_of(LAID_OUT)[path] == line


def paths_of(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from paths_of(one, (*path, name))


def test_nothing_that_the_file_says_is_without_a_line() -> None:
    assert set(paths_of(tomllib.loads(LAID_OUT))) == set(lines_of(LAID_OUT))


def test_an_empty_file_has_no_lines() -> None:
    assert lines_of("") == lines_of("# only words") == {}
