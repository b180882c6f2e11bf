"""The command line in this process: `huiche("store", "list")` in an empty folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from huiche import main
from tests.product import PREFIX, Outcome

Huiche = Callable[..., Outcome]


@pytest.fixture
def huiche(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Huiche:
    """Settings go without the prefix: `huiche("doctor", TELEGRAM_TOKEN="…")`."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)

    def run(*arguments: str, **settings: str) -> Outcome:
        for name, value in settings.items():
            monkeypatch.setenv(PREFIX + name, value)
        capfd.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capfd.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture
def nanshan(huiche: Huiche) -> Huiche:
    """The same, in a shop with one store, NS, where 王工 (#1) works."""
    assert huiche("store", "add", "NS", "深圳南山店").code == 0
    assert huiche("staff", "add", "王工", "--role", "advisor", "--store", "NS", "--telegram", "77001").code == 0
    return huiche
