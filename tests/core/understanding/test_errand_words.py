"""Words about a pick-up or help that is to come: what they change, and what is none of it."""

from __future__ import annotations

import pytest

from core.understanding.errand_words import Change, change_in


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("不用来取车了，我自己开过去", Change("off", "pick_up")),
        ("取送车取消吧", Change("off", "pick_up")),
        ("先别来接车，我还没下班", Change("off", "pick_up")),
        ("不用了，我自己开过去", Change("off", "")),
        ("没事了，车能打着了", Change("off", "roadside")),
        ("never mind, it started", Change("off", "roadside")),
        ("no need to come for the car, I'll drive over", Change("off", "pick_up")),
        ("车打着火了，不用来了", Change("off", "roadside")),
        ("cancel the tow truck", Change("off", "roadside")),
        ("取车能晚一个小时吗", Change("when", "pick_up")),
        ("can you pick it up at 4 instead", Change("when", "pick_up")),
        ("取车地址改一下", Change("where", "pick_up")),
        ("换个地方取车，来我公司楼下", Change("where", "pick_up", "我公司楼下")),
        ("上门取车改到公司，高新南一道8号B座", Change("where", "pick_up", "公司，高新南一道8号B座")),
        ("pick it up from my office instead", Change("where", "pick_up", "my office")),
        ("改到后天下午", Change("something")),
        ("你们几点来取车", Change("ask", "pick_up")),
        ("拖车还要多久到", Change("ask", "roadside")),
    ],
)
def test_what_is_to_change(text: str, change: Change) -> None:
    assert change_in(text) == change


@pytest.mark.parametrize(
    "text",
    [
        "我明天来取车",
        "什么时候能取车",
        "几点可以来取车",
        "明天下午三点做保养，能上门取车吗",
        "上门取车收费吗",
        "不用保养了",
        "我的地址改成科苑路2号",
        "can I pick up my car at 5",
    ],
)
def test_what_is_none_of_it(text: str) -> None:
    assert change_in(text) is None
