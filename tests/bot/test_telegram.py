"""The Telegram channel against a strict Bot API on a real socket."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.telegram import TelegramChannel
from core.errors import DeliveryFailed
from core.messages import Bubble, Button, Card, Choice, TapAnswer
from tests.bot.sending import CARD, TIMES, refused, send, settings_of, use, verdict
from tests.fakes.telegram import FakeTelegram, FakeUser

GROUP = -1001234567890


@pytest.fixture
def li(telegram: FakeTelegram) -> FakeUser:
    user = telegram.user(1001, first_name="李明")
    telegram.deliveries.target = None
    user.starts()
    return user


@pytest.fixture
def channel(telegram: FakeTelegram, li: FakeUser) -> TelegramChannel:
    telegram.group(GROUP)
    return TelegramChannel(settings_of(telegram))


def test_li_reads_the_very_words_whatever_they_are(channel: TelegramChannel, li: FakeUser) -> None:
    words = "<b>粤B12345</b> & _星_ *号* [链](x) `码` ]]> 🚗"
    assert send(channel, "1001", Bubble(words)) == str(li.inbox.last.message_id)
    assert li.inbox.last.text == words
    assert li.inbox.last.entities == []


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (("10:00", "14:00", "16:00", "17:00"), [3, 1]),
        (("明天上午 10:00", "明天下午 2:00", "都不行"), [2, 1]),
        (("深圳南山店（科技园）", "深圳福田店（会展中心）"), [1, 1]),
    ],
)
def test_short_choices_stand_side_by_side(
    channel: TelegramChannel, li: FakeUser, labels: tuple[str, ...], rows: list[int]
) -> None:
    choices = tuple(Choice(f"1:x={i}", label) for i, label in enumerate(labels))
    send(channel, "1001", Bubble("请选择", choices))
    assert [len(row) for row in li.inbox.last.buttons] == rows


def test_a_tapped_choice_comes_back_as_its_id(channel: TelegramChannel, li: FakeUser) -> None:
    send(channel, "1001", TIMES)
    (inbound,) = channel.read(_body(li.taps("14:00").update))
    assert inbound.choice == "1:at=14"
    assert inbound.card == str(li.inbox.last.message_id)


def test_the_phone_button_stands_above_the_other_answers_and_goes_away_again(
    channel: TelegramChannel, li: FakeUser
) -> None:
    send(channel, "1001", Bubble("留个手机号？", (Choice("1:no=1", "先不留"),), "发送手机号"))
    first, second = li.inbox.last.keyboard
    assert (first[0]["text"], first[0]["request_contact"]) == ("发送手机号", True)
    assert second[0]["text"] == "先不留"
    send(channel, "1001", Bubble("好的"))
    assert li.inbox.last.markup == {"remove_keyboard": True}


def test_a_group_is_never_asked_for_a_phone(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    send(channel, str(GROUP), Bubble("今天三位", contact_label="发送手机号"))
    assert telegram.messages(GROUP)[-1].markup == {}


def test_a_text_too_long_for_one_message_comes_in_several(channel: TelegramChannel, li: FakeUser) -> None:
    paragraphs = [f"{i} " + "很长的一段话。" * 60 for i in range(30)]
    send(channel, "1001", Bubble("\n\n".join(paragraphs), TIMES.choices))
    assert len(li.inbox) == 4
    assert "".join(li.inbox.texts).replace("\n", "") == "".join(paragraphs)
    assert [bool(message.buttons) for message in li.inbox] == [False, False, False, True]


def test_a_card_has_its_tone_as_a_shape_and_its_actions_as_buttons(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    send(channel, str(GROUP), CARD)
    card = telegram.messages(GROUP)[-1]
    assert card.text.splitlines() == ["○ 新预约 <急>", *CARD.lines, "等待领取"]
    assert card.button("我来")["callback_data"] == "t:12:take"


def test_a_taken_card_changes_in_place_and_the_same_change_again_is_no_error(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    number = send(channel, str(GROUP), CARD)
    taken = Card(12, CARD.title, CARD.lines, ((Button("done", "完成"),),), "done", "王工已领取 10:02")
    assert send(channel, str(GROUP), taken, edits=number) == number
    assert send(channel, str(GROUP), taken, edits=number) == number
    (card,) = telegram.messages(GROUP)
    assert card.text.startswith("✓")
    assert card.text.endswith("王工已领取 10:02")
    assert card.labels == ["完成"]


def test_a_card_links_only_where_telegram_can_follow(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    links = Button("https://shop.example.cn/console/tasks/12", "打开"), Button("http://localhost/x", "本机")
    send(channel, str(GROUP), Card(12, "预警", (), (links,)))
    assert telegram.messages(GROUP)[-1].labels == ["打开"]


def test_the_one_who_tapped_is_told(channel: TelegramChannel, telegram: FakeTelegram, li: FakeUser) -> None:
    send(channel, "1001", TIMES)
    tap = li.taps("10:00").update["callback_query"]["id"]
    send(channel, "", TapAnswer(tap, "王工已领取" * 100, alert=True))
    assert li.toasts[-1].alert
    assert li.toasts[-1].text.startswith("王工已领取")
    telegram.age_taps()
    assert send(channel, "", TapAnswer(tap, "太晚了")) == ""


def test_who_never_started_the_bot_is_led_there(channel: TelegramChannel, telegram: FakeTelegram, li: FakeUser) -> None:
    send(channel, "1001", TIMES)
    tap = li.taps("10:00").update["callback_query"]["id"]
    send(channel, "", TapAnswer(tap, "已领取，请先打开机器人", "?start=staff"))
    assert li.toasts[-1].url == "https://t.me/huiche_test_bot?start=staff"


def _fail(**fault: Any) -> Any:
    return lambda telegram: telegram.fail_next(**fault)


@pytest.mark.parametrize(
    ("goes_wrong", "what_follows"),
    [
        (_fail(status=429, retry_after=7), "wait 7"),
        (_fail(status=500), "retry"),
        (_fail(status=502), "retry"),
        (_fail(status=403), "reroute"),
        (_fail(status=400), "permanent"),
        (_fail(status=400, description="Bad Request: chat not found"), "reroute"),
        (lambda telegram: telegram.block(1001), "reroute"),
        (lambda telegram: telegram.revoke_token(), "wait 300"),
        (lambda telegram: telegram.goes_down(), "retry"),
        (lambda telegram: telegram.answer_then_drop_next(), "unknown"),
    ],
    ids=["429", "500", "502", "403", "400", "gone", "blocked", "revoked", "down", "dropped"],
)
def test_each_way_of_failing_says_what_to_do(
    channel: TelegramChannel, telegram: FakeTelegram, goes_wrong: Any, what_follows: str
) -> None:
    goes_wrong(telegram)
    assert verdict(refused(channel, "1001", Bubble("您好"))) == what_follows


def test_a_group_that_became_a_supergroup_tells_its_new_id(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.group(-400123)
    telegram.migrate(-400123, GROUP)
    assert verdict(refused(channel, "-400123", CARD)) == f"moved to {GROUP}"


def test_a_card_that_was_deleted_is_not_tried_again(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    assert verdict(refused(channel, str(GROUP), CARD, edits="4711")) == "permanent"


def test_no_failure_tells_the_token(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    for goes_wrong in (telegram.revoke_token, telegram.goes_down):
        goes_wrong()
        failure = refused(channel, "1001", Bubble("您好"))
        assert telegram.token not in str(failure)
        assert telegram.token not in repr(failure.__cause__)


def test_the_webhook_is_set_with_its_secret_and_taken_off(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    async def work() -> list[str]:
        await channel.set_webhook("https://shop.example.cn", "s3cret")
        there = (await channel.webhook_info())["url"]
        await channel.delete_webhook()
        return [there, (await channel.webhook_info())["url"], await channel.username()]

    assert use(channel, work) == ["https://shop.example.cn/telegram/webhook", "", "huiche_test_bot"]
    assert "my_chat_member" in telegram.state.allowed_updates


def test_updates_are_asked_for_from_an_offset(channel: TelegramChannel, telegram: FakeTelegram, li: FakeUser) -> None:
    li.says("你好")
    first, second = use(channel, lambda: channel.updates(0, 1))
    assert channel.read(second[1])[0].text == "你好"
    assert use(channel, lambda: channel.updates(second[0], 1)) == [second]
    assert first[0] + 1 == second[0]


def test_polling_beside_a_webhook_is_refused(channel: TelegramChannel) -> None:
    async def work() -> None:
        await channel.set_webhook("https://shop.example.cn", "s3cret")
        await channel.updates(0, 1)

    with pytest.raises(DeliveryFailed, match="409"):
        use(channel, work)


def test_a_silent_platform_is_left_in_doubt(telegram: FakeTelegram, li: FakeUser) -> None:
    channel = TelegramChannel(settings_of(telegram))
    telegram.hang_next(seconds=30)

    async def work() -> str:
        with pytest.raises(DeliveryFailed) as caught:
            await channel.call("sendMessage", {"chat_id": "1001", "text": "您好"}, within=0.2)
        return verdict(caught.value)

    assert use(channel, work) == "unknown"


def _body(update: Any) -> bytes:
    return json.dumps(update).encode()
