"""How many customer-service messages one owner may still get, and until when.

Entitlements do not add up: each action opens its own, and one message uses up all that are open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

HOUR = 3600.0
GRANTS = {"message": (5, 48 * HOUR), "menu": (3, 60.0), "follow": (3, 60.0), "scan": (3, 60.0)}


@dataclass
class Entitlement:
    left: int
    until: float


@dataclass
class Window:
    """One owner's; times are seconds of the fake's own clock."""

    entitlements: dict[str, Entitlement] = field(default_factory=dict)

    def opened_by(self, action: str, now: float) -> None:
        count, seconds = GRANTS[action]
        self.entitlements[action] = Entitlement(count, now + seconds)

    def refusal(self, now: float) -> int:
        """0, 45015 (closed) or 45047 (open but used up)."""
        still_open = self._open(now)
        if not still_open:
            return 45015
        return 0 if any(one.left for one in still_open) else 45047

    def use(self, now: float) -> None:
        for one in self._open(now):
            one.left = max(0, one.left - 1)

    def use_up(self, now: float) -> None:
        for one in self._open(now):
            one.left = 0

    def close(self) -> None:
        self.entitlements.clear()

    def left(self, now: float) -> int:
        return max((one.left for one in self._open(now)), default=0)

    def _open(self, now: float) -> list[Entitlement]:
        return [one for one in self.entitlements.values() if one.until > now]
