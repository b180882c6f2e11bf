"""The shop's own wording takes the place of ours, with the same values, in its language alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from inspect import signature
from zoneinfo import ZoneInfo

import pytest

from core.policy_file import read_policy
from core.say import OwnerSay
from core.say.own_words import CHANGEABLE, values_of

ZONE = ZoneInfo("Asia/Shanghai")


def speaking(language: str, file: str) -> OwnerSay:
    return OwnerSay(language, ZONE, read_policy(file).texts)


def test_values_are_written_as_they_always_are() -> None:
    say = speaking("zh", '[texts.zh]\ncoupon_claimed = "{coupon}是您的了，用到{last}，券码{code}"')
    told = say.coupon_claimed("礼券", "八折", date(2026, 11, 24), "ABCDE")
    assert told == "礼券是您的了，用到11 月 24 日（周二），券码ABCDE"


def test_the_other_language_and_the_other_texts_stay() -> None:
    file = '[texts.zh]\nwelcome = "您好，这里是南山店"'
    assert speaking("zh", file).welcome() == "您好，这里是南山店"
    assert speaking("en", file).welcome() == OwnerSay("en", ZONE).welcome()
    assert speaking("zh", file).thanks() == OwnerSay("zh", ZONE).thanks()


def test_a_moment_is_in_the_shops_zone_and_a_brace_stays_a_brace() -> None:
    say = speaking("en", '[texts.en]\nmissed = "We missed you on {moment} {{{service}}}"')
    told = say.missed(moment=datetime(2026, 11, 24, 7, tzinfo=UTC), plate="", service="wash")
    assert told == "We missed you on Tue 24 Nov 15:00 {wash}"


@pytest.mark.parametrize("name", CHANGEABLE)
def test_each_text_that_can_be_changed_takes_plain_values(name: str) -> None:
    kinds = {one.annotation for one in list(signature(getattr(OwnerSay, name)).parameters.values())[1:]}
    assert kinds <= {"str", "int", "date", "datetime"}
    assert all(value.isidentifier() for value in values_of(OwnerSay, name))
