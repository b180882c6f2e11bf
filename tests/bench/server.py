"""A server under measurement: its processes, all pinned to one core, and what they use."""

import asyncio
import os
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self

import psutil

SERVER_CORE, OWN_CORE = (min(os.sched_getaffinity(0)), max(os.sched_getaffinity(0)))


@dataclass(frozen=True)
class Usage:
    """Seconds of CPU since start, megabytes now, of the whole tree."""

    cpu: float
    rss: float


class Server:
    """Commands that together are one server side; they start in order and end together."""

    def __init__(
        self, port: int, *commands: Sequence[str], env: Mapping[str, str], folder: Path, path: str = "/readyz"
    ) -> None:
        self.port, self.commands, self.env, self.folder, self.path = port, commands, env, folder, path
        self.processes: list[psutil.Popen] = []
        self.started = 0.0

    def __enter__(self) -> Self:
        self.log = (self.folder / "log.txt").open("wb")
        self.started = perf_counter()
        for command in self.commands:
            process = psutil.Popen(
                command,
                env={**os.environ, **self.env},
                cwd=self.folder,
                stdout=self.log,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
            )
            self.processes.append(process)
        return self

    def __exit__(self, *_: object) -> None:
        tree = [one for process in self.processes for one in (*process.children(recursive=True), process)]
        for process in tree:
            process.terminate()
        for process in psutil.wait_procs(tree, timeout=5)[1]:
            process.kill()
        self.log.close()

    async def ready(self, patience: float = 60) -> float:
        """Waits until the server answers at all; seconds since its start."""
        while perf_counter() - self.started < patience:
            self.expect_alive()
            if await asyncio.to_thread(answers, self.port, self.path):
                return perf_counter() - self.started
            await asyncio.sleep(0.02)
        raise RuntimeError(f"not ready within {patience:.0f} s:\n{self.last_words()}")

    def expect_alive(self) -> None:
        if any(process.poll() is not None for process in self.processes):
            raise RuntimeError(f"the server ended by itself:\n{self.last_words()}")

    def last_words(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")[-2000:]

    def usage(self) -> Usage:
        tree = [one for process in self.processes for one in (process, *process.children(recursive=True))]
        times = [one.cpu_times() for one in tree]
        return Usage(
            cpu=sum(time.user + time.system for time in times),
            rss=sum(one.memory_info().rss for one in tree) / 1e6,
        )


def answers(port: int, path: str) -> bool:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(request.encode())
            status = connection.recv(64)
    except OSError:
        return False
    return status.startswith(b"HTTP/") and status[9:10] != b"5"
