"""What Telegram posts → Inbound. Loads aiogram, which takes seconds: import it where Telegram is set up."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Contact, Message, Update, User
from pydantic import ValidationError

from bot.channels.body import decoded, words
from core.messages import Inbound, Kind, location_words
from core.understanding.phones import normalise_phone

log = logging.getLogger(__name__)
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]  # what we ask Telegram for
FROM_PEOPLE = {
    ContentType.ANIMATION, ContentType.AUDIO, ContentType.CHECKLIST, ContentType.DICE, ContentType.DOCUMENT,
    ContentType.GAME, ContentType.PAID_MEDIA, ContentType.POLL, ContentType.STICKER,
    ContentType.STORY, ContentType.UNKNOWN, ContentType.VIDEO, ContentType.VIDEO_NOTE,
}  # fmt: skip
_ESSENTIALS = {"message_id", "date", "chat", "from", "text", "caption"}


def read(body: bytes, bot_id: int) -> list[Inbound]:
    """One update. Empty when it concerns nobody. Raises BadInput when the body is no JSON."""
    update = _update(decoded(body))
    if update is None:
        return []
    blank = Inbound("telegram", f"{bot_id}:{update.update_id}", "", Kind.OTHER, raw=body)
    found: Inbound | None = None
    if update.callback_query is not None:
        found = _tap(blank, update.callback_query)
    elif update.my_chat_member is not None:
        found = _membership(blank, update.my_chat_member)
    elif update.message is not None:
        found = _message(blank, update.message, bot_id)
    elif update.edited_message is not None and update.edited_message.text:
        found = _message(blank, update.edited_message, bot_id)
    return [found] if found is not None else []


def _update(data: Any) -> Update | None:
    """The update, as much of it as can be read; None when nothing can."""
    for attempt in (data, _bare(data)):
        try:
            return Update.model_validate(attempt)
        except (ValidationError, RecursionError, OverflowError) as error:
            where = error.errors(include_input=False)[0]["loc"] if isinstance(error, ValidationError) else error
            log.warning("a Telegram update is not as documented at %s", where)
    return None


def _bare(data: Any) -> Any:
    """A message whose newer parts nobody here can read: who, where and the words."""
    message = data.get("message") if isinstance(data, dict) else None
    if not isinstance(message, dict):
        return None
    bare = {name: value for name, value in message.items() if name in _ESSENTIALS}
    return {"update_id": data.get("update_id"), "message": bare}


def _tap(blank: Inbound, tap: CallbackQuery) -> Inbound | None:
    if not tap.data:
        return None
    said = replace(_by(blank, tap.from_user), kind=Kind.CHOICE, choice=words(tap.data), tap_id=tap.id)
    if tap.message is None:
        return said
    return replace(said, card=str(tap.message.message_id), chat=_group(tap.message.chat))


def _membership(blank: Inbound, change: ChatMemberUpdated) -> Inbound | None:
    """The person blocked or unblocked the bot; what happens to it in groups is told when we write there."""
    if change.chat.type != ChatType.PRIVATE:
        return None
    left = change.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
    return replace(_by(blank, change.from_user), kind=Kind.UNFOLLOW if left else Kind.FOLLOW)


def _message(blank: Inbound, message: Message, bot_id: int) -> Inbound | None:
    if message.migrate_to_chat_id is not None:
        account = str(message.from_user.id) if message.from_user else ""
        new_id = str(message.migrate_to_chat_id)
        return replace(blank, kind=Kind.MIGRATED, account=account, chat=str(message.chat.id), text=new_id)
    if message.from_user is None or message.from_user.is_bot or message.chat.type == ChatType.CHANNEL:
        return None
    said = replace(_by(blank, message.from_user), text=words(message.text or message.caption))
    if group := _group(message.chat):
        return _in_group(replace(said, chat=group), message, bot_id)
    return _in_private(said, message)


def _in_group(said: Inbound, message: Message, bot_id: int) -> Inbound | None:
    """People talk to each other there; only commands and replies to the bot are meant for us."""
    command, _, rest = said.text.partition(" ")
    if command.startswith("/"):
        return replace(said, kind=Kind.TEXT, text=f"{command.partition('@')[0]} {rest}".strip())
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    if answered is not None and answered.id == bot_id and message.text:
        return replace(said, kind=Kind.TEXT)
    return None


def _in_private(said: Inbound, message: Message) -> Inbound | None:
    if message.reply_to_message is not None:
        said = replace(said, answers=str(message.reply_to_message.message_id))
    if message.text:
        command, _, scene = said.text.partition(" ")
        return (
            replace(said, kind=Kind.FOLLOW, scene=scene.strip())
            if command == "/start"
            else replace(said, kind=Kind.TEXT)
        )
    if message.contact is not None:
        return _contact(said, message.contact)
    if message.photo:
        return replace(said, kind=Kind.PHOTO, media=message.photo[-1].file_id)
    if message.voice is not None:
        return replace(said, kind=Kind.VOICE, media=message.voice.file_id)
    if message.location is not None:  # of a venue too
        return _location(said, message)
    return said if message.content_type in FROM_PEOPLE else None


def _location(said: Inbound, message: Message) -> Inbound:
    assert message.location is not None
    place = words(f"{message.venue.title} {message.venue.address}") if message.venue else ""
    text = location_words(message.location.latitude, message.location.longitude, place)
    return replace(said, kind=Kind.LOCATION, text=text)


def _contact(said: Inbound, contact: Contact) -> Inbound:
    """One's own number is vouched for by Telegram; any other is as good as typed, and binds nobody."""
    phone = _e164(contact.phone_number)
    if phone and str(contact.user_id or "") == said.account:
        return replace(said, kind=Kind.CONTACT, phone=phone)
    return replace(said, kind=Kind.TEXT, text=words(contact.phone_number))


def _e164(number: str) -> str:
    """+8613800138000; "" when it cannot be a phone number."""
    digits = "".join(c for c in number if c in "0123456789")
    return normalise_phone(number) or (f"+{digits}" if 7 <= len(digits) <= 15 else "")


def _by(blank: Inbound, user: User) -> Inbound:
    return replace(blank, account=str(user.id), name=words(user.full_name))


def _group(chat: Any) -> str:
    return "" if chat.type == ChatType.PRIVATE else str(chat.id)
