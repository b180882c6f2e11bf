"""Words that a person should answer, and noise."""

import pytest

from core.understanding.substance import has_substance


@pytest.mark.parametrize(
    "words",
    [
        "今天天气怎么样",
        "我家孩子把饮料洒在座椅上了",
        "后备箱关不严",
        "方向盘有点往右偏",
        "上次那个师傅还在吗",
        "the trunk does not close",
        "is it normal that the screen is black",
    ],
)
def test_real_words_deserve_a_person(words: str) -> None:
    assert has_substance(words)


NOISE = "? 。。。 😂😂😂 a 哈哈哈哈哈哈 啦啦啦啦 嘟嘟嘟嘟 嗯嗯哦 发发发发发发 qqqqq 666 lol".split()


@pytest.mark.parametrize("words", [*NOISE, "", "asdfgh jkl", "fghj fghj fghj", "1 2 3"])
def test_noise_does_not(words: str) -> None:
    assert not has_substance(words)
