"""Which line of a TOML text says what: `tomllib` keeps the values and forgets the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]  # ("journeys", "winter", "steps", 0, "days")

_TOKENS = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<gap>\#[^\n]*|[ \t\r]+)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)
_ESCAPES = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Path, int]:
    """Each table and key of a text that `tomllib` takes, with the line on which it first stands."""
    return _Reader(text).read()


class _Reader:
    """Walks the tokens of a valid text once."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.place = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}  # of the tables in each [[array]]

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self.place < len(self.tokens):
            if self._is("\n"):
                self.place += 1
            elif self._is("["):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Path:
        """[a.b] or [[a.b]]; every name of it may be an array of tables, whose last one is meant."""
        self.place += 1
        is_array = self._is("[")
        self.place += is_array
        line = self.tokens[self.place].line
        path: Path = ()
        names = self._names()
        for name in names:
            path = self._last_of((*path, name)) if name is not names[-1] or not is_array else (*path, name)
        if is_array:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = (*path, self.counts[path])
        self._mark(path, line)
        self.place += 1 + is_array
        return path

    def _last_of(self, path: Path) -> Path:
        return (*path, self.counts[path]) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        line = self.tokens[self.place].line
        path = (*table, *self._names())
        self._mark(path, line)
        self.place += 1  # =
        self._value(path)

    def _mark(self, path: Path, line: int) -> None:
        """The tables that it stands in are there from the same line on, unless they were before."""
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _names(self) -> list[str]:
        names = [self._name()]
        while self._is("."):
            self.place += 1
            names.append(self._name())
        return names

    def _name(self) -> str:
        token = self.tokens[self.place]
        self.place += 1
        return _unquoted(token.text) if token.kind == "string" else token.text

    def _value(self, path: Path) -> None:
        if self._is("["):
            self._elements(path)
        elif self._is("{"):
            self._inline(path)
        else:
            while self.place < len(self.tokens) and self.tokens[self.place].text not in ("\n", ",", "]", "}"):
                self.place += 1

    def _elements(self, path: Path) -> None:
        self.place += 1
        number = 0
        while not self._is("]"):
            if self._is("\n") or self._is(","):
                self.place += 1
                continue
            self.lines.setdefault((*path, number), self.tokens[self.place].line)
            self._value((*path, number))
            number += 1
        self.place += 1

    def _inline(self, path: Path) -> None:
        self.place += 1
        while not self._is("}"):
            if self._is("\n") or self._is(","):
                self.place += 1
            else:
                self._pair(path)
        self.place += 1

    def _is(self, mark: str) -> bool:
        if self.place >= len(self.tokens):
            return False
        token = self.tokens[self.place]
        return token.kind != "string" and token.text == mark


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKENS.finditer(text.removeprefix("\ufeff")):
        kind = str(match.lastgroup)
        if kind != "gap":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")


def _unquoted(text: str) -> str:
    if text.startswith("'"):
        return text[1:-1]
    plain = _ESCAPES.sub(lambda found: chr(int(found[1][1:], 16)), text[1:-1])
    return plain.replace('\\"', '"').replace("\\\\", "\\")
