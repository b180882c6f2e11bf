"""A Bot API server for one bot, as strict as the real one, with people and groups who write to it.

with FakeTelegram() as telegram:
    telegram.deliver_to("http://127.0.0.1:8000/telegram/webhook", secret="s3cret")
    li = telegram.user(1001, first_name="李明", language_code="zh-hans")
    li.starts()
    assert "您好" in li.waits_for().text
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.fakes.server import Fault
from tests.fakes.telegram_server import BotApi
from tests.fakes.telegram_state import Answered, BotMessage, Call, Chat, Json, Person
from tests.fakes.telegram_users import FakeGroup, FakeUser
from tests.fakes.telegram_webhook import QUEUED, UNSEEN, Status

__all__ = [
    "QUEUED", "SECRET", "TOKEN", "UNSEEN", "BotMessage", "FakeGroup", "FakeTelegram", "FakeUser", "Status",
]  # fmt: skip

T = TypeVar("T")
TOKEN = "7042000001:AAF-test_token_of_an_invented_bot_00001"
SECRET = "webhook-secret_of_the_tests"


class FakeTelegram(BotApi):
    """The Bot API on `base_url`, the people who use the bot, and the faults that it can have."""

    def __init__(self, token: str = TOKEN, username: str = "huiche_test_bot", limits: bool = False) -> None:
        super().__init__(token, username, limits)
        self.privacy = True
        """In groups the bot sees commands, replies to it and service messages only."""
        self._users: dict[int, FakeUser] = {}

    @property
    def settings(self) -> dict[str, str]:
        """What the product needs to know, without the prefix HUICHE_."""
        return {
            "TELEGRAM_TOKEN": self.token,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API_BASE": self.base_url,
        }

    def connect(self, product_url: str) -> None:
        """Updates go to this product by webhook, unless it polls."""
        self.deliver_to(f"{product_url}/telegram/webhook", SECRET)

    # --- people and chats -------------------------------------------------------------------------

    def user(
        self,
        user_id: int,
        first_name: str = "李明",
        last_name: str = "",
        username: str = "",
        language_code: str = "zh-hans",
    ) -> FakeUser:
        """The person of that id; made on first use, who has not started the bot yet."""
        if user_id not in self._users:
            person = Person(user_id, first_name, last_name, username, language_code)
            with self.watch:
                self.state.people[user_id] = person
                self.state.chats[user_id] = Chat(user_id, "private", person=person)
                self._users[user_id] = FakeUser(self, person)
        return self._users[user_id]

    def group(self, chat_id: int, title: str = "门店服务群") -> FakeGroup:
        """A group with the bot in it; ids below -1000000000000 are supergroups."""
        with self.watch:
            kind = "supergroup" if chat_id < -1_000_000_000_000 else "group"
            self.state.chats.setdefault(chat_id, Chat(chat_id, kind, title))
        return FakeGroup(self, self.state.chats[chat_id])

    # --- what was sent ----------------------------------------------------------------------------

    @property
    def sends(self) -> list[BotMessage]:
        """Every message that took effect, in order, each with its time `at`."""
        with self.watch.looking:
            return list(self.state.sent)

    @property
    def answers(self) -> list[Answered]:
        with self.watch.looking:
            return list(self.state.answered)

    def messages(self, chat_id: int) -> list[BotMessage]:
        """The bot's messages that stand in the chat now."""
        return [message for message in self.sent_to(chat_id) if not message.deleted]

    def sent_to(self, chat_id: int) -> list[BotMessage]:
        """The same with those that were deleted since."""
        with self.watch.looking:
            return list(self.state.sent_to[chat_id])

    def calls_of(self, method: str) -> list[Call]:
        with self.watch.looking:
            return [call for call in self.calls if call.method == method]

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0, what: str = "") -> T:
        """The first true value of the predicate, looked at again after every call."""
        return self.watch.wait_for(predicate, timeout, what)

    # --- updates ----------------------------------------------------------------------------------

    def deliver_to(self, url: str, secret: str = "") -> None:
        """Post updates there, whatever setWebhook said; its secret_token wins over this secret."""
        self.deliveries.target = url
        self.deliveries.secret = secret

    def deliver(self, kind: str, content: Json) -> Status:
        """A new update of any kind."""
        return self.deliveries.deliver(self.deliveries.number(kind, content))

    def repeat(self, update: Json | Status, times: int = 1) -> list[Status]:
        """The very same update again, or a raw one such as those of tests/payloads, to the webhook."""
        same = update.update if isinstance(update, Status) else update
        return [self.deliveries.post(same) for _ in range(times)]

    def redeliver(self) -> list[Status]:
        """Once more what the webhook did not take, in order."""
        return [self.deliveries.post(update) for update in list(self.deliveries.undelivered)]

    # --- faults -----------------------------------------------------------------------------------

    def fail_next(
        self,
        n: int = 1,
        status: int = 500,
        retry_after: int | None = None,
        description: str = "",
        only: str | None = None,
    ) -> None:
        """The next n calls (of the method `only`) are refused without effect."""
        known = {429: f"Too Many Requests: retry after {retry_after or 1}", 500: "Internal Server Error"}
        known |= {400: "Bad Request", 403: "Forbidden: user is deactivated", 502: "Bad Gateway"}
        details: Json = {"status": status, "description": description or known.get(status, "Error")}
        if status == 429:
            details["retry_after"] = retry_after or 1
        self._expect(n, Fault("error", details, only))

    def block(self, user_id: int) -> None:
        """The bot is blocked without an update about it; `user.blocks_bot()` tells the bot."""
        with self.watch:
            self.state.people[user_id].blocked = True

    def migrate(self, chat_id: int, to: int) -> FakeGroup:
        """The group becomes a supergroup without an update about it; `group.becomes(to)` tells the bot."""
        moved = self.group(to, self.state.chats[chat_id].title)
        with self.watch:
            self.state.chats[chat_id].migrated_to = to
        return moved

    def revoke_token(self) -> None:
        self.revoked = True

    def restore_token(self) -> None:
        self.revoked = False

    def age_taps(self) -> None:
        """Every tap so far is too old to be answered."""
        with self.watch:
            for query in self.state.queries.values():
                query.asked_at = 0.0
