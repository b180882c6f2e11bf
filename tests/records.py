"""What a running product wrote, read from its database from outside.

assert count(shop, "appointment", "status = 'booked'") == 1
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.product import Product


def ask(shop: Product, question: str) -> list[tuple[Any, ...]]:
    """The rows that an SQL question finds."""
    url = shop.settings.get("DATABASE_URL", f"sqlite:///{shop.directory}/huiche.db")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(question))]
        connection.rollback()
    engine.dispose()
    return found


def count(shop: Product, table: str, condition: str = "1 = 1") -> int:
    ((number,),) = ask(shop, f"SELECT count(*) FROM {table} WHERE {condition}")
    return int(number)


def settled(shop: Product, patience: float = 30.0) -> None:
    """Wait until nothing is on its way any more."""
    until = time.monotonic() + patience
    while waiting := ask(
        shop, "SELECT id, destination, state, reason FROM outbox WHERE state IN ('queued', 'claimed')"
    ):
        assert time.monotonic() < until, f"still on its way: {waiting}"
        time.sleep(0.02)
