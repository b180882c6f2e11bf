"""People and groups: what they do becomes an update, what the bot says lands in their inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_people_updates import (
    Incoming,
    bot_membership,
    command_entities,
    contact,
    location,
    photo,
    sticker,
    voice,
)
from tests.fakes.telegram_state import Answered, BotMessage, Chat, Json, Person, Query, now
from tests.fakes.telegram_webhook import UNSEEN, Status

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

What = str | Callable[[BotMessage], Any] | None


class Inbox(list[BotMessage]):
    """Messages, oldest first."""

    @property
    def last(self) -> BotMessage:
        assert self, "the bot has not written here"
        return self[-1]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self]


def fits(message: BotMessage, what: What) -> bool:
    if what is None:
        return True
    return what in message.text if isinstance(what, str) else bool(what(message))


class FakeUser:
    """A person; the private chat with the bot has the same id."""

    def __init__(self, telegram: FakeTelegram, person: Person) -> None:
        self.telegram = telegram
        self.person = person
        self.id = person.id
        self._acted_at = 0.0
        self._seen = 0

    # --- what the bot says ------------------------------------------------------------------------

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.telegram.messages(self.id))

    @property
    def toasts(self) -> list[Answered]:
        """Answers to this person's taps."""
        return [answer for answer in self.telegram.answers if answer.user_id == self.id]

    def waits_for(self, what: What = None, timeout: float = 10.0) -> BotMessage:
        """The first message, new or edited since this person last did something, that has the text."""

        def found() -> BotMessage | None:
            news = [m for m in self.telegram.sent_to(self.id)[self._seen :] if not m.deleted]
            news += [m for m in self.inbox if m.edited_at and m.edited_at >= self._acted_at]
            return next((message for message in news if fits(message, what)), None)

        message = self.telegram.wait_for(found, timeout, f"{what!r} to {self.person.first_name}")
        assert message is not None
        return message

    def asks(self, text: str, timeout: float = 10.0) -> BotMessage:
        """Say it and give back the first answer."""
        self.says(text)
        return self.waits_for(None, timeout)

    def waits_for_toast(self, timeout: float = 10.0) -> Answered:
        """The answer to this person's latest tap."""

        def found() -> Answered | None:
            return next((toast for toast in reversed(self.toasts) if toast.at >= self._acted_at), None)

        toast = self.telegram.wait_for(found, timeout, f"an answer to the tap of {self.person.first_name}")
        assert toast is not None
        return toast

    # --- what the person does ---------------------------------------------------------------------

    def starts(self, payload: str = "") -> Status:
        return self.says(f"/start {payload}".strip())

    def says(self, text: str, to: FakeGroup | None = None, reply_to: BotMessage | None = None) -> Status:
        content: Json = {"text": text} | command_entities(text)
        return self._sends(content, to, reply_to)

    def taps(self, label_or_data: str, on: BotMessage | None = None, inaccessible: bool = False) -> Status:
        """An inline button, or one of the keyboard below; `inaccessible`: the card is too old."""
        card = on or self._message_with(label_or_data)
        if not card.buttons and card.keyboard:
            return self._taps_keyboard(label_or_data, card)
        button = card.button(label_or_data)
        assert "callback_data" in button, f"{button['text']!r} opens {button.get('url') or button}, no update"
        return self._taps_data(button["callback_data"], card, inaccessible)

    def taps_data(self, data: str, on: BotMessage) -> Status:
        """Any data, on the card or not: an old client's button or a forged one."""
        return self._taps_data(data, on, inaccessible=False)

    def shares_contact(self, phone: str, own: bool = True, first_name: str | None = None) -> Status:
        """One's own number, or that of somebody else in the address book."""
        name = first_name or (self.person.first_name if own else "王芳")
        return self._sends(contact(phone, name, self.id if own else None))

    def sends_sticker(self) -> Status:
        return self._sends(sticker())

    def sends_photo(self, picture: bytes = b"\xff\xd8\xff\xe0 a picture", caption: str = "") -> Status:
        stored = self.telegram.state.keep_file(picture, f"photos/file_{len(self.telegram.state.files)}.jpg")
        return self._sends(photo(stored.file_id, picture, caption))

    def sends_voice(self, sound: bytes = b"OggS a voice", seconds: int = 3) -> Status:
        stored = self.telegram.state.keep_file(sound, f"voice/file_{len(self.telegram.state.files)}.oga")
        return self._sends(voice(stored.file_id, sound, seconds))

    def sends_location(self, latitude: float = 22.5333, longitude: float = 113.9304) -> Status:
        return self._sends(location(latitude, longitude))

    def sends(self, content: Json, to: FakeGroup | None = None) -> Status:
        """A message with any content, such as {"poll": …}."""
        return self._sends(content, to)

    def edits(self, earlier: Status, text: str) -> Status:
        """Change the text of a message said before."""
        message = earlier.update["message"] | {"text": text, "edit_date": int(now())} | command_entities(text)
        self._marks()
        return self.telegram.deliver("edited_message", message)

    def blocks_bot(self) -> Status:
        return self._changes_bot("member", "kicked", blocked=True)

    def unblocks_bot(self) -> Status:
        return self._changes_bot("kicked", "member", blocked=False)

    # --- inside -----------------------------------------------------------------------------------

    def _sends(self, content: Json, to: FakeGroup | None = None, reply_to: BotMessage | None = None) -> Status:
        chat = to.chat if to else self.telegram.state.chats[self.id]
        self._marks()
        incoming = Incoming(self.telegram.state, self.person, chat)
        with self.telegram.watch:
            self.person.started = self.person.started or to is None
            message = incoming.message(content, reply_to)
        if to is not None and not to.shows_the_bot(content, reply_to):
            return Status(UNSEEN, {"update_id": 0, "message": message})
        return self.telegram.deliver("message", message)

    def _taps_keyboard(self, label: str, card: BotMessage) -> Status:
        for key in (key for row in card.keyboard for key in row):
            if label in key["text"]:
                asks_phone = key.get("request_contact")
                return self.shares_contact(f"86138{self.id % 10**8:08d}") if asks_phone else self.says(key["text"])
        raise AssertionError(f"no key {label!r}, only {card.labels}")

    def _taps_data(self, data: str, card: BotMessage, inaccessible: bool) -> Status:
        self._marks()
        state = self.telegram.state
        query_id = str(4_000_000_000_000_000_000 + len(state.queries) * 7919)
        with self.telegram.watch:
            state.queries[query_id] = Query(query_id, self.id, now())
            message = state.message_json(card)
        if inaccessible or card.deleted:
            message = {"chat": message["chat"], "message_id": card.message_id, "date": 0}
        tap = {"id": query_id, "from": self.person.json(), "message": message, "data": data}
        return self.telegram.deliver("callback_query", tap | {"chat_instance": str(-(card.chat_id**2) - 77)})

    def _changes_bot(self, before: str, after: str, blocked: bool) -> Status:
        self._marks()
        with self.telegram.watch:
            self.person.blocked = blocked
        state = self.telegram.state
        change = bot_membership(state.chats[self.id], self.person, state.bot, before, after)
        return self.telegram.deliver("my_chat_member", change)

    def _message_with(self, label_or_data: str) -> BotMessage:
        """The latest message of the private chat that has such a button or key."""
        for message in reversed(self.inbox):
            keys = [key for row in message.buttons + message.keyboard for key in row]
            if any(label_or_data in (key.get("callback_data"), key["text"]) for key in keys):
                return message
            if any(label_or_data in key["text"] for key in keys):
                return message
        raise AssertionError(f"no button {label_or_data!r} in {[m.labels for m in self.inbox]}")

    def _marks(self) -> None:
        self._seen = len(self.telegram.sent_to(self.id))
        self._acted_at = now()


class FakeGroup:
    """A group with the bot in it."""

    def __init__(self, telegram: FakeTelegram, chat: Chat) -> None:
        self.telegram = telegram
        self.chat = chat
        self.id = chat.id

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.telegram.messages(self.id))

    @property
    def last(self) -> BotMessage:
        return self.inbox.last

    def waits_for(self, what: What = None, timeout: float = 10.0, after: int = 0) -> BotMessage:
        """The newest message of the group that has the text, `after` so many older ones."""

        def found() -> BotMessage | None:
            return next((m for m in reversed(self.inbox[after:]) if fits(m, what)), None)

        message = self.telegram.wait_for(found, timeout, f"{what!r} in {self.chat.title}")
        assert message is not None
        return message

    def shows_the_bot(self, content: Json, reply_to: BotMessage | None) -> bool:
        """Privacy mode: commands, replies to the bot and everything for an administrator."""
        open_ears = not self.telegram.privacy or self.chat.bot_is_admin
        return open_ears or reply_to is not None or str(content.get("text", "")).startswith("/")

    def adds_bot(self, by: FakeUser) -> Status:
        self.chat.bot_is_member = True
        return self._bot_becomes("left", "member", by)

    def kicks_bot(self, by: FakeUser) -> Status:
        self.chat.bot_is_member = False
        return self._bot_becomes("member", "kicked", by)

    def renames(self, title: str, by: FakeUser) -> Status:
        self.chat.title = title
        return self.telegram.deliver("message", self._service({"new_chat_title": title}, by))

    def becomes(self, new_id: int, by: FakeUser) -> FakeGroup:
        """The group is upgraded to a supergroup, and the bot gets both service messages."""
        message = self._service({"migrate_to_chat_id": new_id}, by)
        moved = self.telegram.migrate(self.id, new_id)
        self.telegram.deliver("message", message)
        self.telegram.deliver("message", moved._service({"migrate_from_chat_id": self.id}, by))
        return moved

    def _service(self, content: Json, by: FakeUser) -> Json:
        with self.telegram.watch:
            return Incoming(self.telegram.state, by.person, self.chat).message(content)

    def _bot_becomes(self, before: str, after: str, by: FakeUser) -> Status:
        change = bot_membership(self.chat, by.person, self.telegram.state.bot, before, after)
        return self.telegram.deliver("my_chat_member", change)
