"""The real product as a process of its own, with its HTTP side and its command line.

with Product(TELEGRAM_API_BASE=telegram.base_url, …) as product:
    assert product.cli("owner", "粤B12345", "--json").json["name"] == "李明"
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from tests import guardian, web
from tests.commands import Files, Start, warm
from tests.servers import free_port

NOTHING = Path(os.devnull)
ROOT = Path(__file__).resolve().parent.parent
PREFIX = "HUICHE_"
STARTS_WITHIN = 40.0
STOPS_WITHIN = 20.0


class Platform(Protocol):
    """A fake that can be wired to the product."""

    @property
    def settings(self) -> dict[str, str]: ...

    def connect(self, product_url: str) -> None: ...


@dataclass(frozen=True)
class Outcome:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.strip(), f"nothing on stdout, exit {self.code}:\n{self.err}"
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """One JSON document a line."""
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


class Product:
    """One process: `serve` unless another command is named; settings go without the prefix HUICHE_."""

    def __init__(
        self,
        *command: str,
        directory: Path | None = None,
        platforms: tuple[Platform, ...] = (),
        port: int | None = None,
        starts: Start = warm,
        **settings: str,
    ) -> None:
        self.command = command or ("serve",)
        self.directory = directory or guardian.directory("shop")
        self.platforms = platforms
        self.starts = starts
        self.port = port or free_port()
        self.settings = {k: v for platform in platforms for k, v in platform.settings.items()} | settings
        self.log_file = self.directory / f"{self.command[0]}-{self.port}.log"
        self.companions: list[Product] = []
        self._process: guardian.Process | None = None

    # --- life -------------------------------------------------------------------------------------

    def start(self, wait: bool = True) -> Product:
        """Start it; with `wait`, until /readyz says 200 (a worker: until it runs)."""
        assert not self.running, "already running"
        arguments = [*self.command, *(["--port", str(self.port)] if self.serves else [])]
        files = Files(NOTHING, self.log_file, self.log_file)
        self._process = self.starts(arguments, self.directory, self.environment, files)
        for platform in self.platforms:
            if self.serves and self.command[0] != "poll":
                platform.connect(self.url)
        if wait:
            self.wait_until_ready()
        return self

    def wait_until_ready(self, timeout: float = STARTS_WITHIN) -> None:
        until = time.monotonic() + timeout
        while self.serves and self.get("/readyz", timeout=2).status != 200:
            assert self.running, f"{self.command} ended with {self.exit_code}:\n{self.log}"
            assert time.monotonic() < until, f"{self.command} is not ready after {timeout} s:\n{self.log}"
            time.sleep(0.02)
        assert self.running, f"{self.command} ended with {self.exit_code}:\n{self.log}"

    def stop(self, patience: float = STOPS_WITHIN) -> int | None:
        """SIGTERM and the exit code; -9 when it did not end in time; None when it did not run."""
        return self._end(signal.SIGTERM, patience)

    def kill9(self) -> None:
        self._end(signal.SIGKILL, 5)

    def restart(self, crash: bool = False) -> Product:
        """Again on the same port, directory and settings."""
        self._end(signal.SIGKILL if crash else signal.SIGTERM, STOPS_WITHIN)
        return self.start()

    def beside(self, *command: str, **settings: str) -> Product:
        """Another process of the same shop, not started yet: `beside("worker")`."""
        companion = Product(*command, directory=self.directory, starts=self.starts)
        companion.settings = self.settings | settings
        self.companions.append(companion)
        return companion

    def __enter__(self) -> Product:
        return self if self.running else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Stop it and all its companions."""
        for one in (self, *self.companions):
            one.stop(5)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.poll()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def serves(self) -> bool:
        return self.command[0] in {"serve", "poll", "demo"}

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""

    # --- talking to it ----------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: Mapping[str, str] | None = None, timeout: float = 30.0) -> web.Answer:
        return web.request("GET", self.url + path, headers=headers, timeout=timeout)

    def post(
        self, path: str, value: object, headers: Mapping[str, str] | None = None, timeout: float = 30.0
    ) -> web.Answer:
        """Bytes go as they are, anything else as JSON."""
        if isinstance(value, bytes):
            return web.request("POST", self.url + path, value, headers, timeout)
        return web.post_json(self.url + path, value, headers, timeout)

    def cli(self, *arguments: str, stdin: str = "", timeout: float = 120.0, **settings: str) -> Outcome:
        """`huiche ARGUMENTS…` with the same settings and directory."""
        environment = self.environment | {PREFIX + name: value for name, value in settings.items()}
        with tempfile.TemporaryDirectory() as folder:
            files = Files(*(Path(folder, name) for name in ("stdin", "stdout", "stderr")))
            files.stdin.write_text(stdin, "utf-8")
            process = self.starts(list(arguments), self.directory, environment, files)
            try:
                code = process.wait(timeout)
            finally:
                guardian.end(process, signal.SIGKILL)
            return Outcome(code, files.out.read_text("utf-8"), files.err.read_text("utf-8"))

    @property
    def environment(self) -> dict[str, str]:
        """This run's own environment without any HUICHE_ but the given ones."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        given = {PREFIX + name: value for name, value in self.settings.items()}
        path = os.pathsep.join(filter(None, (str(ROOT), inherited.get("PYTHONPATH"))))
        return inherited | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"} | given

    def _end(self, sign: signal.Signals, patience: float) -> int | None:
        if self._process is None:
            return None
        code = guardian.end(self._process, sign, patience)
        self._process = None
        return code
