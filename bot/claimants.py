"""Who holds a claim in the outbox: a name by which other processes can tell whether it still lives."""

from __future__ import annotations

import hashlib
import itertools
import os
import socket
from collections.abc import Iterable
from pathlib import Path

_numbers = itertools.count(1)


def new_name() -> str:
    """Machine, process, when the process started, and which of its senders: "9f2c…:4711:88123:1"."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}:{next(_numbers)}"


def dead(names: Iterable[str]) -> list[str]:
    """Those whose process has ended for certain. Of other machines nothing is certain: their leases run out."""
    return [name for name in names if _has_ended(name)]


def _has_ended(name: str) -> bool:
    machine, _, rest = name.partition(":")
    pid, _, rest = rest.partition(":")
    if machine != _machine() or not pid.isdecimal():
        return False
    return _started(int(pid)) != rest.partition(":")[0]


def _machine() -> str:
    """This machine, and within it this container: process numbers mean nothing outside of it."""
    try:
        space = os.readlink("/proc/self/ns/pid") + Path("/proc/sys/kernel/random/boot_id").read_text("ascii")
    except OSError:
        space = ""
    return hashlib.sha256(f"{socket.gethostname()} {space}".encode()).hexdigest()[:16]


def _started(pid: int) -> str:
    """When that process started, in a form that tells it from an earlier one of the same number; "" for none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
    except OSError:
        return "running" if not Path("/proc/self").exists() and _exists(pid) else ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
