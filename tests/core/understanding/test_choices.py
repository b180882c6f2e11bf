"""A reply to a list: its number, its place, its words."""

from __future__ import annotations

import pytest

from core.understanding import choice_index
from core.understanding.choices import any_will_do

SERVICES = ["保养", "轮胎", "四轮定位", "洗车"]
HOURS = ["周二 14:00", "周二 15:00", "周三 09:00"]
MARKS = ["5 非常满意", "4 满意", "3 一般", "2 不满意", "1 非常不满意"]
REASONS = ["价格贵", "服务不好", "距离远", "车卖了"]


@pytest.mark.parametrize(
    ("text", "labels", "index"),
    [
        ("2", SERVICES, 1),
        ("２", SERVICES, 1),
        ("9", HOURS, 2),
        ("14吧", HOURS, 0),
        ("15 works", HOURS, 1),
        ("9 is fine", HOURS, 2),
        ("9", ["周二 09:00", "周三 09:00", "周三 10:00"], None),
        ("9", SERVICES, None),
        ("二", SERVICES, 1),
        ("第二个", SERVICES, 1),
        ("选2", SERVICES, 1),
        ("我选第二个吧", SERVICES, 1),
        ("2️⃣", SERVICES, 1),
        ("option 3", SERVICES, 2),
        ("the second one", SERVICES, 1),
        ("最后一个", SERVICES, 3),
        ("前面那个", SERVICES, 0),
        ("后面那个", ["南山店", "福田店"], 1),
        ("中间那个", HOURS, 1),
        ("洗车", SERVICES, 3),
        ("就洗车吧", SERVICES, 3),
        ("定位", SERVICES, 2),
        ("补胎", SERVICES, 1),
        ("福田", ["南山店", "福田店"], 1),
        ("三点", HOURS, 1),
        ("下午两点那个", HOURS, 0),
        ("周三", HOURS, 2),
        ("周二", HOURS, None),
        ("5", MARKS, 0),
        ("1", MARKS, 4),
        ("太远了，距离远", REASONS, 2),
        ("5", SERVICES, None),
        ("0", SERVICES, None),
        ("随便", SERVICES, None),
        ("", SERVICES, None),
        ("1", [], None),
    ],
)
def test_the_reply_points_at_one_label_or_none(text: str, labels: list[str], index: int | None) -> None:
    assert choice_index(text, labels) == index


@pytest.mark.parametrize(
    "text",
    ["随便", "随便哪天", "都行", "哪天都可以", "越快越好！", "尽快吧", "最早的", "你们安排吧", "看着办", "就最早那个",
     "无所谓", "anytime", "Any time is fine", "the earliest one", "ASAP", "you choose", "doesn't matter", "随便，"],
)  # fmt: skip
def test_some_leave_it_to_us(text: str) -> None:
    assert any_will_do(text)


@pytest.mark.parametrize(
    "text", ["", "随便看看", "都不行", "你们几点开门", "尽快给我回电话", "最早几点", "any discount", "随便说说"]
)
def test_others_do_not(text: str) -> None:
    assert not any_will_do(text)
