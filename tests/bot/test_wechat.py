"""The WeChat channel against a strict API host on a real socket."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.wechat import WeChatChannel
from core.errors import DeliveryFailed
from core.messages import Bubble, Choice
from flows import ENGINE
from storage.local import LocalTokens
from tests.bot.sending import TIMES, refused, send, settings_of, use, verdict
from tests.fakes.wechat import FakeOwner, FakeWeChat

LI = "oABCD1234567890abcdefghijklm"


@pytest.fixture
def channel(wechat: FakeWeChat, li: FakeOwner) -> WeChatChannel:
    return WeChatChannel(settings_of(wechat), LocalTokens())


@pytest.fixture
def li(wechat: FakeWeChat) -> FakeOwner:
    """She wrote a moment ago: five messages may be sent to her."""
    owner = wechat.owner(LI)
    wechat.state.window(LI).opened_by("message", wechat.state.now())
    return owner


def fetched(wechat: FakeWeChat) -> int:
    return len(wechat.calls_of("stable_token"))


def test_li_reads_the_very_words(channel: WeChatChannel, li: FakeOwner) -> None:
    words = '粤B12345 \\u4f60 "好" <a> ]]> 🚗\n第二行'
    assert send(channel, LI, Bubble(words)) == ""
    assert (li.inbox.last.text, li.inbox.last.msgtype) == (words, "text")


def test_choices_come_as_a_menu_to_tap(channel: WeChatChannel, li: FakeOwner) -> None:
    send(channel, LI, TIMES)
    assert (li.inbox.last.msgtype, li.inbox.last.labels) == ("msgmenu", ["10:00", "14:00"])
    assert li.inbox.last.choices[1][0] == "1:at=14"


def test_a_text_too_long_for_one_message_comes_in_two(channel: WeChatChannel, li: FakeOwner) -> None:
    send(channel, LI, Bubble("很长。" * 300, (Choice("1:a=1", "好"),)))
    assert [said.msgtype for said in li.inbox] == ["text", "msgmenu"]
    assert sum(said.text.count("很长。") for said in li.inbox) == 300


def test_many_messages_need_one_token(channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner) -> None:
    for words in ("一", "二", "三"):
        send(channel, LI, Bubble(words))
    assert fetched(wechat) == 1


@pytest.mark.parametrize("lost", ["expire_token", "invalidate_token"])
def test_a_lost_token_is_renewed_once(channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner, lost: str) -> None:
    send(channel, LI, Bubble("一"))
    getattr(wechat, lost)()
    send(channel, LI, Bubble("二"))
    assert li.inbox.texts == ["一", "二"]
    assert fetched(wechat) == 2


def test_a_platform_that_takes_no_token_is_asked_a_bounded_number_of_times(
    channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner
) -> None:
    wechat.always_40001()
    failure = refused(channel, LI, Bubble("您好"))
    assert verdict(failure) == "wait 60"
    assert failure.reason.startswith("40001")
    assert len(wechat.calls_of("message/custom/send")) == 2
    assert fetched(wechat) == 3


def test_those_who_find_the_token_lost_at_once_fetch_one(
    channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner
) -> None:
    async def work() -> None:
        await channel.api.call("clear_quota", {})
        wechat.invalidate_token()
        await asyncio.gather(*(channel.api.call("clear_quota", {}) for _ in range(8)))

    use(channel, work)
    assert fetched(wechat) == 2


def _code(errcode: int) -> Any:
    return lambda wechat: wechat.fail_next(errcode=errcode, only="message/custom/send")


@pytest.mark.parametrize(
    ("goes_wrong", "what_follows"),
    [
        (_code(-1), "retry"),
        (_code(45009), "wait 1800"),
        (_code(45011), "wait 60"),
        (_code(45015), "reroute"),
        (_code(45047), "reroute"),
        (_code(43004), "reroute"),
        (_code(48002), "reroute"),
        (_code(48001), "wait 300"),
        (_code(40013), "wait 300"),
        (_code(45002), "permanent"),
        (_code(99999), "permanent"),
        (lambda wechat: wechat.close_window(LI), "reroute"),
        (lambda wechat: wechat.use_up_window(LI), "reroute"),
        (lambda wechat: wechat.forbid_ip(), "wait 300"),
        (lambda wechat: wechat.forbid_api("message/custom/send"), "wait 300"),
        (lambda wechat: wechat.http_500_next(only="message/custom/send"), "retry"),
        (lambda wechat: wechat.http_500_next(status=200, only="message/custom/send"), "unknown"),
        (lambda wechat: wechat.answer_then_drop_next(only="message/custom/send"), "unknown"),
        (lambda wechat: wechat.goes_down(), "retry"),
    ],
)
def test_each_way_of_failing_says_what_to_do(
    channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner, goes_wrong: Any, what_follows: str
) -> None:
    goes_wrong(wechat)
    assert verdict(refused(channel, LI, Bubble("您好"))) == what_follows


def test_a_message_whose_token_was_lost_on_the_way_never_left(
    channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner
) -> None:
    wechat.answer_then_drop_next(only="stable_token")
    assert verdict(refused(channel, LI, Bubble("您好"))) == "retry"


def test_no_failure_tells_secret_or_token(channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner) -> None:
    send(channel, LI, Bubble("一"))
    wechat.goes_down()
    failure = refused(channel, LI, Bubble("二"))
    for secret in (wechat.secret, wechat.state.tokens[-1].value):
        assert secret not in str(failure)


def test_menu_and_scene_codes_are_made(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    async def work() -> list[str]:
        await channel.create_menu()
        return [await channel.create_qrcode("adv:17", 10**9), await channel.create_qrcode("counter")]

    urls = use(channel, work)
    assert all(url.startswith("http://weixin.qq.com/q/") for url in urls)
    assert [code["action_name"] for code in wechat.state.qrcodes] == ["QR_STR_SCENE", "QR_LIMIT_STR_SCENE"]
    assert wechat.state.menu
    entries = [one for button in wechat.state.menu["button"] for one in button.get("sub_button", [button])]
    assert {entry["type"] for entry in entries} == {"click"}
    assert {entry["key"] for entry in entries} <= {*ENGINE.starters, *ENGINE.answers, *ENGINE.commands}


@pytest.mark.parametrize(
    ("goes_wrong", "told"),
    [
        (lambda wechat: None, ""),
        (lambda wechat: wechat.forbid_ip(), "40164"),
        (lambda wechat: wechat.forbid_api("message/custom/typing"), "48001"),
        (lambda wechat: setattr(wechat, "secret", "another"), "40125"),
    ],
)
def test_a_check_names_what_is_wrong(channel: WeChatChannel, wechat: FakeWeChat, goes_wrong: Any, told: str) -> None:
    goes_wrong(wechat)

    async def work() -> str:
        try:
            await channel.check()
        except DeliveryFailed as failure:
            return failure.reason[:5]
        return ""

    assert use(channel, work) == told


def test_typing_is_shown_and_never_fails(channel: WeChatChannel, wechat: FakeWeChat, li: FakeOwner) -> None:
    async def work() -> None:
        await channel.show_typing(LI)
        await channel.show_typing("nobody")

    use(channel, work)
    assert LI in wechat.state.typing
