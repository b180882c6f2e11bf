"""Waiting for something to become true, woken by every change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Watch:
    """A lock that its holders leave with a note "something changed" to those who wait."""

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.RLock())

    def __enter__(self) -> Watch:
        self._condition.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._condition.notify_all()
        self._condition.release()

    @property
    def looking(self) -> threading.Condition:
        """The same lock for those who change nothing: `with watch.looking`."""
        return self._condition

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0, what: str = "") -> T:
        """The first true value of the predicate; AssertionError when there is none in time."""
        deadline = time.monotonic() + timeout
        with self.looking:
            while not (value := predicate()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited {timeout} s in vain for {what or predicate}")
                self._condition.wait(left)
            return value
