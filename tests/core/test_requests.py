"""What is asked of the talk itself."""

import pytest

from core.requests import own_request


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("有空位时告诉我", "wait_list"), ("有空位就通知我", "wait_list"), ("有位置了叫我一声", "wait_list"),
        ("候补", "wait_list"), ("帮我排个队", "wait_list"), ("tell me when there is a slot", "wait_list"),
        ("waitlist please", "wait_list"), ("不等了", "leave_wait_list"), ("退出候补", "leave_wait_list"),
        ("take me off the waiting list", "leave_wait_list"), ("说中文", "speak"), ("English please", "speak"),
        ("有空位吗", ""), ("明天有空", ""), ("等一下", ""), ("我要保养", ""), ("", ""), ("有优惠告诉我", ""),
    ],
)  # fmt: skip
def test_only_words_that_stand_for_nothing_else(text: str, request_: str) -> None:
    assert own_request(text) == request_
