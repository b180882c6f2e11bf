"""What a sentence is about, finer than its intent."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.understanding import understand

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("发动机冒烟了", "danger"),
        ("水温报警了，要不要熄火", "danger"),
        ("车子自燃险有必要买吗", ""),
        ("车打不着火了", "roadside"),
        ("我的车抛锚了快来救援", "roadside"),
        ("爆胎了", "roadside"),
        ("my car won't start", "roadside"),
        ("上次救援多少钱", "last_amount"),
        ("上门取车", "pick_up"),
        ("明天能来我家取车吗", "pick_up"),
        ("can you pick up the car from my home", "pick_up"),
        ("取送车收费吗", ""),
        ("接送", "pick_up"),
        ("我什么时候可以取车", ""),
        ("可以来取车了吗", ""),
        ("上次花了多少钱", "last_amount"),
        ("我上次什么时候保养的", "last_visit"),
        ("上次保养做了什么", "last_visit"),
        ("下次保养什么时候", "next_due"),
        ("我的车该保养了吗", "next_due"),
        ("帮我约下次保养", ""),
        ("电动车需要保养吗", ""),
        ("我的里程", "mileage"),
        ("还在质保期吗", "warranty"),
        ("能开发票吗", "invoice"),
        ("请问保养一次要多久", "duration"),
        ("换轮胎几个小时能好", "duration"),
        ("how long does maintenance take", "duration"),
        ("保养多久做一次", ""),
        ("质保要多久", "warranty"),
        ("明天下午三点做保养", ""),
        ("退订", ""),
    ],
)
def test_the_topic_of_a_sentence(words: str, topic: str) -> None:
    assert understand(words, NOW).topic == topic
