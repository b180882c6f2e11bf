"""What Telegram keeps: people, chats, the bot's messages, and a record of every call."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Call:
    """One request to the Bot API and how it was answered (0 = not at all)."""

    method: str
    fields: Json
    at: float
    status: int = 0
    description: str = ""


@dataclass
class BotMessage:
    """A message of the bot as people see it now, and how it looked before."""

    chat_id: int
    message_id: int
    text: str
    at: float
    """Wall clock, seconds."""
    entities: list[Json] = field(default_factory=list)
    markup: Json = field(default_factory=dict)
    kind: str = "text"
    """`text`, `photo` or `document`; a photo's or document's caption is its text."""
    file: bytes = b""
    file_name: str = ""
    file_id: str = ""
    raw_text: str = ""
    reply_to: int | None = None
    edits: list[str] = field(default_factory=list)
    """Earlier texts, oldest first; a changed keyboard alone adds the same text again."""
    edited_at: float | None = None
    deleted: bool = False

    @property
    def buttons(self) -> list[list[Json]]:
        """Rows of inline buttons."""
        return list(self.markup.get("inline_keyboard", []))

    @property
    def keyboard(self) -> list[list[Json]]:
        """Rows of the keyboard that replaces the owner's own."""
        return list(self.markup.get("keyboard", []))

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for row in self.buttons or self.keyboard for button in row]

    def button(self, label_or_data: str) -> Json:
        """By the whole label or data, else by a part of the label."""
        every = [button for row in self.buttons for button in row]
        for button in every:
            if label_or_data in (button["text"], button.get("callback_data")):
                return button
        for button in every:
            if label_or_data in button["text"]:
                return button
        raise AssertionError(f"no button {label_or_data!r} on {self.text!r}, only {self.labels}")


@dataclass
class Answered:
    """An answer to a tap: the toast or the alert that the person sees."""

    query_id: str
    user_id: int
    text: str
    alert: bool
    url: str
    at: float


@dataclass
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    started: bool = False
    blocked: bool = False

    def json(self) -> Json:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | _present(optional)


@dataclass
class Chat:
    id: int
    type: str
    title: str = ""
    person: Person | None = None
    migrated_to: int | None = None
    bot_is_member: bool = True
    bot_is_admin: bool = False
    all_members_are_administrators: bool = False

    def json(self) -> Json:
        if self.person is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        names = {k: v for k, v in self.person.json().items() if k in {"first_name", "last_name", "username"}}
        return {"id": self.id, "type": self.type} | names


@dataclass
class StoredFile:
    file_id: str
    path: str
    content: bytes


@dataclass
class Query:
    """A tap that waits for its answer."""

    id: str
    user_id: int
    asked_at: float
    answered: bool = False


@dataclass
class State:
    bot: Json
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    sent: list[BotMessage] = field(default_factory=list)
    sent_to: defaultdict[int, list[BotMessage]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[tuple[int, int], BotMessage] = field(default_factory=dict)
    user_messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    last_message_id: dict[int, int] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    actions: list[tuple[int, str, float]] = field(default_factory=list)
    """Chat actions such as `typing`: chat, action, time."""
    commands: dict[str, list[Json]] = field(default_factory=dict)
    """Bot commands per scope and language: `default/`, `all_private_chats/zh` …"""
    webhook: Json = field(default_factory=dict)
    allowed_updates: list[str] = field(default_factory=list)
    tap_lifetime: float = 60.0

    def next_message_id(self, chat_id: int) -> int:
        self.last_message_id[chat_id] = self.last_message_id.get(chat_id, 0) + 1
        return self.last_message_id[chat_id]

    def keep_file(self, content: bytes, path: str) -> StoredFile:
        stored = StoredFile(f"AgACAgUAAxkBAAI{len(self.files):06d}", path, content)
        self.files[stored.file_id] = stored
        return stored

    def message_json(self, message: BotMessage) -> Json:
        """As the API and the updates show a message of the bot."""
        body: Json = {
            "message_id": message.message_id,
            "from": {k: self.bot[k] for k in ("id", "is_bot", "first_name", "username")},
            "chat": self.chats[message.chat_id].json(),
            "date": int(message.at),
        }
        if message.edited_at is not None:
            body["edit_date"] = int(message.edited_at)
        if message.reply_to is not None and (replied := self.any_message(message.chat_id, message.reply_to)):
            body["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        if message.buttons:
            body["reply_markup"] = {"inline_keyboard": message.buttons}
        return body | _content(message)

    def any_message(self, chat_id: int, message_id: int) -> Json | None:
        """A message of the bot or of a person."""
        if found := self.by_id.get((chat_id, message_id)):
            return None if found.deleted else self.message_json(found)
        return self.user_messages.get((chat_id, message_id))


def photo_sizes(file_id: str, content: bytes) -> list[Json]:
    size = {"file_id": file_id, "file_unique_id": f"AQAD{file_id[-6:]}", "file_size": len(content)}
    return [size | {"width": 90, "height": 67}, size | {"width": 1280, "height": 960}]


def now() -> float:
    return time.time()


def _content(message: BotMessage) -> Json:
    if message.kind == "text":
        return {"text": message.text} | _present({"entities": message.entities})
    caption = _present({"caption": message.text, "caption_entities": message.entities})
    if message.kind == "photo":
        return {"photo": photo_sizes(message.file_id, message.file)} | caption
    document = {
        "file_id": message.file_id,
        "file_unique_id": f"AgAD{message.file_id[-6:]}",
        "file_name": message.file_name,
        "file_size": len(message.file),
    }
    return {"document": document} | caption


def _present(fields: Json) -> Json:
    return {key: value for key, value in fields.items() if value}
