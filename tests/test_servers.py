"""The real servers start fast, restart with their data and leave nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.servers import Postgres, chromium_path, postgres, redis_server

ROOT = Path(__file__).parent.parent


def test_every_database_is_empty_and_its_own() -> None:
    first, second = postgres().fresh_database(), postgres().fresh_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE owner (name text)")
    with psycopg.connect(second) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT * FROM owner")


def test_data_outlives_a_crash() -> None:
    server = Postgres()
    server.start()
    url = server.fresh_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE owner AS SELECT '李明' AS name")
    server.restart(crash=True)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT name FROM owner").fetchone() == ("李明",)
    server.stop()


def test_redis_stops_and_starts_empty_on_its_port() -> None:
    with redis_server() as server, redis.Redis.from_url(server.url) as client:
        client.set("leader", "1")
        server.restart()
        assert client.get("leader") is None


def test_a_killed_run_leaves_no_server_and_no_directory() -> None:
    script = "from tests.servers import redis_server; redis = redis_server()\n"
    script += "print(redis.port, redis.directory, flush=True); input()"
    run = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    port, directory = run.stdout.readline().split()
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    until = time.monotonic() + 5
    while Path(directory).exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(directory).exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(port)), 1)


def test_a_browser_is_found_or_left_to_playwright() -> None:
    found = chromium_path()
    assert found is None or Path(found).exists()
