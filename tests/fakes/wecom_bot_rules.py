"""What WeCom takes from a bot, as strictly as its pages say: errcode and reason, (0, "") for what is fine."""

from __future__ import annotations

import re
from typing import Any

Refusal = tuple[int, str]
FINE: Refusal = (0, "")
WRONG_TYPE, WRONG_CARD, EMPTY, TOO_LARGE = 40008, 40058, 44004, 45002
LONGEST = {"markdown": 4096, "stream": 20480}  # bytes
CARD_KEYS = {
    "card_type", "source", "main_title", "sub_title_text", "horizontal_content_list", "card_action", "button_list",
    "task_id", "quote_area", "action_menu",
}  # fmt: skip
TASK_ID = re.compile(r"[0-9a-zA-Z_\-@]{1,128}")


def post_refusal(body: dict[str, Any], used: set[str]) -> Refusal:
    """Of `aibot_send_msg`; `used`: the ids of the cards so far."""
    kind = body.get("msgtype")
    if body.keys() - {"chatid", "chat_type", "msgtype", kind}:
        return WRONG_TYPE, f"unknown fields {sorted(body)}"
    if kind == "markdown":
        return words_refusal((body.get("markdown") or {}).get("content"), LONGEST["markdown"])
    if kind == "template_card":
        return card_refusal(body.get("template_card"), used)
    return WRONG_TYPE, f"no message type {kind}"


def answer_refusal(body: dict[str, Any]) -> Refusal:
    """Of `aibot_respond_msg`: a stream; plain text is only for a welcome."""
    stream = body.get("stream")
    if body.get("msgtype") != "stream" or not isinstance(stream, dict):
        return WRONG_TYPE, f"no answer of type {body.get('msgtype')}"
    if not stream.get("id") or stream.get("finish") is not True:
        return WRONG_CARD, "a stream that never ends"
    return words_refusal(stream.get("content"), LONGEST["stream"])


def update_refusal(body: dict[str, Any], task_id: str) -> Refusal:
    """Of `aibot_respond_update_msg`: the same card, new."""
    if body.keys() - {"response_type", "template_card", "userids"}:
        return WRONG_TYPE, f"unknown fields {sorted(body)}"
    if body.get("response_type") != "update_template_card":
        return WRONG_TYPE, "no response_type"
    card = body.get("template_card")
    if not isinstance(card, dict) or card.get("task_id") != task_id:
        return WRONG_CARD, "the task_id is another one"
    return card_refusal(card, set())


def words_refusal(text: object, most: int) -> Refusal:
    if not isinstance(text, str) or not text.strip():
        return EMPTY, "empty content"
    return (TOO_LARGE, "content size out of limit") if len(text.encode()) > most else FINE


def card_refusal(card: Any, used: set[str]) -> Refusal:
    """Of a card with buttons."""
    if not isinstance(card, dict) or card.get("card_type") != "button_interaction":
        return WRONG_CARD, "no card with buttons"
    if unknown := card.keys() - CARD_KEYS:
        return WRONG_CARD, f"unknown fields {sorted(unknown)}"
    if not TASK_ID.fullmatch(str(card.get("task_id", ""))) or card["task_id"] in used:
        return WRONG_CARD, f"task_id {card.get('task_id')}"
    for name, most in (("title", 26), ("desc", 30)):
        if len((card.get("main_title") or {}).get(name) or "") > most:
            return WRONG_CARD, f"main_title.{name} is too long"
    if not (card.get("main_title") or {}).get("title"):
        return WRONG_CARD, "no title"
    if len(card.get("sub_title_text") or "") > 112:
        return WRONG_CARD, "sub_title_text is too long"
    return _rows_refusal(card.get("horizontal_content_list", [])) or _buttons_refusal(card.get("button_list")) or FINE


def _rows_refusal(rows: Any) -> Refusal | None:
    if len(rows) > 6:
        return WRONG_CARD, "more than six rows"
    for row in rows:
        if not row.get("keyname") or not row.get("value") or (row.get("type") == 1 and not row.get("url")):
            return WRONG_CARD, f"row {row}"
    return None


def _buttons_refusal(buttons: Any) -> Refusal | None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 6:
        return WRONG_CARD, "one to six buttons"
    for button in buttons:
        if not 1 <= len(button.get("text", "")) <= 10 or not 1 <= len(button.get("key", "").encode()) <= 1024:
            return WRONG_CARD, f"button {button}"
        if button.get("style", 1) not in {1, 2, 3, 4}:
            return WRONG_CARD, f"style {button['style']}"
    return None
