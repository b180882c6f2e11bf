"""Asking the store from a page or the API: on a thread of its own, so that nobody else waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.house import House
from core.errors import StoreUnavailable
from storage.crm import Crm

T = TypeVar("T")


async def ask(house: House, question: Callable[[Crm], T]) -> T:
    """The answer; whatever the question writes is thrown away. Raises StoreUnavailable."""
    try:
        return await asyncio.to_thread(house.database.read, question)
    except Exception as error:
        if away := house.database.why_away(error):
            raise StoreUnavailable(away) from error
        raise
