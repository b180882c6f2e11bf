"""The Bot API methods that send, change and look up; each takes the state and the call's fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.telegram_markup import checked_markup
from tests.fakes.telegram_state import Answered, ApiError, BotMessage, Chat, Json, State, now
from tests.fakes.telegram_text import checked_caption, checked_text

Method = Callable[[State, Json], Any]
LONGEST_TOAST = 200
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
ACTIONS = {"typing", "choose_sticker", "find_location"} | {
    f"{verb}_{thing}"
    for verb in ("record", "upload")
    for thing in ("photo", "video", "voice", "document", "video_note")
} - {"record_photo", "record_document"}


def get_me(state: State, fields: Json) -> Json:
    return state.bot


def send_message(state: State, fields: Json) -> Json:
    chat = writable_chat(state, fields)
    text, entities = checked_text(fields)
    message = _new_message(state, chat, fields, text, entities)
    message.raw_text = str(fields["text"])
    return _keep(state, message)


def send_photo(state: State, fields: Json) -> Json:
    message = _new_message(state, writable_chat(state, fields), fields, *checked_caption(fields))
    _attach(state, message, fields, "photo")
    if not message.file.startswith(PICTURES):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return _keep(state, message)


def send_document(state: State, fields: Json) -> Json:
    message = _new_message(state, writable_chat(state, fields), fields, *checked_caption(fields))
    _attach(state, message, fields, "document")
    return _keep(state, message)


def edit_message_text(state: State, fields: Json) -> Json:
    message = _message_to_edit(state, fields)
    text, entities = checked_text(fields)
    if message.kind != "text":
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    markup = checked_markup(fields.get("reply_markup"), state.chats[message.chat_id], only_inline=True)
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise _not_modified()
    _change(message, text, entities, markup)
    message.raw_text = str(fields["text"])
    return state.message_json(message)


def edit_message_reply_markup(state: State, fields: Json) -> Json:
    message = _message_to_edit(state, fields)
    markup = checked_markup(fields.get("reply_markup"), state.chats[message.chat_id], only_inline=True)
    if markup == message.markup:
        raise _not_modified()
    _change(message, message.text, message.entities, markup)
    return state.message_json(message)


def delete_message(state: State, fields: Json) -> bool:
    chat = writable_chat(state, fields)
    place = (chat.id, _number(fields, "message_id"))
    if place in state.by_id and not state.by_id[place].deleted:
        state.by_id[place].deleted = True
    elif place not in state.user_messages:
        raise ApiError(400, "Bad Request: message to delete not found")
    elif chat.type != "private" and not chat.bot_is_admin:
        raise ApiError(400, "Bad Request: message can't be deleted")
    else:
        del state.user_messages[place]
    return True


def answer_callback_query(state: State, fields: Json) -> bool:
    query = state.queries.get(str(fields.get("callback_query_id", "")))
    if query is None or now() - query.asked_at > state.tap_lifetime:
        raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    text, url = str(fields.get("text") or ""), str(fields.get("url") or "")
    if len(text) > LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    if url and not url.startswith((f"https://t.me/{state.bot['username']}?", f"t.me/{state.bot['username']}?")):
        raise ApiError(400, "Bad Request: URL_INVALID")
    query.answered = True
    alert = str(fields.get("show_alert", "")).lower() == "true"
    state.answered.append(Answered(query.id, query.user_id, text, alert, url, now()))
    return True


def send_chat_action(state: State, fields: Json) -> bool:
    chat = writable_chat(state, fields)
    if fields.get("action") not in ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    state.actions.append((chat.id, str(fields["action"]), now()))
    return True


def set_my_commands(state: State, fields: Json) -> bool:
    commands = fields.get("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise ApiError(400, "Bad Request: can't parse commands JSON array")
    for command in commands:
        name, description = str(command.get("command", "")), str(command.get("description", ""))
        if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum() and name.islower()):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    scope = (fields.get("scope") or {}).get("type", "default")
    state.commands[f"{scope}/{fields.get('language_code', '')}"] = commands
    return True


def get_file(state: State, fields: Json) -> Json:
    stored = state.files.get(str(fields.get("file_id", "")))
    if stored is None:
        raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > 20 * 1024 * 1024:
        raise ApiError(400, "Bad Request: file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": f"AQAD{stored.file_id[-6:]}",
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def get_chat(state: State, fields: Json) -> Json:
    chat = known_chat(state, fields)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(state: State, fields: Json) -> Json:
    known_chat(state, fields)
    user_id = _number(fields, "user_id")
    if user_id == state.bot["id"]:
        return {
            "status": "member",
            "user": {k: state.bot[k] for k in ("id", "is_bot", "first_name", "username")},
        }
    if user_id not in state.people:
        raise ApiError(400, "Bad Request: user not found")
    return {"status": "member", "user": state.people[user_id].json()}


def known_chat(state: State, fields: Json) -> Chat:
    if fields.get("chat_id") in (None, ""):
        raise ApiError(400, "Bad Request: chat_id is empty")
    try:
        chat = state.chats[int(fields["chat_id"])]
    except (KeyError, ValueError, TypeError):
        raise ApiError(400, "Bad Request: chat not found") from None
    return chat


def writable_chat(state: State, fields: Json) -> Chat:
    """The chat, unless the bot may not write there."""
    chat = known_chat(state, fields)
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    if chat.person is not None and not chat.person.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if chat.person is not None and chat.person.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not chat.bot_is_member:
        raise ApiError(
            403,
            f"Forbidden: bot was kicked from the {chat.type if chat.type == 'supergroup' else 'group'} chat",
        )
    if fields.get("message_thread_id"):
        raise ApiError(400, "Bad Request: message thread not found")
    return chat


def _new_message(state: State, chat: Chat, fields: Json, text: str, entities: list[Json]) -> BotMessage:
    markup = checked_markup(fields.get("reply_markup"), chat)
    reply_to = (fields.get("reply_parameters") or {}).get("message_id") or fields.get("reply_to_message_id")
    if reply_to is not None and state.any_message(chat.id, int(reply_to)) is None:
        lenient = (fields.get("reply_parameters") or fields).get("allow_sending_without_reply")
        if str(lenient).lower() != "true":
            raise ApiError(400, "Bad Request: message to be replied not found")
        reply_to = None
    replied = None if reply_to is None else int(reply_to)
    return BotMessage(chat.id, 0, text, now(), entities, markup, reply_to=replied)


def _attach(state: State, message: BotMessage, fields: Json, kind: str) -> None:
    """An uploaded file, under its own name or `attach://`, or one that Telegram has already."""
    given = fields.get(kind)
    if isinstance(given, str) and given.startswith("attach://"):
        given = fields.get(given.removeprefix("attach://"))
    if given in (None, ""):
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if isinstance(given, tuple):
        message.file_name, message.file = given
        if not message.file:
            raise ApiError(400, "Bad Request: file must be non-empty")
        message.file_id = state.keep_file(message.file, f"{kind}s/{message.file_name}").file_id
    elif stored := state.files.get(str(given)):
        message.file_id, message.file, message.file_name = stored.file_id, stored.content, stored.path
    else:
        raise ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong padding in the string")
    message.kind = kind


def _keep(state: State, message: BotMessage) -> Json:
    message.message_id = state.next_message_id(message.chat_id)
    state.sent.append(message)
    state.sent_to[message.chat_id].append(message)
    state.by_id[message.chat_id, message.message_id] = message
    return state.message_json(message)


def _message_to_edit(state: State, fields: Json) -> BotMessage:
    chat = writable_chat(state, fields)
    place = (chat.id, _number(fields, "message_id"))
    if place in state.user_messages:
        raise ApiError(400, "Bad Request: message can't be edited")
    message = state.by_id.get(place)
    if message is None or message.deleted:
        raise ApiError(400, "Bad Request: message to edit not found")
    return message


def _change(message: BotMessage, text: str, entities: list[Json], markup: Json) -> None:
    message.edits.append(message.text)
    message.text, message.entities, message.markup = text, entities, markup
    message.edited_at = now()


def _not_modified() -> ApiError:
    return ApiError(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
    )


def _number(fields: Json, name: str) -> int:
    try:
        return int(fields[name])
    except (KeyError, ValueError, TypeError):
        raise ApiError(400, f"Bad Request: {name.replace('_', ' ')} is not specified") from None


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
