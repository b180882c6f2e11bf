"""A shop on either engine: SQLite in a file, PostgreSQL on a real server, both at this version already."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import servers
from tests.chat import Shop

_numbers = itertools.count(1)
MakeUrl = Callable[[], str]


@functools.cache
def _furnished() -> str:
    """The name of a PostgreSQL database with one store in it, to be copied."""
    url = servers.postgres().fresh_database()
    Shop(url).database.close()
    return url.rpartition("/")[2]


def postgres_copy() -> str:
    server, name = servers.postgres(), f"copy_{next(_numbers)}"
    template = _furnished()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.url(name)


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """One store with two general bays and a quick one; Monday 23 November 2026, 10:00."""
    on_sqlite = request.param == "sqlite"
    with Shop(f"sqlite:///{tmp_path}/shop.db") if on_sqlite else Shop(postgres_copy(), stores=()) as shop:
        yield shop


@pytest.fixture
def postgres_shop() -> Iterator[Shop]:
    with Shop(postgres_copy(), stores=()) as shop:
        yield shop


@pytest.fixture
def sqlite_shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop(f"sqlite:///{tmp_path}/shop.db") as shop:
        yield shop


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shop.db"
    return servers.postgres().fresh_database()
