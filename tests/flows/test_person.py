"""An owner reaches a person, and comes back to the bot: talks that are also the documentation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.messages import Card, Kind
from tests.chat import Advisor, Person, Shop
from tests.drafting import told_later, writes


def taken(shop: Shop, channel: str = "web") -> tuple[Person, Advisor, Card]:
    """Li has asked for a person, and Wang has taken the card."""
    li, wang = shop.stranger(channel=channel), shop.advisor("王工")
    li.says("人工")
    assert "已请顾问来看" in told_later(shop, li)[-1]
    card = shop.cards("hand_over")[0]
    assert "已领取" in wang.taps("take", on=card)
    return li, wang, card


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_who_takes_the_card_has_the_talk_and_the_bot_is_silent(shop: Shop, channel: str) -> None:
    li, _, card = taken(shop, channel)
    told = told_later(shop, li)
    assert told[-1] == "王工来为您服务。"
    li.says("刹车有点异响，要紧吗")
    li.says("明天下午三点给粤B12345做保养")
    assert told_later(shop, li) == told
    assert shop.appointments == []
    assert shop.advisor("赵工").taps("take", on=card) == "王工已经领取了"


def test_the_taker_answers_and_gives_the_talk_back(shop: Shop) -> None:
    li, wang, card = taken(shop)
    li.says("刹车有点异响")
    assert "刹车有点异响" in wang.sees(card)
    assert writes(shop, wang, card.task_id, "您先别急，开慢点过来看看") == "已发给车主"
    assert told_later(shop, li)[-1] == "王工：您先别急，开慢点过来看看"
    assert wang.taps("done", on=card) == "已记录"
    assert "我随时都在" in told_later(shop, li)[-1]
    assert "09:00-18:00" in li.says("营业时间")
    assert "reply.sent" in shop.verbs()


def test_only_the_taker_answers(shop: Shop) -> None:
    li, _, card = taken(shop)
    zhao = shop.advisor("赵工")
    assert "不在您手上" in writes(shop, zhao, card.task_id, "我来说两句")
    assert told_later(shop, li)[-1] == "王工来为您服务。"


def test_after_two_silent_hours_the_bot_is_back_without_a_word(shop: Shop) -> None:
    li, _, _ = taken(shop)
    shop.clock.advance_to(shop.clock.now() + timedelta(hours=1, minutes=59))
    assert li.says("在吗") == ""
    shop.clock.advance_to(shop.clock.now() + timedelta(hours=2, minutes=1))
    assert "09:00-18:00" in li.says("几点开门")
    assert "已请顾问来看" in li.says("人工")
    assert [card.footer.endswith("等待领取") for card in shop.cards("hand_over")] == [False, True]


def test_the_owner_goes_back_to_the_bot(shop: Shop) -> None:
    li, _, _ = taken(shop)
    assert "好的，我来" in li.says("机器人")
    assert "手机号" in li.says("明天下午三点给粤B12345做保养")
    assert "车主转回自助" in shop.cards("hand_over")[0].text


def test_opting_out_and_a_red_light_work_while_a_person_has_the_talk(shop: Shop) -> None:
    li, _, _ = taken(shop)
    assert "营销" in li.says("退订")
    assert "停车" in li.says("仪表盘亮红灯了怎么办")
    assert shop.cards("warning_light")


def test_given_back_it_waits_in_the_group_for_a_colleague(shop: Shop) -> None:
    li, wang, card = taken(shop)
    wang.taps("give_back", on=card)
    assert "同事会接着看" in told_later(shop, li)[-1]
    assert "09:00" in li.says("几点开门")
    zhao = shop.advisor("赵工")
    zhao.taps("take", on=card)
    assert told_later(shop, li)[-1] == "赵工来为您服务。"


def test_a_photo_and_a_button_are_passed_on_and_nothing_is_answered(shop: Shop) -> None:
    li, _, _ = taken(shop)
    assert li.does(Kind.PHOTO) == ""
    assert li.starts("booking") == ""


def test_a_colleague_cannot_take_the_talk_by_another_card(shop: Shop) -> None:
    taken(shop)
    shop.do(lambda crm: crm.tasks.open("bug", store_id=1, owner_id=1, conversation_id=1))
    zhao = shop.advisor("赵工")
    assert zhao.taps("take", on=shop.cards("bug")[0]) == "王工正在接待这位车主"


def test_a_shut_wechat_window_is_told_to_the_advisor_with_what_to_do(shop: Shop) -> None:
    li, wang, card = taken(shop, "wechat")
    before = told_later(shop, li)
    shop.clock.advance_to(shop.clock.now() + timedelta(hours=49))
    assert "请打电话或发短信" in writes(shop, wang, card.task_id, "车好了")
    assert told_later(shop, li) == before


@pytest.mark.parametrize("said", ["转自助", "回到机器人", "用机器人吧"])
def test_the_bot_is_back_however_it_is_asked_for(shop: Shop, said: str) -> None:
    li, _, _ = taken(shop)
    li.says(said)
    assert "09:00-18:00" in li.says("你们几点开门")


def test_another_question_while_an_advisor_is_asked_already_is_no_repetition(shop: Shop) -> None:
    li = shop.stranger()
    li.says("车有异响怎么办")
    assert "已补充给顾问" in li.says("要换机油吗")
    assert "还是这样" not in li.says("你们有WiFi吗")
