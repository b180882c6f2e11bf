"""What a text message says, and how it is answered."""

import pytest

from core.messages import Bubble, Choice, Rank
from core.sms import says_yes, segments, sms_text

DUE = Bubble("李先生，您的车 12 月 1 日该保养了。\n可约 11 月 28 日上午。", (Choice("0:go=booking", "预约"),))


@pytest.mark.parametrize(
    ("rank", "asks", "wanted"),
    [
        (Rank.SERVICE, True, "李先生，您的车 12 月 1 日该保养了。 可约 11 月 28 日上午，回复YY：预约"),
        (Rank.SERVICE, False, "李先生，您的车 12 月 1 日该保养了。 可约 11 月 28 日上午"),
        (Rank.MARKETING, True, "李先生，您的车 12 月 1 日该保养了。 可约 11 月 28 日上午，回复YY：预约，拒收请回复R"),
        (Rank.REPLY, False, DUE.numbered()),
    ],
)
def test_one_question_and_a_way_to_refuse(rank: Rank, asks: bool, wanted: str) -> None:
    assert sms_text(DUE, rank, asks=asks) == wanted


def test_a_link_does_what_the_button_would() -> None:
    link = "https://shop.example/h/1-abcdefgh"
    text = sms_text(DUE, Rank.MARKETING, asks=True, link=link)
    assert text.endswith(f"回复YY：预约，或打开 {link}，拒收请回复R")


@pytest.mark.parametrize("text", ["YY", "yy", "Y", "ＹＹ", " y y ".replace(" y y ", "yy "), "是", "好的。", "1", "１"])
def test_yes_in_every_spelling(text: str) -> None:
    assert says_yes(text)


@pytest.mark.parametrize("text", ["", "N", "R", "YYY", "是不是", "好的，不过改到周五", "11", "TD"])
def test_what_is_no_plain_yes(text: str) -> None:
    assert not says_yes(text)


@pytest.mark.parametrize(
    ("length", "signature", "parts"), [(70, "", 1), (71, "", 2), (66, "回车", 1), (134, "", 2), (135, "", 3)]
)
def test_what_the_platform_bills(length: int, signature: str, parts: int) -> None:
    assert segments("车" * length, signature) == parts
