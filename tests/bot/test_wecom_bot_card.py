"""Cards and frames of WeCom's AI bot: what fits, what is cut, and what is read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels import wecom_bot_wire as wire
from bot.channels.wecom_bot_card import small_card, template_card, words_before
from core.messages import Button, Card, Inbound, Kind
from core.say import StaffSay
from core.say.staff import _BUTTONS
from core.shop import Shop
from tests.bot.sending import CARD
from tests.fakes.wecom_bot_rules import card_refusal, words_refusal

SAY = StaffSay("zh", Shop().zone)
TAKE = Button("take", "我来跟进")
LONG = Card(7, "预警" * 40, tuple(f"第{i}项：{'很长' * 40}" for i in range(20)), ((TAKE,),), footer="等" * 90)


def made(card: Card, **more: str) -> dict[str, Any]:
    """The card, which the platform takes."""
    card_made = template_card(card, "t12-1", SAY, **more)
    assert card_refusal(card_made, set()) == (0, "")
    return card_made


def test_rows_title_and_buttons() -> None:
    card = made(CARD)
    assert card["main_title"] == {"title": "○ 新预约 <急>"}
    assert card["horizontal_content_list"][0] == {"keyname": "时间", "value": "11 月 24 日（周二）15:00"}
    assert card["sub_title_text"] == "等待领取"
    assert card["button_list"] == [{"text": "我来", "style": 1, "key": "t:12:take"}]


@pytest.mark.parametrize(
    ("card", "shown"),
    [
        (Card(7, "x", (), tuple((Button(f"send.{n}", f"发送 {n}"),) for n in range(9))), 6),
        (Card(7, "x", (), ((Button("take", "一" * 30),),)), 1),
        (Card(7, "x", (), ((Button("https://a.example/x", "看视频"), TAKE),)), 1),
        (Card(7, "x", ("名：" + "值" * 61, "a" * 500)), 1),
        (Card(7, "", ("：空", "空："), ((TAKE,),)), 1),
        (LONG, 1),
    ],
)
def test_whatever_the_card_is_the_platform_takes_it(card: Card, shown: int) -> None:
    assert (
        len(made(card, page="https://shop.example.cn/console/tasks/7", told="王工已经领取了" * 9)["button_list"])
        == shown
    )


def test_a_link_is_a_row_and_the_page_is_behind_the_card() -> None:
    card = made(Card(7, "x", (), ((Button("https://a.example/x", "看视频"), TAKE),)), page="https://b.example")
    assert card["horizontal_content_list"] == [
        {"type": 1, "keyname": "看视频", "value": "打开", "url": "https://a.example/x"}
    ]
    assert card["card_action"] == {"type": 1, "url": "https://b.example"}


def test_what_does_not_fit_goes_before_it_and_cannot_mention_anybody() -> None:
    assert words_before(CARD) == ""
    before = words_before(LONG)
    assert words_refusal(before, 4096) == (0, "")
    assert "> 第3项：很长很长" in before
    assert "<@all>" not in words_before(Card(7, "x", ("备注：<@all> [奖](http://e.example)" + "长" * 200,)))


def test_every_button_of_the_staff_fits() -> None:
    assert {label for label, _ in _BUTTONS.values() if len(label) > 10} == set()


def test_the_small_card_is_taken() -> None:
    assert card_refusal(small_card("t1-2", "t:1:take", "不" * 60, "再" * 20), set()) == (0, "")


# --- frames ---------------------------------------------------------------------------------------

BODY = {"msgid": "m1", "chatid": "wrNS", "chattype": "group", "from": {"userid": "wang"}, "msgtype": "text"}
TAP = {"eventtype": "template_card_event", "template_card_event": {"event_key": "t:1:take", "task_id": "t1-2"}}


def read(command: str, **body: Any) -> Inbound | None:
    return wire.read({"cmd": command, "headers": {"req_id": "r1"}, "body": BODY | body})


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("@门店助手 绑定 NS", "绑定 NS"),
        ("@门店助手\u2005绑定 NS", "绑定 NS"),
        ("@门店助手 @王工 我的任务", "我的任务"),
        ("绑定 NS", "绑定 NS"),
        ("@门店助手", ""),
    ],
)
def test_the_mention_is_no_part_of_what_was_said(content: str, text: str) -> None:
    inbound = read(wire.MESSAGE, text={"content": content})
    assert inbound is not None
    assert (inbound.text, inbound.chat, inbound.account, inbound.tap_id) == (text, "wrNS", "wang", "r1")


def test_a_private_message_has_no_chat_and_a_voice_message_its_words() -> None:
    inbound = read(wire.MESSAGE, chattype="single", msgtype="voice", text=None, voice={"content": "我的任务"})
    assert inbound is not None
    assert (inbound.kind, inbound.chat, inbound.text) == (Kind.TEXT, "", "我的任务")


def test_a_tap_is_read_from_where_the_platform_puts_it() -> None:
    for event in (TAP, {"eventtype": "template_card_event", "event_key": "t:1:take", "task_id": "t1-2"}):
        inbound = read(wire.EVENT, msgtype="event", event=event)
        assert inbound is not None
        assert (inbound.kind, inbound.choice, inbound.card, inbound.key) == (Kind.CHOICE, "t:1:take", "t1-2", "m1")


@pytest.mark.parametrize(
    "frame",
    [
        {}, {"cmd": wire.MESSAGE}, {"cmd": wire.MESSAGE, "headers": [], "body": "x"}, {"cmd": 5, "body": {"from": 7}},
        {"cmd": wire.EVENT, "headers": {"req_id": "r"}, "body": BODY | {"event": []}},
        {"cmd": wire.EVENT, "headers": {"req_id": "r"}, "body": BODY | {"event": {"eventtype": "enter_chat"}}},
        {"cmd": wire.MESSAGE, "headers": {"req_id": "r"}, "body": BODY | {"msgid": 7}},
        {"headers": {"req_id": "r"}, "errcode": 0},
    ],
)  # fmt: skip
def test_odd_frames_are_nothing(frame: dict[str, Any]) -> None:
    assert wire.read(frame) is None
    assert wire.event_of(frame) in {"", "enter_chat"}


@pytest.mark.parametrize(
    ("code", "follows"), [(0, None), (45009, 60.0), (846607, 60.0), (-1, False), (40008, True), (846605, True)]
)
def test_each_errcode_says_what_to_do(code: int, follows: object) -> None:
    failure = wire.failure({"errcode": code, "errmsg": "…"})
    got = None if failure is None else failure.retry_after if failure.retry_after else failure.permanent
    assert got == follows
