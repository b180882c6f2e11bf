"""What waits for the same talk while the store is busy: it is taken together as soon as the store gets to it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field

from core.messages import Heard
from handlers import Arrived

Outcome = tuple[Heard, str]  # what became of a message, and the name of this try of it


@dataclass(slots=True, eq=False)
class Burst:
    """Messages of one talk, in the order in which they came. Joined on the loop, taken on a store thread."""

    arrived: list[Arrived] = field(default_factory=list)
    hearing: asyncio.Task[list[Outcome]] | None = None  # one for each message
    _taken: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def join(self, one: Arrived) -> int | None:
        """Its place among them. None: they have been taken, what comes now makes a burst of its own."""
        with self._lock:
            if self._taken:
                return None
            self.arrived.append(one)
            return len(self.arrived) - 1

    def take(self) -> list[Arrived]:
        """All of them; nothing joins any more. A change that is tried again gets the same."""
        with self._lock:
            self._taken = True
            return self.arrived
