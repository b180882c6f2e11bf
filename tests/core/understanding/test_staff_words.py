"""What members of staff write, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.approvals import Wish
from core.understanding.leave_words import Wanted, leave_wanted
from core.understanding.staff_words import Order, likely, order
from core.understanding.todos import Todo, todos
from core.understanding.wishes import wish_in

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("查 粤B12345", Order("find", "plate", "粤B12345")),
        ("查粤b12345", Order("find", "plate", "粤B12345")),
        ("帮我查一下粤B·12345的车主", Order("find", "plate", "粤B12345", "车主")),
        ("粤B12345是谁的？", Order("find", "plate", "粤B12345")),
        ("查一下 13812345678", Order("find", "phone", "+8613812345678")),
        ("找李明", Order("find", "name", "李明")),
        ("find 粤B12345", Order("find", "plate", "粤B12345")),
        ("/find John Smith", Order("find", "name", "John Smith")),
        ("记 粤B12345 怕胎噪", Order("note", "plate", "粤B12345", "怕胎噪")),
        ("帮我记一下，粤B12345怕胎噪，周三回电话", Order("note", "plate", "粤B12345", "怕胎噪，周三回电话")),
        ("备注：李明 喜欢靠窗的座位", Order("note", "name", "李明", "喜欢靠窗的座位")),
        ("note 粤B12345 minds tyre noise", Order("note", "plate", "粤B12345", "minds tyre noise")),
        ("到店 粤B12345", Order("check_in", "plate", "粤B12345")),
        ("粤B12345到店了", Order("check_in", "plate", "粤B12345")),
        ("粤B12345 到了", Order("check_in", "plate", "粤B12345")),
        ("check in 粤B12345", Order("check_in", "plate", "粤B12345")),
        ("查 练习", Order("find", "practice")),
        ("记 练习 怕胎噪，下周三给他回电话", Order("note", "practice", "", "怕胎噪，下周三给他回电话")),
        ("我的任务", Order("my_tasks", words="我的任务")),
        ("今天有什么活", Order("my_tasks", words="今天有什么活")),
        ("请假 明天", Order("leave", words="明天")),
        ("我明天要请假", Order("leave", words="我明天要请假")),
        ("销假", Order("back")),
        ("排行", Order("scoreboard", words="排行")),
        ("上月排行榜", Order("scoreboard", words="上月排行榜")),
        ("帮助", Order("help", words="帮助")),
        ("建议 #12 按钮太小", Order("feedback", words="#12 按钮太小")),
        ("申请 8折 粤B12345 老客户", Order("discount", "plate", "粤B12345", "8折 老客户")),
        ("discount 80% 粤B12345 a regular", Order("discount", "plate", "粤B12345", "80% a regular")),
        ("商机 粤B12345 延保 3000元", Order("opportunity", "plate", "粤B12345", "延保 3000元")),
        ("明天下午三点给我的车做保养", None),
        ("我的预约", None),
        ("记得明天提醒我", None),
        ("我到店了", None),
        ("谢谢", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_order_in_the_words(text: str, meant: Order | None) -> None:
    assert order(text) == meant


@pytest.mark.parametrize(
    ("text", "first"),
    [("我想看看他的资料", "find"), ("能给他便宜点打个折么", "discount"), ("我今天的名次", "scoreboard")],
)
def test_what_is_no_order_is_near_to_some(text: str, first: str) -> None:
    assert likely(text)[0] == first
    assert len(set(likely(text))) == 3


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("怕胎噪，下周三给他回电话", [Todo(date(2026, 12, 2), None, "下周三给他回电话")]),
        ("明天下午三点联系她，周五前发报价", [
            Todo(date(2026, 11, 24), time(15), "明天下午三点联系她"), Todo(date(2026, 11, 27), None, "周五前发报价"),
        ]),
        ("怕胎噪", []),
        ("下周三生日", []),
        ("过两天回电话", []),
        ("likes coffee, call him tomorrow", [Todo(date(2026, 11, 24), None, "call him tomorrow")]),
    ],
)  # fmt: skip
def test_a_note_says_what_is_to_be_done_and_when(note: str, found: list[Todo]) -> None:
    assert todos(note, NOW) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("明天", Wanted(date(2026, 11, 24), date(2026, 11, 24))),
        ("下周一到下周三 代班赵工", Wanted(date(2026, 11, 30), date(2026, 12, 2), "赵工")),
        ("明天起3天，由赵工代班", Wanted(date(2026, 11, 24), date(2026, 11, 26), "赵工")),
        ("我后天要请假两天", Wanted(date(2026, 11, 25), date(2026, 11, 26))),
        ("2026-12-01 to 2026-12-03 backup Zhao", Wanted(date(2026, 12, 1), date(2026, 12, 3), "Zhao")),
        ("", Wanted(None, None)),
    ],
)
def test_which_days_are_wanted_and_who_stands_in(text: str, wanted: Wanted) -> None:
    assert leave_wanted(text, NOW) == wanted


@pytest.mark.parametrize(
    ("words", "wish", "why"),
    [
        ("8折 老客户", Wish(20), "老客户"),
        ("8.8折", Wish(12), ""),
        ("打95折 等太久了", Wish(5), "等太久了"),
        ("减100元 等太久", Wish(0, 10_000), "等太久"),
        ("送雨刮 等太久", Wish(0, 0, "雨刮"), "等太久"),
        ("送雨刮 价值80元", Wish(0, 8_000, "雨刮"), "价值"),
        ("80% a regular", Wish(20), "a regular"),
        ("15% off a regular", Wish(15), "a regular"),
        ("100 long wait", Wish(0, 10_000), "long wait"),
        ("老客户", Wish(), "老客户"),
    ],
)
def test_a_wish_in_words(words: str, wish: Wish, why: str) -> None:
    assert wish_in(words) == (wish, why)
