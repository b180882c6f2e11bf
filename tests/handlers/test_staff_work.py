"""Advisors take their work from cards."""

from __future__ import annotations

from core.messages import Card
from tests.chat import Shop


def a_card(shop: Shop) -> Card:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.says("13812345678")
    li.says("确认")
    return shop.cards("new_appointment")[0]


def test_the_group_sees_a_masked_card_and_the_taker_the_full_one(shop: Shop) -> None:
    card, wang, zhao = a_card(shop), shop.advisor("王工"), shop.advisor("赵工")
    assert "粤B·**45" in card.text
    assert "粤B12345" not in card.text
    assert "138" not in card.text
    assert "已领取" in wang.taps("take", on=card)
    assert "粤B12345" in wang.sees(card)
    assert "+8613812345678" in wang.sees(card)
    assert "粤B12345" not in zhao.sees(card)
    assert "owner.revealed" in shop.verbs()


def test_two_advisors_tap_and_the_second_is_told(shop: Shop) -> None:
    card, wang, zhao = a_card(shop), shop.advisor("王工"), shop.advisor("赵工")
    wang.taps("take", on=card)
    assert zhao.taps("take", on=card) == "王工已经领取了"
    assert "王工 已领取" in shop.cards()[0].text
    assert "已领取" in wang.taps("take", on=card)
    assert shop.verbs().count("owner.revealed") == 1


def test_the_steps_after_taking(shop: Shop) -> None:
    card, wang, zhao = a_card(shop), shop.advisor("王工"), shop.advisor("赵工")
    assert "请先点" in wang.taps("called", on=card)
    wang.taps("take", on=card)
    assert zhao.taps("done", on=card) == "王工已经领取了"
    assert wang.taps("called", on=card) == "已记录"
    assert "王工：已电话联系" in shop.cards()[0].text
    wang.taps("done", on=card)
    assert shop.cards()[0].buttons == ()
    assert "已经结束" in wang.taps("called", on=card)


def test_a_snoozed_task_comes_back(shop: Shop) -> None:
    card, wang = a_card(shop), shop.advisor("王工")
    wang.taps("take", on=card)
    wang.taps("not_reachable", on=card)
    assert "再提醒" in shop.cards()[0].text
    shop.time_is("2026-11-23 14:30")
    shop.tick()
    assert "没联系上" in shop.cards()[0].text
    assert [verb for verb in shop.verbs() if verb.startswith("task.")][-1] == "task.taken"


def test_giving_back_opens_it_for_others(shop: Shop) -> None:
    card, wang, zhao = a_card(shop), shop.advisor("王工"), shop.advisor("赵工")
    wang.taps("take", on=card)
    wang.taps("give_back", on=card)
    assert "已领取" in zhao.taps("take", on=card)


def test_other_stores_and_technicians_do_not_take(two_stores: Shop) -> None:
    li = two_stores.stranger()
    li.says("明天下午三点去福田店给粤B12345做保养")
    li.says("跳过")
    li.says("确认")
    card, wang, lao = two_stores.cards()[0], two_stores.advisor("王工"), two_stores.advisor("老张", "technician")
    assert "其他门店" in wang.taps("take", on=card)
    assert "其他门店" in lao.taps("take", on=card)
    assert wang.taps("no_such_action", on=card) == "这个按钮已经失效"


def test_who_has_left_hands_over_at_once(shop: Shop) -> None:
    card, wang, zhao = a_card(shop), shop.advisor("王工"), shop.advisor("赵工")
    wang.taps("take", on=card)
    shop.do(lambda crm: crm.staff.remove(crm.staff.get(wang.key), crm.staff.get(zhao.key)))
    assert "粤B12345" in zhao.sees(card)
    assert zhao.taps("done", on=card) == "已记录"


def test_the_card_says_when_the_owner_cancels(shop: Shop) -> None:
    a_card(shop)
    li = shop.stranger()
    li.says("不用")
    li.says("取消我的预约")
    li.says("确定")
    assert "车主已取消" in shop.cards()[0].text


def test_the_card_shows_the_new_time_when_the_owner_moves(shop: Shop) -> None:
    a_card(shop)
    li = shop.stranger()
    li.says("不用")
    assert "11 月 27 日（周五）14:00" in li.says("改到周五下午两点")
    assert "已改到" in li.taps("确认改期")
    assert "11 月 27 日（周五）14:00" in shop.cards()[0].text
    assert shop.appointments == [("11-27 14:00", "粤B12345", "booked")]
