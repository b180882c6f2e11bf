"""Hours and parts of the day as owners say them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import understand

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("三点", "15:00"),
        ("九点", "09:00"),
        ("十二点", "12:00"),
        ("8点", "08:00"),
        ("6点", "18:00"),
        ("三点半", "15:30"),
        ("三点一刻", "15:15"),
        ("三点三刻", "15:45"),
        ("差一刻三点", "14:45"),
        ("差五分四点", "15:55"),
        ("三点二十", "15:20"),
        ("三点零五分", "15:05"),
        ("2点30", "14:30"),
        ("十点十五", "10:15"),
        ("14:30", "14:30"),
        ("14：30", "14:30"),
        ("15点", "15:00"),
        ("15时30分", "15:30"),
        ("下午三点", "15:00"),
        ("下午3点半", "15:30"),
        ("下午3:30", "15:30"),
        ("下午3.30", "15:30"),
        ("早上八点", "08:00"),
        ("中午一点", "13:00"),
        ("中午十二点半", "12:30"),
        ("晚上七点", "19:00"),
        ("傍晚6点", "18:00"),
        ("3点到5点", "15:00"),
        ("上午9-11点", "09:00"),
        ("下午三点左右", "15:00"),
        ("3pm", "15:00"),
        ("3:30 pm", "15:30"),
        ("10 am", "10:00"),
        ("at 3", "15:00"),
        ("两点", "14:00"),
        ("７点半", "19:30"),
    ],
)
def test_an_hour_stands_alone(text: str, time: str) -> None:
    assert dict(understand(text, NOW).slots) == {"time": time}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("上午", "morning"),
        ("一大早", "morning"),
        ("朝早", "morning"),
        ("中午", "noon"),
        ("晌午", "noon"),
        ("下午", "afternoon"),
        ("下晝", "afternoon"),
        ("晚上", "evening"),
        ("傍晚", "evening"),
        ("evening", "evening"),
        ("下午吧", "afternoon"),
    ],
)
def test_a_part_of_the_day_stands_alone(text: str, part: str) -> None:
    assert dict(understand(text, NOW).slots) == {"part_of_day": part}


@pytest.mark.parametrize(
    "text", ["便宜一点", "早上好", "晚上好", "有点贵", "等了三个小时", "早点来", "good morning", "几点开门", "差一点"]
)
def test_what_only_looks_like_an_hour_is_none(text: str) -> None:
    assert not {"time", "part_of_day"} & set(understand(text, NOW).slots)
