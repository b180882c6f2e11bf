"""An owner wants to be forgotten: asked twice, done everywhere, and told so before the account goes too."""

from __future__ import annotations

import pytest

from tests.chat import Shop
from tests.flows.test_my_data import CHANNELS, heard, li_ming, says


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_owner_is_forgotten_after_two_different_yeses(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    says(li, "明天下午三点做保养")
    says(li, "确认")
    assert "预约 1 个会取消" in says(li, "删除我的资料")
    assert "两个字" in says(li, "继续删除")
    assert "两个字" in says(li, "好的")  # a yes out of habit is not enough
    before = heard(li)
    li.says("删除")
    assert "已删除您的资料" in heard(li).removeprefix(before)
    owner = shop.ask(lambda crm: crm.owners.get(1))
    assert (owner.name, owner.phone_sealed, owner.status) == ("", None, "erased")
    assert [status for *_, status in shop.appointments] == ["cancelled"]
    assert "已结束" in shop.cards("new_appointment")[0].text


def test_thinking_better_of_it_erases_nothing(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("删除我的资料")
    assert "资料都还在" in li.taps("先不删")
    li.says("删除我的资料")
    li.taps("继续删除")
    assert "资料都还在" in li.says("我不想删了")
    assert shop.ask(lambda crm: crm.owners.get(1).name) == "李明"


def test_whoever_writes_on_after_that_is_somebody_new(shop: Shop) -> None:
    li = li_ming(shop)
    for text in ("删除我的资料", "继续删除", "删除"):
        li.says(text)
    assert "没有预约" in li.says("我的预约")
    assert "还没有您的资料" in li.says("我的资料")
    shop.tick()
    assert shop.ask(lambda crm: crm.identities.find("web", "li-account")) is None


def test_the_goodbye_still_arrives_before_the_account_is_forgotten(shop: Shop) -> None:
    li = li_ming(shop, "telegram")
    for text in ("删除我的资料", "继续删除", "删除"):
        li.says(text)
    shop.tick()
    waiting = shop.ask(lambda crm: crm.outbox.waiting())
    assert waiting == 1
    assert shop.ask(lambda crm: crm.identities.find("telegram", "li-account")) is not None
    shop.do(lambda crm: crm.outbox.all_left([(row.id, "m1") for row in crm.outbox.claim("w", 0.0, 9)]))
    shop.tick()
    assert shop.ask(lambda crm: crm.identities.find("telegram", "li-account")) is None
    assert "已删除" not in heard(li)


def test_erasing_in_the_middle_of_a_booking_lets_the_held_time_go(shop: Shop) -> None:
    li = li_ming(shop)
    assert "请确认" in li.says("明天下午三点做保养")
    for text in ("删除我的资料", "继续删除"):
        li.says(text)
    assert "已删除您的资料" in li.says("删除")
    assert shop.appointments == []
    assert "没有正在办理" in li.says("取消")
    wang = shop.stranger("wang-fang")
    assert "11 月 24 日（周二）15:00" in wang.says("明天下午三点给粤B88888做保养") + wang.says("跳过")
