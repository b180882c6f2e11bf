"""What a command shows: one document on stdout, or lines and tables; progress on stderr."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

BAR = 24
_COLOURS = {"good": "32", "warn": "33", "bad": "31", "dim": "2", "bold": "1"}


def document(value: Any) -> None:
    """The one JSON document of `--json`."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def hint(line: str) -> None:
    """Words for a person, beside the result."""
    print(line, file=sys.stderr)


def wrong_use(line: str) -> int:
    """Say what was wrong; the exit code of wrong use."""
    print(paint(line, "bad", sys.stderr), file=sys.stderr)
    return 2


def paint(text: str, colour: str, stream: Any = None) -> str:
    """Coloured on a terminal, plain anywhere else."""
    stream = stream or sys.stdout
    plain = not stream.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest cell; Chinese characters count twice."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
    for index, line in enumerate(lines):
        cells = [cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(line)]
        text = "  ".join(cells).rstrip()
        print(text if index else paint(text, "dim"))


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Progress:
    """A bar on stderr while something long runs; nothing when nobody looks."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, max(total, 1), 0
        self.shown = sys.stderr.isatty()

    def on(self, count: int) -> None:
        """So many more are done."""
        self.done = min(self.done + count, self.total)
        if self.shown:
            filled = self.done * BAR // self.total
            bar = "█" * filled + "░" * (BAR - filled)
            print(f"\r{self.what} {bar} {self.done}/{self.total}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        self.on(0)
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
