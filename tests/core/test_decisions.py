"""What an owner answers to proposed work."""

import pytest

from core.decisions import decision, decisions


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("可以，换吧", "agreed"),
        ("同意", "agreed"),
        ("行", "agreed"),
        ("好的，一起做", "agreed"),
        ("OK", "agreed"),
        ("yes, go ahead", "agreed"),
        ("这个先不做", "declined"),
        ("不同意", "declined"),
        ("算了，下次再说", "declined"),
        ("太贵了", "declined"),
        ("no thanks", "declined"),
        ("请打电话给我", "call"),
        ("电话里说吧", "call"),
        ("call me please", "call"),
        ("为什么要换", ""),
        ("可以便宜点吗", ""),
        ("能不能下次换？", ""),
        ("我在开会", ""),
        ("行车记录仪坏了", ""),
        ("好像还有异响", ""),
        ("可以用多久", ""),
        ("刹车做过一次了，好多年了", ""),
        ("都行", "agreed"),
        ("那就换了吧", "agreed"),
    ],
)
def test_a_decision_is_read_and_a_question_is_none(words: str, meant: str) -> None:
    assert decision(words) == meant


@pytest.mark.parametrize(
    ("words", "brakes", "filter_"),
    [
        ("刹车片换，滤芯不换", "agreed", "declined"),
        ("滤芯可以，刹车片先不做", "declined", "agreed"),
        ("都可以", "agreed", "agreed"),
        ("两个都不换", "declined", "declined"),
        ("刹车片可以", "agreed", ""),
        ("可以", "", ""),
        ("不换了", "", ""),
        ("可以，但是不换", "", ""),
        ("打我电话", "call", "call"),
    ],
)
def test_several_pieces_are_answered_each(words: str, brakes: str, filter_: str) -> None:
    assert decisions(words, ["更换刹车片", "更换空调滤芯"]) == [brakes, filter_]


def test_yes_and_no_in_one_breath_is_no_answer() -> None:
    assert decisions("可以，但是先不换", ["更换刹车片"]) == [""]
