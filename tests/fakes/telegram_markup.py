"""Keyboards as the Bot API accepts them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram_state import ApiError, Chat, Json

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
WHAT_A_BUTTON_DOES = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "disabled", "copy_text", "callback_game", "pay",
)  # fmt: skip
SCHEMES = {"http", "https", "tg", "ton"}


def checked_markup(markup: Any, chat: Chat, only_inline: bool = False) -> Json:
    """The keyboard, or {}; ApiError as Telegram words it."""
    if markup in (None, "", {}):
        return {}
    if not isinstance(markup, dict):
        raise _bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_inline(_rows(markup["inline_keyboard"]), chat)
        return markup if any(markup["inline_keyboard"]) else {}
    if only_inline:
        raise _bad("inline keyboard expected")
    if "keyboard" in markup:
        _check_keyboard(_rows(markup["keyboard"]), chat)
    elif not markup.get("remove_keyboard") and not markup.get("force_reply"):
        raise _bad("can't parse reply keyboard markup JSON object")
    if len(str(markup.get("input_field_placeholder") or "")) > 64:
        raise _bad("input field placeholder is too long")
    return markup


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise _bad('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    for row in rows:
        if not isinstance(row, list):
            raise _bad('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise _bad("reply markup is too long")
    return rows


def _check_inline(rows: list[list[Any]], chat: Chat) -> None:
    for row in rows:
        for button in row:
            _check_inline_button(button, chat)


def _check_inline_button(button: Any, chat: Chat) -> None:
    if not isinstance(button, dict):
        raise _bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(button.get("text") or "").strip():
        raise _bad("can't parse inline keyboard button: Can't find field \"text\"")
    deeds = [deed for deed in WHAT_A_BUTTON_DOES if deed in button]
    if not deeds:
        raise _bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(deeds) > 1:
        raise _bad("BUTTON_TYPE_INVALID")
    if deeds == ["callback_data"]:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= MOST_DATA_BYTES:
            raise _bad("BUTTON_DATA_INVALID")
    elif deeds == ["url"]:
        _check_url(str(button["url"]))
    elif deeds == ["web_app"]:
        _check_web_app(button["web_app"], chat)


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in SCHEMES:
        raise _bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme in {"http", "https"} and "." not in (parts.hostname or ""):
        raise _bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(web_app: Any, chat: Chat) -> None:
    url = str(web_app.get("url") if isinstance(web_app, dict) else "")
    if chat.type != "private":
        raise _bad("BUTTON_TYPE_INVALID")
    if not url.startswith("https://"):
        raise _bad(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_keyboard(rows: list[list[Any]], chat: Chat) -> None:
    if not any(rows):
        raise _bad("reply keyboard must have at least one button")
    for button in (button for row in rows for button in row):
        fields = button if isinstance(button, dict) else {"text": button}
        if not str(fields.get("text") or "").strip():
            raise _bad("can't parse keyboard button: Can't find field \"text\"")
        if chat.type == "private":
            continue
        if fields.get("request_contact"):
            raise _bad("phone number can be requested in private chats only")
        if fields.get("request_location"):
            raise _bad("location can be requested in private chats only")


def _bad(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")
