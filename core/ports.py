"""What the product needs from outside its process and can do without for a while. Nothing that must last goes here."""

from __future__ import annotations

from typing import Protocol


class Wakeups(Protocol):
    """Tells sleeping senders, in this process and in others, that something waits in the outbox."""

    def ring(self) -> None:
        """Called on any thread, right after a commit."""

    async def wait(self, seconds: float) -> None:
        """Sleep until somebody rings, or that long."""


class RateLimits(Protocol):
    """Token buckets per destination, shared by all senders."""

    async def ask(self, bucket: str, per_second: float, burst: int) -> float:
        """Take one token. 0 when it may go now, else the seconds until one is free; then nothing was taken."""

    async def pause(self, bucket: str, seconds: float) -> None:
        """The platform told us to wait: nothing goes there for that long."""


class Tokens(Protocol):
    """Short-lived platform access tokens, shared by all processes."""

    async def get(self, name: str) -> str | None: ...

    async def put(self, name: str, value: str, seconds: float) -> None: ...

    async def drop(self, name: str) -> None: ...
