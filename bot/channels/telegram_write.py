"""What we say → Bot API methods. Loads aiogram, like telegram_read."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Any
from urllib.parse import urlsplit

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels import Outgoing
from bot.channels.body import parts_of
from core.messages import Bubble, Button, Card, Choice, TapAnswer

Method = TelegramMethod[Any]
LONGEST_TEXT = 4096  # in UTF-16 units, as Telegram counts
LONGEST_TOAST = 200
SHAPES = {"info": "○", "warn": "△", "alarm": "▲", "done": "✓"}
_SHORT, _MIDDLE = (
    8,
    14,
)  # widths of a label (a Chinese character counts 2) that leave room for three or two a row
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TaskTap(CallbackData, prefix="t"):
    """A button of a staff card, "t:12:take"."""

    task: int
    action: str


def methods(outgoing: Outgoing) -> list[Method]:
    """The calls that say it, in order; more than one only for a very long text."""
    content = outgoing.content
    if isinstance(content, Bubble):
        return _bubble(outgoing.address, content)
    if isinstance(content, Card):
        return [_card(outgoing, content)]
    return [_tap_answer(content)]


def _bubble(address: str, bubble: Bubble) -> list[Method]:
    *before, last = parts_of(bubble.text, LONGEST_TEXT, _units) or ["…"]
    calls: list[Method] = [SendMessage(chat_id=address, text=part) for part in before]
    markup = _keyboard(bubble, private=not address.startswith("-"))
    return [*calls, SendMessage(chat_id=address, text=last, reply_markup=markup)]


def _keyboard(bubble: Bubble, private: bool) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The phone button needs a keyboard of its own kind; a message without choices takes an old one away."""
    if bubble.contact_label and private:
        share = [KeyboardButton(text=bubble.contact_label, request_contact=True)]
        others = [[KeyboardButton(text=choice.label)] for choice in bubble.choices]
        return ReplyKeyboardMarkup(keyboard=[share, *others], one_time_keyboard=True, resize_keyboard=True)
    if bubble.choices:
        return InlineKeyboardMarkup(inline_keyboard=_rows(bubble.choices))
    return ReplyKeyboardRemove(remove_keyboard=True) if private else None


def _rows(choices: tuple[Choice, ...]) -> list[list[InlineKeyboardButton]]:
    widest = max(_width(choice.label) for choice in choices)
    per_row = 3 if widest <= _SHORT else 2 if widest <= _MIDDLE else 1
    buttons = [InlineKeyboardButton(text=choice.label, callback_data=choice.id) for choice in choices]
    return [buttons[i : i + per_row] for i in range(0, len(buttons), per_row)]


def _card(outgoing: Outgoing, card: Card) -> Method:
    rows = [[made for b in row if (made := _button(card.task_id, b))] for row in card.buttons]
    markup = InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
    text = _html(card)
    if outgoing.edits:
        return EditMessageText(
            chat_id=outgoing.address,
            message_id=int(outgoing.edits),
            text=text,
            parse_mode="HTML",
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
        )
    return SendMessage(
        chat_id=outgoing.address,
        text=text,
        parse_mode="HTML",
        reply_markup=markup,
        link_preview_options=_NO_PREVIEW,
    )


def _button(task_id: int, button: Button) -> InlineKeyboardButton | None:
    """An action, or a link where Telegram takes it: it refuses hosts without a dot."""
    if "://" not in button.action:
        return InlineKeyboardButton(text=button.label, callback_data=TaskTap(task=task_id, action=button.action).pack())
    if "." in (urlsplit(button.action).hostname or ""):
        return InlineKeyboardButton(text=button.label, url=button.action)
    return None


def _html(card: Card) -> str:
    """The tone is a shape before the title, the title is bold; what does not fit is cut from the end."""
    title = parts_of(f"{SHAPES.get(card.tone, '○')} {card.title}", 300)[0]
    room = LONGEST_TEXT - _units(title) - 2
    rest = parts_of("\n".join(line for line in (*card.lines, card.footer) if line), room, _units)
    return "\n".join([f"<b>{escape(title, quote=False)}</b>", *(escape(part, quote=False) for part in rest[:1])])


def _tap_answer(answer: TapAnswer) -> Method:
    return AnswerCallbackQuery(
        callback_query_id=answer.tap_id,
        text=answer.text[:LONGEST_TOAST] or None,
        show_alert=answer.alert or None,
        url=answer.url or None,
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in label)
