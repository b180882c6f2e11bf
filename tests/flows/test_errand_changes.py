"""A pick-up or help that was asked for is changed or called off in words, and the advisor sees it on the card."""

from __future__ import annotations

import pytest

from core.messages import Card
from tests.chat import Person, Shop
from tests.flows.test_errands import told

CHANNELS = pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
ASKED = ("明天上午十点能上门取车吗", "粤B12345", "南山区科苑路1号创业大厦", "确认提交")


def asked(shop: Shop, channel: str = "web") -> Person:
    li = shop.stranger("li", channel)
    for words in ASKED:
        li.says(words)
    return li


def arranged(shop: Shop) -> Person:
    li, wang = asked(shop), shop.advisor("王海涛")
    wang.taps("take", shop.cards("pick_up")[0])
    wang.taps("errand_yes", shop.cards("pick_up")[0])
    return li


def buttons(card: Card) -> list[str]:
    return [button.action for row in card.buttons for button in row]


@CHANNELS
def test_another_hour_keeps_day_and_place_and_edits_the_card(shop: Shop, channel: str) -> None:
    li = asked(shop, channel)
    li.says("取车改到下午三点")
    assert "改为：11 月 24 日（周二）15:00" in told(shop, li)
    li.says("确认修改")
    assert "已转告顾问：取车改为11 月 24 日（周二）15:00" in told(shop, li)
    [card] = shop.cards("pick_up")
    assert "11 月 24 日（周二）15:00" in card.text
    assert "车主改过" in card.text


def test_another_day_keeps_the_hour(shop: Shop) -> None:
    li = asked(shop)
    assert "改为：11 月 26 日（周四）10:00" in li.says("来取车的时间能不能改成周四")


def test_who_names_no_hour_is_asked_for_it(shop: Shop) -> None:
    li = asked(shop)
    assert "那天几点方便" in li.says("取车时间改一下")
    assert "改为：11 月 24 日（周二）16:30" in li.says("下午四点半")


def test_another_place_is_seen_by_the_taker_alone(shop: Shop) -> None:
    li, wang = asked(shop), shop.advisor("王海涛")
    wang.taps("take", shop.cards("pick_up")[0])
    assert "地点：公司，高新南一道8号B座" in li.says("上门取车改到公司，高新南一道8号B座")
    li.taps("确认修改")
    [card] = shop.cards("pick_up")
    assert "高新南一道" not in card.text
    assert "高新南一道8号B座" in wang.sees(card)


def test_a_place_that_is_not_named_yet_is_asked_for(shop: Shop) -> None:
    li = asked(shop)
    assert "车在哪里取" in li.says("取车地址改一下")
    assert "地点：科苑路2号" in li.says("科苑路2号")


def test_a_bare_address_is_the_pick_ups_while_one_is_under_way(shop: Shop) -> None:
    li = asked(shop)
    assert "地点：科苑路2号" in li.says("地址改成科苑路2号")
    li.taps("不改了")
    assert "科苑路1号" in shop.ask(lambda crm: crm.errands.place(crm.errands.get(1)))


def test_what_was_arranged_needs_a_new_answer_on_a_new_card(shop: Shop) -> None:
    li = arranged(shop)
    li.says("取车改到下午三点")
    li.taps("确认修改")
    first, second = shop.cards("pick_up")
    assert first.tone == "done"
    assert buttons(second) == ["take", "feedback"]
    chen = shop.advisor("陈静")
    chen.taps("take", second)
    assert "errand_yes.1" in buttons(shop.cards("pick_up")[1])
    chen.taps("errand_yes.1", second)
    assert "取送车已安排：11 月 24 日（周二）15:00" in told(shop, li)


def test_after_a_no_another_hour_is_asked_on_the_same_card(shop: Shop) -> None:
    li, wang = asked(shop), shop.advisor("王海涛")
    [card] = shop.cards("pick_up")
    wang.taps("take", card)
    wang.taps("errand_no", card)
    li.says("那改到后天下午两点")
    li.taps("确认修改")
    assert "请看最新的卡片" in wang.taps("errand_yes", card)
    wang.taps("errand_yes.1", card)
    assert "取送车已安排：11 月 25 日（周三）14:00" in told(shop, li)


@CHANNELS
def test_a_pick_up_is_called_off_in_words(shop: Shop, channel: str) -> None:
    li = asked(shop, channel)
    li.says("不用来取了")
    assert "确定不用来取车了吗" in told(shop, li)
    li.says("是的")
    assert "取送车已取消" in told(shop, li)
    [card] = shop.cards("pick_up")
    assert "车主已取消" in card.footer
    assert "已经结束" in shop.advisor("王海涛").taps("errand_yes", card)


def test_calling_off_what_was_arranged_is_a_card_of_its_own(shop: Shop) -> None:
    li = arranged(shop)
    li.says("不用来取车了，我自己开过去")
    li.taps("不用来取了")
    [card] = shop.cards("pick_up_off")
    assert "11 月 24 日（周二）10:00" in card.text
    assert "没有安排取送车" in li.says("取消上门取车")


def test_who_keeps_it_after_all_changes_nothing(shop: Shop) -> None:
    li = asked(shop)
    li.says("取送车取消吧")
    assert "照原来的安排" in li.taps("还是要")
    assert shop.ask(lambda crm: crm.errands.get(1).status) == "asked"


@pytest.mark.parametrize("words", ["不用来取车了", "取消", "算了不用上门了"])
def test_before_it_is_sent_the_same_words_end_the_talk(shop: Shop, words: str) -> None:
    li = shop.stranger()
    li.says("明天上午十点上门取车")
    li.says("粤B12345")
    assert "先不办了" in li.says(words)
    assert "没有安排取送车" in li.says("取消上门取车")


def test_an_appointment_is_not_taken_for_the_pick_up(shop: Shop) -> None:
    li = asked(shop)
    li.says("后天下午三点给粤B12345做保养")
    li.taps("跳过")
    li.taps("确认预约")
    li.says("不用")
    assert "把这个预约改到" in li.says("改到后天下午四点")
    li.taps("确认改期")
    assert "确定取消" in li.says("不用来了")


@pytest.mark.parametrize(
    "words", ["救援不用来了", "车打着火了，不用来了", "不用救援了，车能开了", "the car started, don't come"]
)
def test_help_that_was_called_is_called_off_in_words(shop: Shop, words: str) -> None:
    li = shop.stranger()
    for told_us in ("车抛锚了", "深南大道科技园", "粤B12345", "13800138000"):
        li.says(told_us)
    li.says(words)
    li.says("是的")
    assert "车主已取消" in shop.cards("roadside")[0].footer


@pytest.mark.parametrize("words", ["你们几点来取车", "什么时候来接我的车", "取车的师傅到哪了"])
def test_who_asks_when_we_come_hears_how_it_stands(shop: Shop, words: str) -> None:
    li, wang = asked(shop), shop.advisor("王海涛")
    assert "还在等顾问确认" in li.says(words)
    wang.taps("take", shop.cards("pick_up")[0])
    wang.taps("errand_yes", shop.cards("pick_up")[0])
    assert "取送车：11 月 24 日（周二）10:00 · 粤B12345 · 南山区科苑路1号创业大厦，已安排" in li.says(words)


def test_a_pick_up_whose_day_is_over_is_none(shop: Shop) -> None:
    li = asked(shop)
    shop.time_is("2026-11-25 09:00")
    assert "没有安排取送车" in li.says("不用来取车了")


def test_who_asks_by_an_old_button_hears_that_nothing_is_under_way(shop: Shop) -> None:
    li = shop.owner("李明", plate="粤B12345", account="li")
    assert "没有安排取送车" in li.starts("errand_status")
    assert "没有安排取送车" in shop.stranger().starts("errand_status")
