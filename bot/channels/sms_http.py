"""Texts by any gateway that takes `{"id","phone","text"}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.channels.sms import Text
from bot.channels.wire import JSON, as_json
from bot.settings import Settings
from core.errors import DeliveryFailed


class Http:
    """Posts JSON to SMS_URL; 2xx is accepted, 4xx refused, everything else tried again."""

    free = True

    def __init__(self, settings: Settings) -> None:
        self._url = settings.sms_url

    def request(self, text: Text, now: datetime) -> tuple[str, bytes, dict[str, str]]:
        return self._url, as_json({"id": str(text.number), "phone": text.phone, "text": text.words}), JSON

    def accepted(self, status: int, answer: Any) -> str:
        if 200 <= status < 300:
            return str(answer.get("id", ""))[:64] if isinstance(answer, dict) else ""
        if status == 429:
            raise DeliveryFailed("429 of the SMS gateway", retry_after=30.0)
        raise DeliveryFailed(f"{status} of the SMS gateway", permanent=400 <= status < 500, reroute=status == 422)
