"""Updates reach the bot as Telegram delivers them."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramConflictError,
)
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from tests.fakes.aiogram_bot import ask, refused
from tests.fakes.telegram import QUEUED, UNSEEN, FakeTelegram, FakeUser

PNG = b"\x89PNG\r\n\x1a\n and the rest"
GROUP = -1001234567890


def one_button(**what: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton.model_validate({"text": "确认", **what})
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def test_taps_are_answered_once_in_time(fake: FakeTelegram, li: FakeUser) -> None:
    ask(fake, lambda bot: bot.send_message(1001, "?", reply_markup=one_button(callback_data="a:1")))
    tap = li.taps("确认").update["callback_query"]
    assert tap["data"] == "a:1"
    assert tap["message"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "确认"
    ask(fake, lambda bot: bot.answer_callback_query(tap["id"], "王工已接", show_alert=True))
    assert (li.waits_for_toast().text, li.toasts[-1].alert) == ("王工已接", True)
    assert "MESSAGE_TOO_LONG" in refused(fake, lambda bot: bot.answer_callback_query(tap["id"], "长" * 201))
    fake.age_taps()
    assert "query is too old" in refused(fake, lambda bot: bot.answer_callback_query(tap["id"]))
    assert "query ID is invalid" in refused(fake, lambda bot: bot.answer_callback_query("1"))


def test_polling(fake: FakeTelegram, li: FakeUser) -> None:
    assert li.says("在吗") == QUEUED
    start, question = ask(fake, lambda bot: bot.get_updates())
    assert (start.message.text, question.message.text) == ("/start", "在吗")
    assert question.update_id == start.update_id + 1
    assert ask(fake, lambda bot: bot.get_updates(offset=question.update_id + 1, timeout=1)) == []
    ask(fake, lambda bot: bot.set_webhook("https://shop.example.cn/telegram/webhook", secret_token="s-1"))
    refused(fake, lambda bot: bot.get_updates(), TelegramConflictError)
    assert ask(fake, lambda bot: bot.get_webhook_info()).url.startswith("https://shop")
    ask(fake, lambda bot: bot.delete_webhook())
    assert ask(fake, lambda bot: bot.get_updates()) == []


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("http://shop.example.cn/", "", "An HTTPS URL must be provided"),
        ("https://shop.example.cn:8000/", "", "only on ports 80, 88, 443 or 8443"),
        ("https://shop.example.cn/", "a secret", "secret token contains unallowed characters"),
    ],
)
def test_webhooks_that_are_refused(fake: FakeTelegram, url: str, secret: str, reason: str) -> None:
    assert reason in refused(fake, lambda bot: bot.set_webhook(url, secret_token=secret))


def test_only_the_allowed_updates_come(fake: FakeTelegram, li: FakeUser) -> None:
    ask(fake, lambda bot: bot.get_updates(allowed_updates=["message"]))
    assert li.blocks_bot() == UNSEEN
    assert li.says("在吗") == QUEUED


def test_in_a_group_the_bot_hears_commands_and_replies_only(fake: FakeTelegram, li: FakeUser) -> None:
    group = fake.group(GROUP)
    ask(fake, lambda bot: bot.send_message(GROUP, "新预约"))
    assert li.says("大家好", to=group) == UNSEEN
    assert li.says("/tasks", to=group) == QUEUED
    assert li.says("我来", to=group, reply_to=group.last) == QUEUED


def test_updates_go_to_the_webhook_with_the_secret(fake: FakeTelegram, li: FakeUser) -> None:
    fake.deliver_to(fake.base_url + "/nowhere", secret="s3cret")
    said = li.says("在吗")
    assert said == 404
    assert fake.repeat(said, 2) == [404, 404]
    assert fake.deliveries.undelivered == [said.update]
