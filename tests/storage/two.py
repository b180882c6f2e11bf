"""Two transactions at once: one in hand, one on a thread, and how to tell that it waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import psycopg

from storage.crm import Crm
from tests.chat import Shop

T = TypeVar("T")
_BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@contextmanager
def transaction(shop: Shop) -> Iterator[Crm]:
    """A transaction in hand, committed at the end of the block."""
    with shop.database.engine.connect() as connection, connection.begin():
        crm = shop.database.crm(connection)
        yield crm
        crm.finish()


def together(shop: Shop, changes: Sequence[Callable[[Crm], T]]) -> list[T | Exception]:
    """Commit all of them, each on a thread of its own and all let go at once: results or errors, in order."""
    gate = threading.Barrier(len(changes))

    def run(change: Callable[[Crm], T]) -> T | Exception:
        gate.wait(30)
        try:
            return shop.database.submit(change).result(60)
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(run, changes))


def meanwhile(shop: Shop, change: Callable[[Crm], T]) -> Future[T]:
    """Start a change on PostgreSQL that has to wait for a transaction in hand; returns once it does wait."""
    future = shop.database.submit(change)
    with psycopg.connect(shop.database.url.replace("+psycopg", ""), autocommit=True) as watcher:
        for _ in range(5000):
            row = watcher.execute(_BLOCKED).fetchone()
            if row and row[0]:
                return future
            if future.done():
                break
            watcher.execute("SELECT pg_sleep(0.002)")
    raise AssertionError(f"it did not wait: {future}")
