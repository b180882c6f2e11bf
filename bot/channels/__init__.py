"""Channels: each turns what its platform posts into `Inbound`, and sends what `Outgoing` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.messages import Bubble, Card, TapAnswer


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to send, with everything resolved that only the store knew.

    address: the platform's id of the chat (or a robot's URL). edits: the platform's id of the message to change
    instead of sending a new one. row_id: the outbox row, for platforms that take a client's message id. card: the one
    under a tapped button, as it is now, where the answer to a tap is the changed card. way: which one, where the
    platform has several (core/routes.py). link: a page that does what the first button would. accounts: of everybody
    who gets the same words at once.
    """

    row_id: int
    address: str
    content: Bubble | Card | TapAnswer
    edits: str = ""
    language: str = "zh"
    card: Card | None = None
    way: str = ""
    link: str = ""
    accounts: tuple[str, ...] = ()


class Channel(Protocol):
    """The sending side of a platform."""

    name: str  # the first part of a destination: "telegram", "wechat", "wecom", "wecom_bot"
    edits_cards: bool  # false: a change of a card is a new post
    edits_on_tap: bool  # a card changes as the answer to a tap on it, and only so; another change is the card anew

    @property
    def away(self) -> bool:
        """This process cannot send by it now: its rows are left to the one that can."""

    async def send(self, outgoing: Outgoing) -> str:
        """Send it and return the platform's id of the message ("" when it has none). Raises DeliveryFailed."""

    async def close(self) -> None: ...
