"""No server of a test run outlives it, however the run ends.

A small process of its own holds the other end of a pipe. When the pipe closes, because the run ended or was
killed, it stops the process groups that are still listed and removes the run's directories.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any, Protocol

PATIENCE = 3.0
PATIENCE_AFTER_THE_RUN = 1.0
_lock = threading.Lock()
_guardian: subprocess.Popen[str] | None = None
_started: list[Process] = []


class Process(Protocol):
    """What the guardian needs of one; it leads a group of its own."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...


def start(command: list[str], **options: Any) -> Process:
    """A process in a group of its own, which ends with this run at the latest."""
    options = {"stdin": subprocess.DEVNULL} | options
    return watch(subprocess.Popen(command, start_new_session=True, **options))


def watch(process: Process) -> Process:
    """It ends with this run at the latest."""
    _started.append(process)
    _tell(f"group {process.pid}")
    return process


def end(process: Process, sign: signal.Signals, patience: float = PATIENCE) -> int:
    """Signal the whole group; kill what has not ended in time. The exit code."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, sign)
    try:
        code = process.wait(patience)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
    _tell(f"ended {process.pid}")
    if process in _started:
        _started.remove(process)
    return code


def directory(prefix: str) -> Path:
    """A new temporary directory, removed when the run ends."""
    path = Path(tempfile.mkdtemp(prefix=f"huiche-{prefix}-"))
    _tell(f"remove {path}")
    return path


def _tell(line: str) -> None:
    global _guardian  # noqa: PLW0603 - one guardian per run
    with _lock:
        if _guardian is None:
            _guardian = subprocess.Popen(
                [sys.executable, "-I", "-S", __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
            atexit.register(_leave)
        assert _guardian.stdin is not None
        _guardian.stdin.write(line + "\n")
        _guardian.stdin.flush()


def _leave() -> None:
    for process in tuple(_started):
        end(process, signal.SIGINT)
    if _guardian is not None and _guardian.stdin is not None:
        _guardian.stdin.close()
        _guardian.wait(60)


def _watch(lines: IO[str]) -> None:
    """The guardian's own life."""
    groups: set[int] = set()
    directories: list[str] = []
    for line in lines:
        verb, _, rest = line.rstrip("\n").partition(" ")
        if verb == "group":
            groups.add(int(rest))
        elif verb == "ended":
            groups.discard(int(rest))
        elif verb == "remove":
            directories.append(rest)
    _stop(groups)
    for path in directories:
        shutil.rmtree(path, ignore_errors=True)


def _stop(groups: set[int]) -> None:
    for group in groups:
        _signal(group, signal.SIGINT)
    until = time.monotonic() + PATIENCE_AFTER_THE_RUN
    while groups and time.monotonic() < until:
        groups = {group for group in groups if _signal(group, None)}
        time.sleep(0.02)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group: int, sign: signal.Signals | None) -> bool:
    """False when nobody is left in the group."""
    try:
        os.killpg(group, sign or 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    _watch(sys.stdin)
