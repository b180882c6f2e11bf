"""Telegram: one bot, its Bot API over form posts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.channels import Outgoing
from bot.channels.wire import FORM, TIMEOUT, Wire, as_json
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.messages import Inbound, TapAnswer

if TYPE_CHECKING:
    from bot.channels.telegram_write import Method

POLL_SECONDS = 25
UNTIL_MENDED = 300.0  # seconds; what waits is not lost because a setting is wrong
_DONE_ALREADY = ("message is not modified", "query is too old", "query id is invalid")
_GONE = ("chat not found", "user not found", "peer_id_invalid", "group chat was deactivated")


class TelegramChannel:
    """Sends, and looks after the webhook. Every call raises DeliveryFailed."""

    name = "telegram"
    edits_cards = True
    edits_on_tap = False
    away = False

    def __init__(self, settings: Settings) -> None:
        from bot.channels import telegram_read, telegram_write

        token = settings.telegram_token.get_secret_value()
        self.bot_id = int(token.partition(":")[0])
        self.updates_wanted = telegram_read.UPDATES
        self._read = telegram_read.read
        self._methods = telegram_write.methods
        self._url = f"{settings.telegram_api_base}/bot{token}/"
        self._files = f"{settings.telegram_api_base}/file/bot{token}/"
        self._wire = Wire(settings.telegram_proxy)
        self._username = ""

    def read(self, body: bytes) -> list[Inbound]:
        """One update as it came. Raises BadInput when it is no JSON."""
        return self._read(body, self.bot_id)

    async def send(self, outgoing: Outgoing) -> str:
        """The id of the message (of its last part), "" for the answer to a tap."""
        result: Any = None
        if isinstance(outgoing.content, TapAnswer) and outgoing.content.url.startswith("?"):
            link = f"https://t.me/{await self.username()}{outgoing.content.url}"
            outgoing = replace(outgoing, content=replace(outgoing.content, url=link))
        for method in self._methods(outgoing):
            result = await self._perform(method)
        number = result.get("message_id", "") if isinstance(result, dict) else ""
        return str(number) or outgoing.edits

    async def get_me(self) -> dict[str, Any]:
        """The bot as Telegram knows it: id, username, can_read_all_group_messages …"""
        me: dict[str, Any] = await self.call("getMe", {})
        self._username = str(me.get("username", ""))
        return me

    async def username(self) -> str:
        return self._username or str((await self.get_me()).get("username", ""))

    async def set_webhook(self, public_url: str, secret: str) -> None:
        fields = {"url": f"{public_url}/telegram/webhook", "secret_token": secret}
        await self.call("setWebhook", fields | {"allowed_updates": json.dumps(self.updates_wanted)})

    async def delete_webhook(self) -> None:
        """Updates that wait at Telegram stay there for whoever polls."""
        await self.call("deleteWebhook", {})

    async def webhook_info(self) -> dict[str, Any]:
        """`url`, `pending_update_count`, `last_error_message` …"""
        info: dict[str, Any] = await self.call("getWebhookInfo", {})
        return info

    async def updates(self, offset: int = 0, seconds: int = POLL_SECONDS) -> list[tuple[int, bytes]]:
        """Wait for news: number and body of each update from `offset` on; Telegram forgets the older ones."""
        fields = {
            "offset": str(offset),
            "timeout": str(seconds),
            "allowed_updates": json.dumps(self.updates_wanted),
        }
        found = await self.call("getUpdates", fields, within=seconds + TIMEOUT)
        return [(int(update["update_id"]), as_json(update)) for update in found]

    async def call(self, method: str, fields: dict[str, str], within: float = TIMEOUT) -> Any:
        """The `result` of any Bot API method."""
        body = urlencode(fields, errors="replace").encode()
        status, answer = await self._wire.post(self._url + method, body, FORM, within)
        if isinstance(answer, dict) and answer.get("ok"):
            return answer.get("result")
        raise failure(status, answer)

    async def fetch(self, handle: str, most: int) -> bytes:
        """The file behind a photo's or voice message's id."""
        path = (await self.call("getFile", {"file_id": handle})).get("file_path", "")
        status, body = await self._wire.fetch(self._files + path, most)
        if status != 200:
            raise DeliveryFailed(f"{status} for the file", permanent=status == 404)
        return body

    async def close(self) -> None:
        await self._wire.close()

    async def _perform(self, method: Method) -> Any:
        fields = method.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        form = {name: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for name, v in fields.items()}
        try:
            return await self.call(method.__api_method__, form)
        except DeliveryFailed as problem:
            if problem.permanent and any(words in problem.reason.lower() for words in _DONE_ALREADY):
                return None
            raise


def failure(status: int, answer: Any) -> DeliveryFailed:
    """What a refusal of the Bot API means for the sender."""
    told = answer if isinstance(answer, dict) else {}
    parameters = told.get("parameters") or {}
    reason = f"{status} {told.get('description', 'no answer of the Bot API')}"
    if moved_to := parameters.get("migrate_to_chat_id"):
        return DeliveryFailed(reason, moved_to=str(moved_to))
    if status == 429:
        return DeliveryFailed(reason, retry_after=float(parameters.get("retry_after", 1)))
    if status in {401, 404}:
        wrong = f"{reason}: HUICHE_TELEGRAM_TOKEN is not valid"
        return DeliveryFailed(wrong, permanent=True, retry_after=UNTIL_MENDED)
    if status == 403:
        return DeliveryFailed(reason, permanent=True, reroute=True)
    if status == 400:
        gone = any(words in reason.lower() for words in _GONE)
        return DeliveryFailed(reason, permanent=True, reroute=gone)
    return DeliveryFailed(reason)
