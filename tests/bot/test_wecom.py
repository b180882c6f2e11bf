"""WeCom's group robot against a strict one on a real socket."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.wecom import WeComChannel
from core.messages import Bubble, Card
from tests.bot.sending import CARD, refused, send, settings_of, verdict
from tests.fakes.wecom import FakeWeComRobot

PAGE = "https://shop.example.cn"


def test_a_card_leads_to_its_task_on_the_staff_page(robot: FakeWeComRobot) -> None:
    send(WeComChannel(settings_of(PUBLIC_URL=PAGE)), robot.url, CARD)
    card = robot.last.body["template_card"]
    assert robot.last.msgtype == "template_card"
    assert set(robot.last.links) == {f"{PAGE}/console/tasks/12"}
    assert card["main_title"]["title"] == "○ 新预约 <急>"
    assert card["horizontal_content_list"][0] == {"keyname": "时间", "value": "11 月 24 日（周二）15:00"}
    assert card["sub_title_text"] == "等待领取"


def test_a_long_card_still_fits(robot: FakeWeComRobot) -> None:
    lines = tuple(f"第{i}项：{'很长' * 40}" for i in range(20)) + tuple(f"{i}：短" for i in range(20))
    send(WeComChannel(settings_of(PUBLIC_URL=PAGE)), robot.url, Card(7, "预警" * 40, lines, tone="alarm"))
    send(WeComChannel(settings_of()), robot.url, Card(7, "预警" * 40, lines * 9, tone="alarm"))
    assert [post.msgtype for post in robot.posts] == ["template_card", "markdown"]
    assert all("▲ 预警" in post.text for post in robot.posts)


def test_without_a_public_address_a_card_is_words(robot: FakeWeComRobot) -> None:
    send(WeComChannel(settings_of()), robot.url, CARD)
    assert robot.last.msgtype == "markdown"
    assert "> 时间：11 月 24 日（周二）15:00" in robot.last.text
    assert "去处理" not in robot.last.text


def test_an_owners_words_cannot_mention_or_link_anybody(robot: FakeWeComRobot) -> None:
    remark = "备注：<@all> [领奖](http://evil.example) <font color='info'>"
    send(WeComChannel(settings_of()), robot.url, Card(7, "预警", (remark,)))
    assert "<@all>" not in robot.last.text
    assert "](" not in robot.last.text
    assert robot.last.text.count("<font") == 1


def test_words_for_the_group_come_as_text(robot: FakeWeComRobot) -> None:
    channel = WeComChannel(settings_of())
    send(channel, robot.url, Bubble("王工已领取 #12"))
    assert (robot.last.msgtype, robot.last.text) == ("text", "王工已领取 #12")
    send(channel, robot.url, Bubble("很长。" * 300))
    assert "".join(post.text for post in robot.posts).count("很长。") == 300


@pytest.mark.parametrize(
    ("goes_wrong", "what_follows"),
    [
        (lambda robot: robot.fail_next(errcode=45009), "wait 60"),
        (lambda robot: robot.fail_next(errcode=-1), "retry"),
        (lambda robot: robot.fail_next(errcode=93000), "permanent"),
        (lambda robot: robot.http_500_next(), "retry"),
        (lambda robot: robot.answer_then_drop_next(), "unknown"),
        (lambda robot: robot.goes_down(), "retry"),
    ],
)
def test_each_way_of_failing_says_what_to_do(robot: FakeWeComRobot, goes_wrong: Any, what_follows: str) -> None:
    goes_wrong(robot)
    failure = refused(WeComChannel(settings_of()), robot.url, CARD)
    assert verdict(failure) == what_follows
    assert robot.key not in str(failure)
