"""WeCom's group robot (群机器人): it posts and hears nothing, so its cards lead to a page."""

from __future__ import annotations

from typing import Any

from bot.channels import Outgoing
from bot.channels.body import parts_of
from bot.channels.wecom_card import (
    LONGEST_MARKDOWN,
    LONGEST_REST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    SHAPES,
    cut,
    plain,
    rows_and_rest,
    size,
)
from bot.channels.wire import JSON, Wire, as_json
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.messages import Bubble, Card

TOO_OFTEN, BUSY = 45009, -1
COLOURS = {"info": "info", "warn": "warning", "alarm": "warning", "done": "comment"}
_OPEN = {"zh": "去处理", "en": "Open"}


class WeComChannel:
    """Posts to the robot whose URL is the address; the URL is a secret."""

    name = "wecom"
    edits_cards = False
    edits_on_tap = False
    away = False

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        self._wire = Wire()

    async def send(self, outgoing: Outgoing) -> str:
        """Posts have no id: always "". Raises DeliveryFailed."""
        for message in self._messages(outgoing):
            await self._post(outgoing.address, message)
        return ""

    async def close(self) -> None:
        await self._wire.close()

    def _messages(self, outgoing: Outgoing) -> list[dict[str, Any]]:
        content = outgoing.content
        if isinstance(content, Card):
            if self._public_url:
                return [
                    _template_card(content, f"{self._public_url}/console/tasks/{content.task_id}", outgoing.language)
                ]
            return [_markdown_card(content)]
        text = content.numbered() if isinstance(content, Bubble) else content.text
        return [{"msgtype": "text", "text": {"content": part}} for part in parts_of(text, LONGEST_TEXT, size)]

    async def _post(self, url: str, message: dict[str, Any]) -> None:
        status, answer = await self._wire.post(url, as_json(message), JSON)
        if not isinstance(answer, dict):
            raise DeliveryFailed(f"{status} without JSON from the robot", unknown=status == 200)
        code, told = answer.get("errcode", 0), answer.get("errmsg", "")
        if code == TOO_OFTEN:
            raise DeliveryFailed(f"{code} {told}", retry_after=60.0)
        if code:
            raise DeliveryFailed(f"{code} {told}", permanent=code != BUSY)


def _template_card(card: Card, url: str, language: str) -> dict[str, Any]:
    """Rows of "name: value" as a table, other lines as the text below; the whole card is a link."""
    rows, rest = rows_and_rest((*card.lines, card.footer))
    title = cut(f"{SHAPES.get(card.tone, '○')} {card.title}", LONGEST_TITLE)
    details: dict[str, Any] = {
        "card_type": "text_notice",
        "main_title": {"title": title},
        "jump_list": [{"type": 1, "title": _OPEN.get(language, _OPEN["zh"]), "url": url}],
        "card_action": {"type": 1, "url": url},
    }
    if rows:
        details["horizontal_content_list"] = rows
    if rest:
        details["sub_title_text"] = cut("\n".join(rest), LONGEST_REST)
    return {"msgtype": "template_card", "template_card": details}


def _markdown_card(card: Card) -> dict[str, Any]:
    """Without a public address there is no page to lead to."""
    colour = COLOURS.get(card.tone, "info")
    title = f'**<font color="{colour}">{SHAPES.get(card.tone, "○")} {plain(card.title)}</font>**'
    lines = [f"> {plain(line)}" for line in (*card.lines, card.footer) if line]
    text = parts_of("\n".join([title, *lines]), LONGEST_MARKDOWN, size)[0]
    return {"msgtype": "markdown", "markdown": {"content": text}}
