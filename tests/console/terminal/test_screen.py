"""What a terminal shows, and what a pipe does not."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.conftest import MakeProduct
from tests.product import Product


def on_a_terminal(shop: Product, *arguments: str) -> str:
    """Everything the command wrote while stdout and stderr were a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "huiche", *arguments]
    process = subprocess.Popen(command, cwd=shop.directory, env=shop.environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    while part := _read(ours):
        written += part
    os.close(ours)
    assert process.wait() == 0
    return written.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says EIO once the other side is closed
        return b""


def owners(directory: Path) -> None:
    lines = ["姓名,手机", *(f"车主{n},139{n:08d}" for n in range(250))]
    (directory / "owners.csv").write_text("\n".join(lines), "utf-8")


def test_a_bar_and_colour_on_a_terminal_and_neither_in_a_pipe(product: MakeProduct) -> None:
    shop = product(start=False)
    owners(shop.directory)
    shown = on_a_terminal(shop, "import", "owners.csv")
    assert "200/250" in shown
    assert "█" in shown
    assert "\x1b[1m250 rows of owners" in shown
    piped = shop.cli("import", "owners.csv")
    assert "250 rows of owners" in piped.out
    assert "█" not in piped.out + piped.err
    assert "\x1b" not in piped.out + piped.err


def test_columns_stand_under_each_other_in_chinese(product: MakeProduct) -> None:
    from console.terminal.screen import width

    shop = product(start=False)
    shop.cli("store", "add", "NS", "深圳南山店")
    shop.cli("store", "add", "LONGCODE", "Li")
    head, *rows = shop.cli("store", "list").out.splitlines()
    places = {width(row[: row.index("09:00")]) for row in rows}
    assert places == {width(head[: head.index("hours")])}
