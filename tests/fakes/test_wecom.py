"""The robot takes what a WeCom group takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.fakes.wecom import FakeWeComRobot

CARD = {
    "card_type": "text_notice",
    "main_title": {"title": "新预约", "desc": "粤B1**45"},
    "jump_list": [{"type": 1, "title": "确认", "url": "https://c.example.cn/s/1"}],
    "card_action": {"type": 1, "url": "https://c.example.cn/bk/1"},
}


def post(robot: FakeWeComRobot, msgtype: str, content: dict[str, Any], url: str = "") -> int:
    answer = web.post_json(url or robot.url, {"msgtype": msgtype, msgtype: content})
    return int(answer.json()["errcode"])


def test_texts_and_cards(robot: FakeWeComRobot) -> None:
    assert post(robot, "text", {"content": "新预约"}) == 0
    assert post(robot, "template_card", CARD) == 0
    assert "粤B1**45" in robot.last.text
    assert robot.last.links == ["https://c.example.cn/s/1", "https://c.example.cn/bk/1"]


@pytest.mark.parametrize(
    ("msgtype", "content", "code"),
    [
        ("text", {"content": ""}, 44004),
        ("text", {"content": "车" * 683}, 45002),
        ("markdown", {"content": "车" * 1366}, 45002),
        ("template_card", CARD | {"card_type": "button_interaction"}, 40058),
        ("template_card", CARD | {"card_action": None}, 40058),
        ("template_card", CARD | {"main_title": {"title": "长" * 27}}, 40058),
        ("textcard", {"title": "x"}, 40008),
    ],
)
def test_posts_that_are_refused(robot: FakeWeComRobot, msgtype: str, content: dict[str, Any], code: int) -> None:
    assert post(robot, msgtype, content) == code
    assert robot.posts == []


def test_twenty_a_minute(robot: FakeWeComRobot) -> None:
    codes = [post(robot, "text", {"content": str(n)}) for n in range(21)]
    assert codes == [0] * 20 + [45009]
    robot.advance(61)
    assert post(robot, "text", {"content": "21"}) == 0


def test_a_wrong_key(robot: FakeWeComRobot) -> None:
    assert post(robot, "text", {"content": "x"}, robot.url + "x") == 93000
