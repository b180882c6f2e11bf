"""What a tick reports of each thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TickItem:
    """One decision. `decision` is send, skip, hold_out or task; `owner` is the owner's id."""

    journey: str
    step: str
    occurrence: str
    owner: int
    plate: str | None
    channel: str
    decision: str
    reason: str
