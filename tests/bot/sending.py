"""One channel, used for a moment, in a loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.channels import Channel, Outgoing
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.messages import Bubble, Button, Card, Choice, TapAnswer
from tests.product import Platform

CARD = Card(
    12,
    "新预约 <急>",
    ("时间：11 月 24 日（周二）15:00", "项目：保养 · 粤B·**345", "车主：李**"),
    ((Button("take", "我来"),),),
    footer="等待领取",
)
TIMES = Bubble("几点方便？", (Choice("1:at=10", "10:00"), Choice("1:at=14", "14:00")))


def settings_of(*platforms: Platform, **given: str) -> Settings:
    wanted = {k: v for platform in platforms for k, v in platform.settings.items()} | given
    return Settings.model_validate({name.lower(): value for name, value in wanted.items()})


def use(channel: Channel, work: Callable[[], Awaitable[Any]]) -> Any:
    """What the work gives; the channel is closed afterwards, in the same loop."""

    async def run() -> Any:
        try:
            return await work()
        finally:
            await channel.close()

    return asyncio.run(run())


def send(channel: Channel, address: str, content: Bubble | Card | TapAnswer, edits: str = "") -> str:
    number: str = use(channel, lambda: channel.send(Outgoing(1, address, content, edits)))
    return number


def refused(channel: Channel, address: str, content: Bubble | Card | TapAnswer, edits: str = "") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        send(channel, address, content, edits)
    return caught.value


def verdict(failure: DeliveryFailed) -> str:
    """In one word, what the sender is told to do."""
    if failure.moved_to:
        return f"moved to {failure.moved_to}"
    if failure.retry_after is not None:
        return f"wait {failure.retry_after:g}"
    if failure.unknown:
        return "unknown"
    if failure.permanent:
        return "reroute" if failure.reroute else "permanent"
    return "retry"
