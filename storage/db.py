"""The database: one engine, and the two ways in which a change gets committed.

A change is a plain function of a `Crm`. On SQLite one writer thread commits many of them together, each in a
savepoint of its own, and answers only after the commit; on PostgreSQL a pool of threads commits one each.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError

from core.clock import Clock
from core.errors import StoreUnavailable
from core.shop import Shop
from storage.crm import Crm
from storage.crypto import Keys
from storage.premises import PremisesCache
from storage.statements import Prepared

T = TypeVar("T")
Change = Callable[[Crm], T]
GROUP = 64  # changes per commit at the most
POOL_THREADS = 8
BUSY_SECONDS = 30
GIVE_WAY_SECONDS = 0.11
log = logging.getLogger(__name__)
_SAVE, _BACK, _RELEASE = map(Prepared, map(text, ("SAVEPOINT change", "ROLLBACK TO change", "RELEASE change")))
_RETRIED_STATES = {"40001", "40P01"}  # serialisation failure, deadlock: PostgreSQL wants us to try again


@dataclass(slots=True)
class _Job(Generic[T]):
    change: Change[T]
    future: Future[T]


class Database:
    """Runs changes. `run` is for the server (async), `transact` for commands and tests (blocking)."""

    def __init__(self, url: str, keys: Keys, clock: Clock, shop: Shop) -> None:
        self.url = _with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.keys, self.clock, self.shop = keys, clock, shop
        self.on_outbox: Callable[[], None] = _nothing  # called after each commit that left something to send
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._writer: _GroupWriter | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._starting = threading.Lock()
        self._premises = PremisesCache()
        self._closed = False

    def transact(self, change: Change[T]) -> T:
        """Run one change and commit it, here and now. Raises what the change raises, with nothing written."""
        return _patiently(lambda: self._transact_once(change), 0.0)

    def give_way(self) -> None:
        """Between two batches of something long: who waits for SQLite's lock looks for it every 100 ms."""
        if self.is_sqlite:
            time.sleep(GIVE_WAY_SECONDS)

    def submit(self, change: Change[T], patience: float = BUSY_SECONDS) -> Future[T]:
        """Hand a change to the writer; the future is done once it is committed."""
        with self._starting:
            if self._closed:
                raise StoreUnavailable("the database is closed")
            if self.is_sqlite:
                if self._writer is None:
                    self._writer = _GroupWriter(self)
                return self._writer.submit(change)
            if self._pool is None:
                self._pool = ThreadPoolExecutor(POOL_THREADS, thread_name_prefix="store")
            return self._pool.submit(_patiently, lambda: self._transact_once(change), patience)

    def wait_for(self, change: Change[T]) -> T:
        """The same for a thread of its own, which waits for the commit."""
        return self.submit(change).result()

    async def run(self, change: Change[T], patience: float = BUSY_SECONDS) -> T:
        """Run one change and wait for its commit. Raises StoreUnavailable when the database is away that long."""
        return await asyncio.wrap_future(self.submit(change, patience))

    def read(self, question: Change[T]) -> T:
        """Ask something that writes nothing, and wait for no writer."""
        try:
            return self._thrown_away(question, reads_only=True)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._thrown_away(question, reads_only=True)  # it had been cut while nobody looked

    def rehearse(self, change: Change[T]) -> T:
        """What a change would give; what it writes is thrown away. On SQLite it takes the writer's turn."""
        return self._thrown_away(change, reads_only=False)

    def crm(self, connection: Connection) -> Crm:
        return Crm(connection, self.keys, self.shop, self.clock.now(), self._premises)

    def why_away(self, error: BaseException) -> str:
        """One line when the error means that the database cannot be used now, or is none; "" for anything else."""
        cause = error.__cause__ if isinstance(error, StoreUnavailable) and error.__cause__ else error
        if isinstance(cause, (OperationalError, InterfaceError)) or type(cause) is DatabaseError:
            return str(cause.orig).strip().partition("\n")[0]
        return ""

    def close(self) -> None:
        """What was handed in before is committed first."""
        with self._starting:
            self._closed = True
        if self._writer is not None:
            self._writer.close()
        if self._pool is not None:
            self._pool.shutdown()
        self.engine.dispose()

    def _thrown_away(self, question: Change[T], *, reads_only: bool) -> T:
        with self.engine.connect().execution_options(reads_only=reads_only) as connection:
            try:
                return question(self.crm(connection))
            finally:
                connection.rollback()

    def _transact_once(self, change: Change[T]) -> T:
        with self.engine.connect() as connection, connection.begin():
            crm = self.crm(connection)
            result = change(crm)
            crm.finish()
        self.committed(crm)
        return result

    def committed(self, crm: Crm) -> None:
        """Tell those who wait for it. What goes wrong with that undoes nothing: it is written."""
        try:
            for call in crm.on_commit:
                call()
            if crm.wakes_sender:
                self.on_outbox()
        except Exception:
            log.exception("after a commit")


class _GroupWriter:
    """SQLite's one writer: takes what has queued up, gives each change a savepoint, commits once, then answers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self.connection: Connection | None = None
        self.thread = threading.Thread(target=self._work, name="store", daemon=True)
        self.thread.start()

    def submit(self, change: Change[T]) -> Future[T]:
        future: Future[T] = Future()
        self.jobs.put(_Job(change, future))
        return future

    def close(self) -> None:
        self.jobs.put(None)
        self.thread.join()

    def _work(self) -> None:
        more = True
        while more and (first := self.jobs.get()) is not None:
            group, more = self._group(first)
            group = [job for job in group if job.future.set_running_or_notify_cancel()]
            try:
                self.connection = self.connection or self.database.engine.connect()
                self._commit(self.connection, group)
            except Exception as error:
                self._disconnect()
                _answer_all(group, error)
        self._disconnect()

    def _group(self, first: _Job[Any]) -> tuple[list[_Job[Any]], bool]:
        group = [first]
        while len(group) < GROUP:
            try:
                job = self.jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return group, False
            group.append(job)
        return group, True

    def _disconnect(self) -> None:
        """After trouble the next group gets a connection of its own."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with contextlib.suppress(DBAPIError):
                connection.close()

    def _commit(self, connection: Connection, group: list[_Job[Any]]) -> None:
        done: list[tuple[_Job[Any], Crm, Any]] = []
        refused: list[tuple[_Job[Any], BaseException]] = []
        with connection.begin():
            for job in group:
                crm = self.database.crm(connection)
                _SAVE.run(connection)
                try:
                    result = job.change(crm)
                    crm.finish()
                except BaseException as error:
                    _undo(connection)
                    refused.append((job, error))
                else:
                    done.append((job, crm, result))
                _RELEASE.run(connection)
        for job, crm, result in done:
            self.database.committed(crm)
            job.future.set_result(result)
        for job, refusal in refused:
            job.future.set_exception(refusal)


def _undo(connection: Connection) -> None:
    """Back to the savepoint of the change, and out of those that its session opened inside."""
    while inner := connection.get_nested_transaction():
        inner.rollback()
    _BACK.run(connection)


def _answer_all(group: list[_Job[Any]], error: Exception) -> None:
    away = StoreUnavailable(str(error)) if isinstance(error, DBAPIError) else error
    for job in group:
        if not job.future.done():
            job.future.set_exception(away)


def _patiently(once: Callable[[], T], patience: float) -> T:
    """Try again while PostgreSQL asks for it or is away; a change is safe to repeat, its message key is unique."""
    deadline, pause = time.monotonic() + patience, 0.05
    while True:
        try:
            return once()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _RETRIED_STATES:
                if not (isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated):
                    raise
                if time.monotonic() + pause > deadline:
                    raise StoreUnavailable(str(error)) from error
        time.sleep(pause)
        pause = min(pause * 2, 1.0)


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _postgres_engine(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,  # errors are logged, and values may be about people
        pool_size=POOL_THREADS + 4,
        max_overflow=8,
        connect_args={"connect_timeout": 3},
    )


def _sqlite_engine(url: str) -> Engine:
    busy = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=busy)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver would begin too late for savepoints
        memory = ("temp_store=MEMORY", "cache_size=-16000")  # what savepoints need; 16 MB of pages
        rarely = "wal_autocheckpoint=8000"  # 32 MB: a page that many changes touch is copied to its place once
        for pragma in ("journal_mode=WAL", rarely, "synchronous=FULL", "foreign_keys=ON", *memory):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        only_reads = connection.get_execution_options().get("reads_only")
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


def _nothing() -> None:
    return
