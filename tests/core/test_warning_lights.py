"""A red light stops the car, anything uncertain is asked."""

import pytest

from core.warning_lights import verdict


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("仪表盘亮了个红灯", "stop"),
        ("红色的感叹号", "stop"),
        ("水温过高报警", "stop"),
        ("机油灯亮了", "stop"),
        ("机油压力低", "stop"),
        ("刹车灯一直亮", "stop"),
        ("提示动力电池故障", "stop"),
        ("提示绝缘故障，请安全停车", "stop"),
        ("发动机冒烟了", "stop"),
        ("车里有焦糊味", "stop"),
        ("一个黄灯一个红灯", "stop"),
        ("不是黄的，是红的", "stop"),
        ("red warning light", "stop"),
        ("the engine is overheating", "stop"),
        ("oil pressure warning", "stop"),
        ("亮了个黄色的灯", "calm"),
        ("不是红的，是黄的", "calm"),
        ("胎压灯黄色", "calm"),
        ("amber engine light", "calm"),
        ("故障灯亮了", "unclear"),
        ("仪表上有个图标一直闪", "unclear"),
        ("发动机灯亮了", "unclear"),
        ("a light came on", "unclear"),
        ("没有冒烟，就是有个灯", "unclear"),
    ],
)
def test_what_a_light_calls_for(words: str, meant: str) -> None:
    assert verdict(words) == meant
