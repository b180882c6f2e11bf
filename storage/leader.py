"""Of many processes one looks after what needs to be done once: the ticks, a long connection."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage import locks
from storage.db import Database


class Leader:
    """A lock that PostgreSQL holds as long as this process lives. On SQLite, which one process serves, whoever asks."""

    def __init__(self, database: Database, lock: int = locks.LEADING) -> None:
        self._database = database
        self._lock = lock
        self._connection: Connection | None = None

    def leads(self) -> bool:
        """Whether it is this process; it stays so until it ends or loses its connection. Blocks."""
        if self._database.is_sqlite:
            return True
        try:
            if self._connection is None:
                return self._try()
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.leave()
            return False
        return True

    def leave(self) -> None:
        """Let another one lead, at once: PostgreSQL would notice a closed connection only later."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if not connection.invalidated:
                connection.execute(text(f"SELECT pg_advisory_unlock({self._lock})"))
        except DBAPIError:
            connection.invalidate()
        connection.close()

    def _try(self) -> bool:
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        connection = engine.connect()
        if connection.execute(text(f"SELECT pg_try_advisory_lock({self._lock})")).scalar():
            self._connection = connection
            return True
        connection.close()
        return False
