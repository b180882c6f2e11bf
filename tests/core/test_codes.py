"""Codes as people type, read out and scan them."""

import pytest

from core.codes import coupon_code, grouped, maybe_referral_code, referral_code, without_code


@pytest.mark.parametrize(
    "text",
    [
        "ABCDEFGHJK", "ABCDE FGHJK", "abcde fghjk", "ＡＢＣＤＥ　ＦＧＨＪＫ", "abcde-fghjk", "A B C D E F G H J K",
        "ABC DEFG HJK", "：ABCDE FGHJK", " abcdefghjk\n", "https://greenstars.example/console/redeem?code=ABCDEFGHJK",
        "ABCDE FGHJK 发错了", "abcde fghjk sent by mistake",
    ],
)  # fmt: skip
def test_a_coupon_code_in_any_spelling(text: str) -> None:
    assert coupon_code(text) == "ABCDEFGHJK"


@pytest.mark.parametrize(
    "text", ["", "ABCDE", "ABCDEFGHJKL", "ABCDE FGHJ0", "please help me", "今天下午", "13812345678"]
)
def test_what_is_none(text: str) -> None:
    assert coupon_code(text) is None


def test_what_was_said_beside_it_stays_as_it_was_written() -> None:
    assert without_code("ABCDE FGHJK 发错了") == "发错了"
    assert without_code("abcde-fghjk, Sent by mistake") == "Sent by mistake"
    assert without_code("ABCDEFGHJK") == ""


def test_it_is_read_out_in_two_groups() -> None:
    assert grouped("ABCDEFGHJK") == "ABCDE FGHJK"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("介绍码 K7Q2MN", "K7Q2MN"),
        ("朋友介绍来的，介绍码：k7q2mn", "K7Q2MN"),
        ("推荐码是K7Q2MN", "K7Q2MN"),
        ("referral code k7q2mn", "K7Q2MN"),
        ("介绍码 r-K7Q2MN", "K7Q2MN"),
        ("介绍码", None),
        ("介绍码 K7Q2", None),
        ("K7Q2MN", None),
    ],
)
def test_the_code_of_a_friend(text: str, code: str | None) -> None:
    assert referral_code(text) == code


def test_a_code_alone_is_one_only_if_the_store_knows_it() -> None:
    assert maybe_referral_code(" k7q2mn ") == "K7Q2MN"
    assert maybe_referral_code("r-K7Q2MN") == "K7Q2MN"
    assert maybe_referral_code("粤B12345") is None
