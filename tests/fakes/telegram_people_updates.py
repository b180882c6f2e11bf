"""The shapes of what people send."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.telegram_state import BotMessage, Chat, Json, Person, State, now, photo_sizes


@dataclass
class Incoming:
    """Makes the messages of one person in one chat."""

    state: State
    person: Person
    chat: Chat

    def message(self, content: Json, reply_to: BotMessage | None = None) -> Json:
        message_id = self.state.next_message_id(self.chat.id)
        body: Json = {
            "message_id": message_id,
            "from": self.person.json(),
            "chat": self.chat.json(),
            "date": int(now()),
        }
        if reply_to is not None:
            body["reply_to_message"] = self.state.message_json(reply_to)
        body |= content
        self.state.user_messages[self.chat.id, message_id] = body
        return body


def command_entities(text: str) -> Json:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def contact(phone: str, first_name: str, user_id: int | None) -> Json:
    card: Json = {"phone_number": phone, "first_name": first_name}
    return {"contact": card | ({} if user_id is None else {"user_id": user_id})}


def sticker() -> Json:
    return {
        "sticker": {
            "width": 512,
            "height": 512,
            "emoji": "👍",
            "set_name": "InventedCars",
            "is_animated": False,
            "is_video": False,
            "type": "regular",
            "file_id": "CAACAgUAAxkBAAIsticker01",
            "file_unique_id": "AgADsticker01",
            "file_size": 20480,
        }
    }


def photo(file_id: str, picture: bytes, caption: str = "") -> Json:
    return {"photo": photo_sizes(file_id, picture)} | ({"caption": caption} if caption else {})


def voice(file_id: str, sound: bytes, seconds: int) -> Json:
    return {
        "voice": {
            "duration": seconds,
            "mime_type": "audio/ogg",
            "file_id": file_id,
            "file_unique_id": f"AgAD{file_id[-6:]}",
            "file_size": len(sound),
        }
    }


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def bot_membership(chat: Chat, by: Person, bot: Json, before: str, after: str) -> Json:
    """`my_chat_member`: the bot itself was added, removed, blocked or unblocked."""
    user = {key: bot[key] for key in ("id", "is_bot", "first_name", "username")}

    def member(status: str) -> Json:
        return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    return {
        "chat": chat.json(),
        "from": by.json(),
        "date": int(now()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
