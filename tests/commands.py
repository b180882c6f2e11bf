"""`huiche COMMAND` as a process of its own: cold, as people type it, or warm, with its imports behind it.

Importing what a command needs takes a second or two of work, and the tests start commands by the hundred. So one
process of this run imports it once and forks itself for each of them: real processes, with pids, signals and exit
codes of their own. Files are opened as a shell does: `< stdin >> out 2>> err`.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests import guardian

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["webhook", "bot.worker", "bot.polling", "alembic.command", "aiogram", "uvicorn"])
LOOKS_EVERY = 0.005


@dataclass(frozen=True)
class Files:
    """Where a process reads and writes."""

    stdin: Path
    out: Path
    err: Path

    def open(self) -> None:
        """As this process's own."""
        adding = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        for number, name, flags in ((0, self.stdin, os.O_RDONLY), (1, self.out, adding), (2, self.err, adding)):
            opened = os.open(name, flags, 0o644)
            os.dup2(opened, number)
            os.close(opened)


Start = Callable[[list[str], Path, dict[str, str], Files], guardian.Process]  # arguments, directory, environment, files


def cold(arguments: list[str], directory: Path, environment: dict[str, str], files: Files) -> guardian.Process:
    """`python -m huiche`."""
    with files.stdin.open("rb") as stdin, files.out.open("ab") as out, files.err.open("ab") as err:
        command = [sys.executable, "-m", "huiche", *arguments]
        return guardian.start(command, cwd=directory, env=environment, stdin=stdin, stdout=out, stderr=err)


def warm(arguments: list[str], directory: Path, environment: dict[str, str], files: Files) -> guardian.Process:
    """A fork of what has all imports behind it."""
    return guardian.watch(_Fork(arguments, directory, environment, files))


class _Fork:
    """As much of subprocess.Popen as tests need."""

    def __init__(self, *life: Any) -> None:
        here, there = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_live, args=(*life, there))
        self._one_at_a_time = threading.Lock()  # several threads of a test may ask how it is
        self._process.start()
        there.close()
        here.recv()  # from here on it leads a group of its own, as who ends it expects
        here.close()
        self.pid: int = self._process.pid or 0

    def poll(self) -> int | None:
        """The exit code; negative for the signal that ended it; None while it runs."""
        with self._one_at_a_time:
            return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        until = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("huiche", timeout or 0)
            time.sleep(LOOKS_EVERY)
        return code


def _live(arguments: list[str], directory: Path, environment: dict[str, str], files: Files, ready: Connection) -> None:
    os.setsid()
    ready.send(True)
    ready.close()
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    files.open()
    _speak_utf8()
    sys.argv = ["huiche", *arguments]
    import huiche

    sys.exit(huiche.main())


def _speak_utf8() -> None:
    """What the environment of a cold start asks of Python."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the life of the process
    sys.stdout = open(1, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
