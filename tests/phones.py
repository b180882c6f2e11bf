"""A phone in somebody's hand, the same for each channel: say something, tap something, read what came."""

from __future__ import annotations

import time
from typing import Any, Protocol

from tests.fakes.telegram_users import FakeUser
from tests.fakes.wechat_owner import FakeOwner
from tests.product import Product

PATIENCE = 15.0


class Phone(Protocol):
    """What a talk needs of it."""

    def says(self, text: str) -> None: ...

    def taps(self, label: str) -> None: ...

    def reads(self, words: str) -> str:
        """The message with these words, which came since the owner last did something."""


class WebPhone:
    """The web chat over HTTP."""

    def __init__(self, shop: Product, account: str) -> None:
        self.path, self.shop = f"/api/v1/chat/{account}/messages", shop
        self.number, self.seen = 0, 0
        self.messages: list[dict[str, Any]] = []

    def says(self, text: str) -> None:
        self._posts({"text": text})

    def taps(self, label: str) -> None:
        offered = [choice for message in self.messages for choice in message["choices"]]
        choice = next(choice for choice in reversed(offered) if label in choice["text"])
        self._posts({"choice": choice["id"]})

    def reads(self, words: str) -> str:
        until = time.monotonic() + PATIENCE
        while True:
            news = [message["text"] for message in self.messages[self.seen :] if words in message["text"]]
            if news:
                return str(news[0])
            last = max((message["id"] for message in self.messages), default=0)
            self.messages += self.shop.get(f"{self.path}?after={last}").json()["messages"]
            assert time.monotonic() < until, f"{words!r} is not among {self.messages[self.seen :]}"
            time.sleep(0.05)

    def _posts(self, body: dict[str, str]) -> None:
        self.number, self.seen = self.number + 1, len(self.messages)
        answer = self.shop.post(self.path, {"id": f"m{self.number}", **body})
        assert answer.status == 200, answer.text
        self.messages += answer.json()["messages"]


class TelegramPhone:
    """A private chat with the bot."""

    def __init__(self, user: FakeUser) -> None:
        self.user = user

    def says(self, text: str) -> None:
        self.user.says(text)

    def taps(self, label: str) -> None:
        self.user.taps(label)

    def reads(self, words: str) -> str:
        return self.user.waits_for(words, PATIENCE).text


class WeChatPhone:
    """The account's chat, sealed messages both ways."""

    def __init__(self, owner: FakeOwner) -> None:
        self.owner = owner

    def says(self, text: str) -> None:
        self.owner.says(text)

    def taps(self, label: str) -> None:
        self.owner.picks(label)

    def reads(self, words: str) -> str:
        return self.owner.waits_for(words, PATIENCE).text
