"""What a complaint says."""

import pytest

from core.complaints import asks_progress, solved_or_not, tells_something


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("投诉", False),
        ("我要投诉！", False),
        ("我想投诉你们店", False),
        ("给个说法", False),
        ("I want to make a complaint", False),
        ("I am not happy", False),
        ("投诉，上次弄脏了我的车", True),
        ("我要投诉，等了三个小时", True),
        ("差评，刹车没修好", True),
        ("I want to complain about the brakes", True),
    ],
)
def test_words_that_only_complain_say_nothing_yet(text: str, tells: bool) -> None:
    assert tells_something(text) == tells


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("投诉进度", True),
        ("我的投诉怎么样了", True),
        ("投诉处理得怎么样", True),
        ("查一下我的投诉", True),
        ("what is the status of my complaint", True),
        ("我要投诉", False),
        ("投诉你们态度差", False),
    ],
)
def test_the_progress_of_a_complaint_is_asked_for(text: str, asks: bool) -> None:
    assert asks_progress(text) == asks


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("解决了", "yes"),
        ("已经修好了，谢谢", "yes"),
        ("没问题了", "yes"),
        ("all good", "yes"),
        ("还没有", "no"),
        ("没解决", "no"),
        ("还没修好", "no"),
        ("还是老样子", "no"),
        ("it is not fixed", "no"),
        ("明天下午三点", None),
    ],
)
def test_an_owner_says_whether_it_is_solved(text: str, answer: str | None) -> None:
    assert solved_or_not(text) == answer
