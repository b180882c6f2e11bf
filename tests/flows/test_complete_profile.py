"""One missing fact at a time, in a good moment, and seldom."""

from __future__ import annotations

import pytest

from tests.chat import Person, Shop
from tests.flows.test_my_data import CHANNELS, heard, li_ming, says


def starts(li: Person) -> str:
    """The good moment: as a five-star rating names the flow to go on with."""
    before = len(heard(li))
    li.starts("complete_profile")
    return heard(li)[before:]


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_birthday_is_asked_first_and_shown_back(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    assert "您的生日" in starts(li)
    assert "已保存：生日 1990 年 5 月 3 日" in says(li, "1990年5月3日")
    assert shop.ask(lambda crm: str(crm.owners.get(1).birthday)) == "1990-05-03"


def test_the_next_one_comes_thirty_days_later(shop: Shop) -> None:
    li = li_ming(shop)
    starts(li)
    li.says("5月3号")
    assert "我可以帮您" in starts(li)  # nothing to ask: what else, then
    shop.time_is("2026-12-23 10:01")
    assert "粤B12345现在跑了多少公里" in starts(li)  # the model is known
    assert "已保存：里程 28,000 公里" in li.says("两万八")


def test_what_was_skipped_is_not_asked_for_half_a_year(shop: Shop) -> None:
    li = li_ming(shop)
    starts(li)
    assert "不影响服务" in li.taps("跳过")
    shop.time_is("2026-12-24 10:00")
    assert "公里" in starts(li)
    li.taps("跳过")
    shop.time_is("2027-05-23 10:01")
    assert "您的生日" in starts(li)


def test_a_day_to_come_is_no_birthday(shop: Shop) -> None:
    li = li_ming(shop)
    starts(li)
    assert "不能晚于今天" in li.says("2030年5月3日")
    assert "已保存" in li.says("5月3日")


def test_after_a_thank_you_it_is_asked_and_then_not_again(shop: Shop) -> None:
    li = li_ming(shop)
    assert "您的生日" in li.says("谢谢")
    li.says("跳过")
    assert "生日" not in li.says("谢谢")


def test_it_gives_way_to_anything_else(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("谢谢")
    assert "什么时候" in li.says("我要做保养")


def test_a_stranger_is_not_asked(shop: Shop) -> None:
    stranger = shop.stranger()
    stranger.says("你好")
    assert "生日" not in stranger.says("谢谢")
