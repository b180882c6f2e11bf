"""Which ports this installation has: on Redis where it is set up, else inside the process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.ports import RateLimits, Tokens, Wakeups
from storage.local import LocalRateLimits, LocalTokens, LocalWakeups

if TYPE_CHECKING:
    from storage.redis_ports import Link, RedisWakeups


@dataclass(slots=True)
class Ports:
    """The three ports, and their life where they have one."""

    wakeups: Wakeups
    limits: RateLimits
    tokens: Tokens
    shared: tuple[Link, RedisWakeups] | None = None

    async def open(self) -> None:
        if self.shared:
            await self.shared[1].open()

    async def answers(self) -> bool:
        """Whether Redis does; without one there is nothing to answer."""
        if self.shared is None:
            return True
        link = self.shared[0]
        return (await link.ask(link.redis.ping))[0]

    async def close(self) -> None:
        if self.shared:
            await self.shared[1].close()
            await self.shared[0].close()


def ports(redis_url: str) -> Ports:
    """The ports for that setting; an address of Redis need not answer yet."""
    if not redis_url:
        return Ports(LocalWakeups(), LocalRateLimits(), LocalTokens())
    from storage.redis_ports import Link, RedisRateLimits, RedisTokens, RedisWakeups

    link = Link(redis_url)
    wakeups = RedisWakeups(link)
    return Ports(wakeups, RedisRateLimits(link), RedisTokens(link), (link, wakeups))
