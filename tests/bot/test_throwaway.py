"""A folder that is thrown away is gone however its process ends, at the latest when the next one begins."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USES_IT = """
import os, signal
from bot.throwaway import throw_away_folder
with throw_away_folder() as folder:
    (folder / "rehearsal.db").write_text("车主")
    os.kill(os.getpid(), {signal})
"""


def ends_by(number: int, temporary: Path) -> int:
    """A process that gets that signal while it has such a folder; 0: it comes to its end."""
    return python(USES_IT.format(signal=number), temporary)


def python(code: str, temporary: Path) -> int:
    environment = {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=False, env=environment, stderr=subprocess.DEVNULL).returncode


@pytest.mark.parametrize("number", [0, signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_ends_or_is_stopped(tmp_path: Path, number: int) -> None:
    ends_by(number, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_gone_when_the_next_begins(tmp_path: Path) -> None:
    assert ends_by(signal.SIGKILL, tmp_path) == -signal.SIGKILL
    assert [one.name for folder in tmp_path.iterdir() for one in folder.glob("*.db")] == ["rehearsal.db"]
    ends_by(0, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_may_look_into_it_and_one_that_is_in_use_stays(tmp_path: Path) -> None:
    inside = "from bot.throwaway import throw_away_folder\n"
    inside += "with throw_away_folder() as one, throw_away_folder() as other:\n"
    inside += "    assert one.exists() and other.exists() and one.stat().st_mode & 0o077 == 0\n"
    assert python(inside, tmp_path) == 0
