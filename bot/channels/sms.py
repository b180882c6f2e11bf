"""Text messages, by the provider of the settings. Each provider is one file: what it is posted, what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.channels import Outgoing
from bot.channels.wire import Wire
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.messages import Bubble
from core.policy import Template

Templates = Callable[[], Mapping[str, Mapping[str, Template]]]


@dataclass(frozen=True, slots=True)
class Text:
    """One message to one phone: the words, and the approved template with its values where there is one."""

    number: int  # the outbox row, which some platforms give back in their receipt
    phone: str  # E.164
    words: str
    template: Template | None = None
    values: tuple[tuple[str, str], ...] = ()


class Provider(Protocol):
    """A platform that sends texts."""

    free: bool  # whether it sends any words; else only what it has approved

    def request(self, text: Text, now: datetime) -> tuple[str, bytes, dict[str, str]]:
        """Address, body and headers of the one post that sends it."""

    def accepted(self, status: int, answer: Any) -> str:
        """The platform's id of the message. Raises DeliveryFailed."""


class SmsChannel:
    """Sends bubbles as text messages; the address is the phone."""

    name = "sms"
    edits_cards = False
    edits_on_tap = False
    away = False

    def __init__(self, settings: Settings, templates: Templates) -> None:
        """templates: asked at each message, since the policy may change."""
        self._provider = provider_of(settings)
        self._templates = templates
        self._wire = Wire()

    async def send(self, outgoing: Outgoing) -> str:
        """Raises DeliveryFailed; a shape that the platform has not approved cannot go this way at all."""
        assert isinstance(outgoing.content, Bubble)
        text = self._text(outgoing, outgoing.content)
        if text.template is None and not self._provider.free:
            raise DeliveryFailed("no approved template for these words", permanent=True, reroute=True)
        url, body, headers = self._provider.request(text, datetime.now(UTC))
        status, answer = await self._wire.post(url, body, headers)
        return self._provider.accepted(status, answer)

    async def close(self) -> None:
        await self._wire.close()

    def _text(self, outgoing: Outgoing, bubble: Bubble) -> Text:
        if bubble.notice is None:
            return Text(outgoing.row_id, outgoing.address, bubble.text)
        template = self._templates().get(bubble.notice.name, {}).get("sms")
        return Text(outgoing.row_id, outgoing.address, bubble.text, template, bubble.notice.fields)


def provider_of(settings: Settings) -> Provider:
    """The one that the settings name; imported only then."""
    if settings.sms_provider == "aliyun":
        from bot.channels.sms_aliyun import Aliyun

        return Aliyun(settings)
    if settings.sms_provider == "tencent":
        from bot.channels.sms_tencent import Tencent

        return Tencent(settings)
    from bot.channels.sms_http import Http

    return Http(settings)


def values_in_order(text: Text) -> list[tuple[str, str]]:
    """The values that the template takes, in its order. Raises DeliveryFailed when the notice lacks one."""
    assert text.template is not None
    given = dict(text.values)
    missing = [name for name in text.template.fields if name not in given]
    if missing:
        raise DeliveryFailed(f"template {text.template.id} wants {', '.join(missing)}", permanent=True, reroute=True)
    return [(name, given[name]) for name in text.template.fields]
