"""Channels: each turns what its platform posts into `Inbound`, and sends what `Outgoing` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.messages import Bubble, Card, TapAnswer


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to send, with everything resolved that only the store knew.

    address: the platform's id of the chat (or a robot's URL). edits: the platform's id of the message to change
    instead of sending a new one. row_id: the outbox row, for platforms that take a client's message id.
    """

    row_id: int
    address: str
    content: Bubble | Card | TapAnswer
    edits: str = ""
    language: str = "zh"


class Channel(Protocol):
    """The sending side of a platform."""

    name: str  # the first part of a destination: "telegram", "wechat", "wecom"
    edits_cards: bool  # false: a change of a card is a new post

    async def send(self, outgoing: Outgoing) -> str:
        """Send it and return the platform's id of the message ("" when it has none). Raises DeliveryFailed."""

    async def close(self) -> None: ...
