"""WeChat's one-time notices in a talk: offered where it ends, shown to who asks, and unknown elsewhere."""

from __future__ import annotations

import re

import pytest

from storage.crm import Crm
from tests.chat import Person, Shop
from tests.gifts import born
from tests.storage.test_notice_offers import LI, asks_for_two

PAGE = re.compile(r"https://shop\.example/h/[0-9a-z]+-[a-z2-7]{16}")


def follower(shop: Shop) -> Person:
    return Person(shop, LI, "wechat")


def books(li: Person, day: str = "明天") -> str:
    li.says(f"{day}下午三点给粤B12345做保养")
    if "手机号" in li.bubbles[-1].text:
        li.taps("跳过")
    return li.taps("确认预约")


def accepts(shop: Shop, *templates: str) -> None:
    def count(crm: Crm) -> None:
        for template in templates:
            crm.subscribe_tokens.accepted(crm.conversations.locked("wechat", LI).identity_id, template)

    shop.do(count)


def purpose(shop: Shop, text: str) -> str:
    """Of the page that the text leads to."""
    token = PAGE.search(text)
    assert token, text
    link = shop.ask(lambda crm: crm.links.find(token[0].rpartition("/")[2]))
    assert link is not None
    return link.purpose


def test_a_booking_ends_with_the_way_to_the_notices_once_a_week(shop: Shop) -> None:
    asks_for_two(shop)
    li = follower(shop)
    said = books(li)
    assert "已为您预约" in said
    assert purpose(shop, said) == "notices"
    assert not PAGE.search(books(li, "后天"))
    shop.time_is("2026-11-30 10:00")
    assert purpose(shop, books(li)) == "notices"


def test_who_has_allowed_everything_is_left_alone_until_it_is_used(shop: Shop) -> None:
    asks_for_two(shop)
    accepts(shop, "TPL_due", "TPL_ready")
    li = follower(shop)
    assert not PAGE.search(books(li))
    shop.do(lambda crm: crm.subscribe_tokens.use(1, "TPL_due"))
    assert purpose(shop, books(li, "后天")) == "notices"


@pytest.mark.parametrize("public_url", ["", "https://shop.example"])
def test_nothing_is_offered_where_nothing_is_set_up(shop: Shop, public_url: str) -> None:
    if not public_url:
        asks_for_two(shop, public_url)
    assert "/h/" not in books(follower(shop))


def test_other_channels_see_nothing_of_it(shop: Shop) -> None:
    asks_for_two(shop)
    li = shop.owner("李明", plate="粤B12345", account="account-of-li-ming")
    assert not PAGE.search(books(li))
    assert not PAGE.search(li.says("订阅通知"))
    li.says("授权")
    assert "微信订阅通知" not in li.choices


def test_a_claimed_coupon_ends_with_it_too(shop: Shop) -> None:
    asks_for_two(shop)
    born(shop, "李明", "1990-11-20")
    shop.do(lambda crm: crm.identities.give_to_owner("wechat", LI, 1))
    said = follower(shop).says("领券")
    assert "已领取" in said
    assert [purpose(shop, page) for page in PAGE.findall(said)] == ["coupon", "notices"]


@pytest.mark.parametrize("words", ["订阅通知", "开启提醒", "allow notices"])
def test_who_asks_gets_the_page_whenever_they_ask(shop: Shop, words: str) -> None:
    asks_for_two(shop)
    li = follower(shop)
    first, again = li.says(words), li.says(words)
    assert purpose(shop, first) == "notices"
    assert PAGE.findall(first) == PAGE.findall(again)


def test_in_the_middle_of_a_booking_the_question_is_asked_again(shop: Shop) -> None:
    asks_for_two(shop)
    li = follower(shop)
    li.says("我要预约保养")
    question = li.bubbles[-1].text
    said = li.says("订阅通知")
    assert purpose(shop, said) == "notices"
    assert question in said.partition("/h/")[2]


def test_what_we_may_write_has_a_button_for_it(shop: Shop) -> None:
    asks_for_two(shop)
    li = follower(shop)
    li.says("授权")
    assert purpose(shop, li.taps("微信订阅通知")) == "notices"
