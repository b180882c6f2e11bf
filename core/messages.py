"""What comes in from a person and what goes out to one, the same for every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

CHOICE_ID_BYTES = 56  # Telegram carries 64 bytes a button; the rest is the prefix of the conversation run


class Kind(StrEnum):
    """What a person did."""

    TEXT = "text"
    CHOICE = "choice"  # tapped a button of the bot's
    CONTACT = "contact"  # shared a phone number through the platform
    FOLLOW = "follow"  # followed the account, started the bot
    UNFOLLOW = "unfollow"  # unfollowed, blocked the bot
    MENU = "menu"  # tapped the account's menu
    SCAN = "scan"  # scanned one of our codes as a follower
    PHOTO = "photo"
    VOICE = "voice"
    LOCATION = "location"  # where they are: the text names the place and the coordinates
    OTHER = "other"  # sticker, link, poll, whatever comes next
    RECEIPT = "receipt"  # the platform reports on something we sent; nobody waits for an answer
    MIGRATED = "migrated"  # a staff group got a new id


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing one person did in one channel, verified, before anybody has made sense of it."""

    channel: str  # "telegram", "wechat", "wecom_bot", "sms", "web", "staff_web"
    key: str  # unique in its channel: the same key again is the same message
    account: str  # who: the platform's id of the person
    kind: Kind
    chat: str = ""  # where, when that is a group; empty in a private talk
    text: str = ""
    choice: str = ""  # the id of the tapped choice
    phone: str = ""  # E.164, only from a contact that the platform says is the sender's own
    name: str = ""  # how the platform names the person
    scene: str = ""  # what the scanned code or deep link carried
    media: str = ""  # the platform's handle of a photo or voice message
    tap_id: str = ""  # what the platform wants back when a tap is answered
    answers: str = ""  # the platform's id of the message that this one replies to
    card: str = ""  # the platform's id of the message whose button was tapped
    raw: bytes = b""  # the verified body, as it came


def location_words(latitude: float, longitude: float, place: str = "") -> str:
    """A location as text, for the people who drive there: 科技园地铁站（22.54310, 113.95320）."""
    coordinates = f"{latitude:.5f}, {longitude:.5f}"
    return f"{place.strip()}（{coordinates}）" if place.strip() else coordinates


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap. Channels without buttons number the labels and read the number back."""

    id: str
    label: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.id.encode()) <= CHOICE_ID_BYTES:
            raise ValueError(f"a choice id has 1 to {CHOICE_ID_BYTES} bytes, not {self.id!r}: shorten the value")


def starting(intent: str, label: str, argument: int | str = "") -> Choice:
    """A button that starts something at any time: an intent, and what it is about ("claim_coupon.17")."""
    return Choice(f"0:go={intent}.{argument}" if argument != "" else f"0:go={intent}", label)


@dataclass(frozen=True, slots=True)
class Notice:
    """The shape of a message that a platform has approved before: its name in `[templates]`, and its fields."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message to a person: what it says and what can be tapped under it."""

    text: str
    choices: tuple[Choice, ...] = ()
    contact_label: str = ""  # offers the platform's own "share my phone" button, where it has one
    notice: Notice | None = None  # for platforms that send nothing but approved shapes
    shared: bool = False  # it names nobody: the same words may go to many at once

    def numbered(self) -> str:
        """In plain text, the choices numbered: "2" is read back into the choice."""
        lines = [f"{number}. {choice.label}" for number, choice in enumerate(self.choices, 1)]
        return "\n".join([self.text, *lines])

    def packed(self) -> bytes:
        data: dict[str, Any] = {
            "text": self.text,
            "choices": [[c.id, c.label] for c in self.choices],
            "contact": self.contact_label,
        }
        if self.notice:
            data["notice"] = [self.notice.name, self.notice.fields]
        if self.shared:
            data["shared"] = True
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, body: bytes) -> Bubble:
        data: dict[str, Any] = json.loads(body)
        choices = tuple(Choice(i, label) for i, label in data["choices"])
        name, fields = data.get("notice", ("", ()))
        notice = Notice(name, tuple((key, value) for key, value in fields)) if name else None
        return cls(data["text"], choices, data["contact"], notice, data.get("shared", False))


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a staff card: an action on a task, or a link where the channel cannot act."""

    action: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of work as the staff group sees it."""

    task_id: int
    title: str
    lines: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    tone: str = "info"  # info, warn, alarm, done
    footer: str = ""

    @property
    def text(self) -> str:
        """The card in plain text."""
        return "\n".join(part for part in (self.title, *self.lines, self.footer) if part)


@dataclass(frozen=True, slots=True)
class TapAnswer:
    """What the person who tapped is told, and nobody else."""

    tap_id: str
    text: str
    url: str = ""  # "?start=…" leads into the bot's own private chat
    alert: bool = False
    chat: str = ""  # words were answered, not a tap: where they can be said once the platform waits no more


class Rank(IntEnum):
    """Who leaves first. Lower goes before higher."""

    TAP = 0
    REPLY = 1
    STAFF = 2
    SERVICE = 3
    MARKETING = 5


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an inbound message: the answer, and whether it had been heard before."""

    message_id: int
    replies: tuple[Bubble, ...] = ()
    reply_ids: tuple[int, ...] = ()
    repeated: bool = False
    passive: bool = field(default=False)  # the answer waits to be returned in the request's own response
