"""aiogram takes the fake for the Bot API."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUserProfilePhotos
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests import web
from tests.fakes.aiogram_bot import ask, refused
from tests.fakes.telegram import FakeTelegram, FakeUser

PNG = b"\x89PNG\r\n\x1a\n and the rest"
GROUP = -1001234567890


def one_button(**what: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton.model_validate({"text": "确认", **what})
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def test_sent_edited_and_deleted(fake: FakeTelegram, li: FakeUser) -> None:
    sent = ask(fake, lambda bot: bot.send_message(1001, "您好", reply_markup=one_button(callback_data="a:1")))
    assert (sent.text, sent.chat.id, sent.from_user.is_bot) == ("您好", 1001, True)
    ask(fake, lambda bot: bot.edit_message_text("再见", chat_id=1001, message_id=sent.message_id))
    assert (li.inbox.last.text, li.inbox.last.edits, li.inbox.last.labels) == ("再见", ["您好"], [])
    ask(
        fake,
        lambda bot: bot.edit_message_reply_markup(None, 1001, sent.message_id, None, one_button(url="a.cn")),
    )
    assert li.inbox.last.button("确认")["url"] == "a.cn"
    assert ask(fake, lambda bot: bot.delete_message(1001, sent.message_id)) is True
    assert li.inbox == []


def test_editing_what_is_not_there_or_not_changed(fake: FakeTelegram, li: FakeUser) -> None:
    sent = ask(fake, lambda bot: bot.send_message(1001, "您好"))
    again = refused(fake, lambda bot: bot.edit_message_text("您好", chat_id=1001, message_id=sent.message_id))
    assert "message is not modified" in again
    assert "message to edit not found" in refused(
        fake, lambda bot: bot.edit_message_text("您好", chat_id=1001, message_id=99)
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" ", "message text is empty"),
        ("车" * 4097, "message is too long"),
        ("<b>车", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<车>", 'Unsupported start tag "车" at byte offset 0'),
        ("车<b>1</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_texts_that_are_refused(fake: FakeTelegram, li: FakeUser, text: str, reason: str) -> None:
    assert reason in refused(fake, lambda bot: bot.send_message(1001, text, parse_mode="HTML"))


def test_html_becomes_text_and_entities(fake: FakeTelegram, li: FakeUser) -> None:
    html = '🚗<b>粤B12345</b> &lt;1&gt; &amp;c <a href="https://a.cn/?a=1&amp;b=2">看</a>'
    sent = ask(fake, lambda bot: bot.send_message(1001, html, parse_mode="HTML"))
    assert sent.text == "🚗粤B12345 <1> &c 看"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 2, 7), ("text_link", 17, 1)]
    assert sent.entities[1].url == "https://a.cn/?a=1&b=2"


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"callback_data": "车" * 22}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"url": "http://localhost/x"}, "Wrong HTTP URL"),
        ({}, "Text buttons are unallowed"),
    ],
)
def test_buttons_that_are_refused(fake: FakeTelegram, li: FakeUser, button: dict[str, str], reason: str) -> None:
    assert reason in refused(fake, lambda bot: bot.send_message(1001, "?", reply_markup=one_button(**button)))


def test_a_phone_is_asked_in_private_only(fake: FakeTelegram, li: FakeUser) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="发送手机号", request_contact=True)]])
    fake.group(GROUP)
    assert "private chats only" in refused(fake, lambda bot: bot.send_message(GROUP, "?", reply_markup=keys))
    ask(fake, lambda bot: bot.send_message(1001, "?", reply_markup=keys))
    shared = li.taps("发送手机号")
    assert shared.update["message"]["contact"]["user_id"] == 1001


def test_who_cannot_be_written_to(fake: FakeTelegram, li: FakeUser) -> None:
    fake.user(1002, first_name="王芳")
    never = refused(fake, lambda bot: bot.send_message(1002, "您好"), TelegramForbiddenError)
    assert never == "Forbidden: bot can't initiate conversation with a user"
    assert "chat not found" in refused(fake, lambda bot: bot.send_message(1003, "您好"))
    li.blocks_bot()
    blocked = refused(fake, lambda bot: bot.send_message(1001, "您好"), TelegramForbiddenError)
    assert blocked == "Forbidden: bot was blocked by the user"


def test_a_group_that_moved(fake: FakeTelegram, li: FakeUser) -> None:
    moved = fake.group(-4001, "服务群").becomes(GROUP, by=li)
    with pytest.raises(TelegramMigrateToChat) as caught:
        ask(fake, lambda bot: bot.send_message(-4001, "您好"))
    assert caught.value.migrate_to_chat_id == moved.id
    ask(fake, lambda bot: bot.send_message(moved.id, "您好"))
    assert moved.last.text == "您好"


def test_faults(fake: FakeTelegram, li: FakeUser) -> None:
    def hello(bot: Bot) -> Awaitable[Any]:
        return bot.send_message(1001, "您好", request_timeout=1)

    fake.fail_next(status=429, retry_after=7)
    with pytest.raises(TelegramRetryAfter) as caught:
        ask(fake, hello)
    assert caught.value.retry_after == 7
    fake.fail_next(status=500)
    refused(fake, hello, TelegramServerError)
    assert li.inbox == []
    fake.answer_then_drop_next()
    refused(fake, hello, TelegramNetworkError)
    assert li.inbox.last.text == "您好"
    fake.hang_next(seconds=1.2)
    refused(fake, hello, TelegramNetworkError)
    fake.goes_down()
    refused(fake, hello, TelegramNetworkError)
    fake.comes_back()
    ask(fake, hello)
    fake.wait_for(lambda: len(fake.calls) == 5)
    assert len(li.inbox) == 2
    fake.revoke_token()
    refused(fake, hello, TelegramUnauthorizedError)


def test_twenty_a_minute_in_a_group(li: FakeUser) -> None:
    with FakeTelegram(limits=True) as fake:
        group = fake.group(GROUP)

        async def many(bot: Bot) -> None:
            for number in range(21):
                await bot.send_message(GROUP, str(number))

        refused(fake, many, TelegramRetryAfter)
        assert len(group.inbox) == 20


def test_pictures_and_files(fake: FakeTelegram, li: FakeUser) -> None:
    sent = ask(fake, lambda bot: bot.send_photo(1001, BufferedInputFile(PNG, "chart.png"), caption="<b>周报</b>"))
    assert sent.caption == "<b>周报</b>"
    assert (li.inbox.last.kind, li.inbox.last.file) == ("photo", PNG)
    again = ask(fake, lambda bot: bot.send_photo(1001, sent.photo[-1].file_id))
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    paper = ask(fake, lambda bot: bot.send_document(1001, BufferedInputFile(b"a,b", "报表.csv")))
    assert paper.document.file_name == "报表.csv"
    wrong = refused(fake, lambda bot: bot.send_photo(1001, BufferedInputFile(b"a,b", "a.png")))
    assert "IMAGE_PROCESS_FAILED" in wrong

    async def download(bot: Bot) -> bytes:
        found = await bot.get_file(li.sends_photo(PNG).update["message"]["photo"][-1]["file_id"])
        assert found.file_path is not None
        content = await bot.download_file(found.file_path)
        assert content is not None
        return content.read()

    assert ask(fake, download) == PNG


def test_lookups(fake: FakeTelegram, li: FakeUser) -> None:
    assert ask(fake, lambda bot: bot.get_me()).username == "huiche_test_bot"
    assert ask(fake, lambda bot: bot.get_chat(1001)).first_name == "李明"
    assert ask(fake, lambda bot: bot.get_chat_member(1001, 1001)).status == "member"
    assert ask(fake, lambda bot: bot.send_chat_action(1001, "typing"))
    assert ask(fake, lambda bot: bot.set_my_commands([BotCommand(command="book", description="预约")]))
    command = BotCommand(command="Book!", description="预约")
    assert "BOT_COMMAND_INVALID" in refused(fake, lambda bot: bot.set_my_commands([command]))
    missing = refused(fake, lambda bot: bot(GetUserProfilePhotos(user_id=1001)), TelegramNotFound)
    assert missing == "Not Found: method not found"
    with pytest.raises(TelegramUnauthorizedError):
        ask(fake, lambda bot: bot.get_me(), token="1:wrong")


def test_a_reply_names_its_message(fake: FakeTelegram, li: FakeUser) -> None:
    said = li.says("在吗").update["message"]["message_id"]
    reply = ReplyParameters(message_id=said)
    sent = ask(fake, lambda bot: bot.send_message(1001, "在", reply_parameters=reply))
    assert sent.reply_to_message.text == "在吗"
    lost = ReplyParameters(message_id=999)
    assert "replied not found" in refused(fake, lambda bot: bot.send_message(1001, "在", reply_parameters=lost))


def test_json_bodies_are_understood_too(fake: FakeTelegram, li: FakeUser) -> None:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "y"}]]}
    body = {"chat_id": 1001, "text": "您好", "reply_markup": markup}
    url = f"{fake.base_url}/bot{fake.token}/sendmessage"
    assert web.post_json(url, body).json()["result"]["text"] == "您好"
    broken = web.post_json(url, body | {"reply_markup": "{"})
    assert json.loads(broken.body)["description"] == "Bad Request: object expected as reply markup"
