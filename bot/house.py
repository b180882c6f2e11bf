"""Everything one process works with. Built in one place, `bot/wiring.py`, and handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.channels import Channel
from bot.model import Model
from bot.settings import Settings
from core.clock import Clock
from core.policy import Policy
from core.ports import RateLimits, Tokens, Wakeups
from core.shop import Shop
from storage.db import Database
from storage.ports import Ports

if TYPE_CHECKING:
    from bot.bursts import Burst  # brings every talk: a command that only looks something up need not wait for it


@dataclass(slots=True)
class House:
    """The parts of a running Huiche."""

    settings: Settings
    clock: Clock
    database: Database
    ports: Ports
    channels: dict[str, Channel] = field(default_factory=dict)
    demo: bool = False
    model: Model | None = None  # where one is set: everything works without
    bursts: dict[tuple[str, str], Burst] = field(default_factory=dict)  # what waits for each talk
    policy_text: str = ""  # of the policy in force
    ready: bool = False  # everything of this process runs: /readyz says so

    @property
    def shop(self) -> Shop:
        """As it is now; a turn keeps what it began with."""
        return self.database.shop

    def take(self, policy: Policy, text: str) -> None:
        """The policy of the next turn and tick."""
        self.database.shop = replace(self.database.shop, policy=policy)
        self.policy_text = text

    @property
    def wakeups(self) -> Wakeups:
        return self.ports.wakeups

    @property
    def limits(self) -> RateLimits:
        return self.ports.limits

    @property
    def tokens(self) -> Tokens:
        return self.ports.tokens

    async def close(self) -> None:
        """Let go of connections; the last thing a process does."""
        for channel in self.channels.values():
            await channel.close()
        if self.model is not None:
            await self.model.close()
        await self.ports.close()
        self.database.close()
