"""Who is in a WeCom group, what stands there, and what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.wecom_bot import FakeWeComBot

NAME = "门店助手"
PATIENCE = 40.0


@dataclass(eq=False)
class Said:
    """One message of the bot's; a card as everybody sees it, and the copies of those to whom it shows otherwise."""

    chat: str
    kind: str
    content: dict[str, Any]
    copies: dict[str, dict[str, Any]] = field(default_factory=dict)
    updates: int = 0

    @property
    def text(self) -> str:
        return words_of(self.content)

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.content.get("button_list", [])]

    def seen_by(self, userid: str) -> str:
        """What that person reads there."""
        return words_of(self.copies.get(userid, self.content))

    def changes(self, card: dict[str, Any], userids: list[str] | None) -> None:
        self.updates += 1
        if userids:
            self.copies |= dict.fromkeys(userids, card)
        else:
            self.content, self.copies = card, {}


def words_of(content: dict[str, Any]) -> str:
    """Every string of a message; the id of a card and the keys of its buttons are no words."""
    found: list[str] = []
    for name, value in content.items():
        if isinstance(value, str) and name not in {"task_id", "key", "card_type", "id", "url"}:
            found.append(value)
        parts = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        found.extend(map(words_of, parts))
    return "\n".join(filter(None, found))


class Chat:
    """A group, or the private chat with one person."""

    def __init__(self, bot: FakeWeComBot, chatid: str) -> None:
        self.bot, self.id = bot, chatid

    @property
    def said(self) -> list[Said]:
        return [said for said in self.bot.said if said.chat == self.id]

    @property
    def cards(self) -> list[Said]:
        return [said for said in self.said if said.kind == "template_card"]

    def waits_for(self, text: str, timeout: float = PATIENCE) -> Said:
        """The newest message there that reads so."""

        def look() -> Said | None:
            return next((said for said in reversed(self.said) if text in said.text), None)

        said = self.bot.wait_for(look, timeout, f"{text!r} in {self.id}")
        assert said is not None
        return said


class Colleague(Chat):
    """Somebody of the company; their own chat is the private one with the bot."""

    def says(self, text: str, in_group: Chat | None = None, msgid: str = "") -> str:
        """Mention the bot in a group, or write to it alone. Gives the req_id."""
        chat = {"chatid": in_group.id, "chattype": "group"} if in_group else {"chattype": "single"}
        content = f"@{NAME} {text}" if in_group else text
        body = {"from": {"userid": self.id}, "msgtype": "text", "text": {"content": content}} | chat
        return self.bot.callback("aibot_msg_callback", body, in_group.id if in_group else self.id, msgid=msgid)

    def taps(self, label: str, on: Said, msgid: str = "", number: str = "") -> str:
        """Tap a button of a card as they see it. Gives the req_id."""
        card = on.copies.get(self.id, on.content)
        key = next(button["key"] for button in card["button_list"] if label in button["text"])
        return self.sends(key, on, msgid, number)

    def sends(self, key: str, on: Said, msgid: str = "", number: str = "") -> str:
        """A tap with that key, whether there is such a button or not."""
        alone = on.chat == self.id
        chat = {"chattype": "single"} if alone else {"chatid": on.chat, "chattype": "group"}
        tap = {"card_type": "button_interaction", "event_key": key, "task_id": on.content["task_id"]}
        event = {"eventtype": "template_card_event", "template_card_event": tap}
        body = {"from": {"userid": self.id}, "msgtype": "event", "event": event} | chat
        return self.bot.callback("aibot_event_callback", body, on, number, msgid)
