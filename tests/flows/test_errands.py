"""The shop goes out to the owner: pick-up and delivery, roadside help; and warning lights in words."""

from __future__ import annotations

import pytest

from core.messages import Kind
from storage.crm import Crm
from tests.chat import Person, Shop

CHANNELS = pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])


def told(shop: Shop, person: Person) -> str:
    """Everything that was said to them so far."""

    def all_of_it(crm: Crm) -> str:
        talk = crm.conversations.locked(person.channel, person.account)
        return "\n".join(crm.outbox.payload(row).decode() for row in crm.outbox.of_conversation(talk.id))

    return shop.ask(all_of_it)


@CHANNELS
def test_a_car_is_fetched_from_where_li_says(shop: Shop, channel: str) -> None:
    li, wang = shop.stranger(channel=channel), shop.advisor("王海涛")
    li.says("明天上午十点能上门取车吗")
    li.says("粤B12345")
    li.says("南山区科苑路1号创业大厦地库")
    assert "11 月 24 日（周二）10:00" in told(shop, li)
    assert "以顾问确认为准" in told(shop, li)
    assert shop.cards("pick_up") == []
    li.says("确认提交")
    [card] = shop.cards("pick_up")
    assert "科苑路" not in card.text
    assert "12345" not in card.text
    wang.taps("take", card)
    assert "科苑路1号" in wang.sees(card)
    wang.taps("errand_yes", card)
    assert "取送车已安排" in told(shop, li)


def test_for_an_appointment_only_the_place_is_asked(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    li.taps("确认预约")
    li.taps("不用")
    assert "为这个预约取车" in li.says("上门取车")
    assert "14:00" in li.says("科苑路1号")
    assert "几点方便" in li.taps("换个时间")
    assert "13:00" in li.says("下午一点")
    assert "已转给顾问" in li.taps("确认提交")


def test_an_advisor_who_cannot_says_so_to_the_owner(shop: Shop) -> None:
    li, wang = shop.stranger(), shop.advisor("王海涛")
    for words in ("明天上午十点上门取车", "粤B12345", "科苑路1号", "确认提交"):
        li.says(words)
    [card] = shop.cards("pick_up")
    assert "先点" in wang.taps("errand_no", card)
    wang.taps("take", card)
    wang.taps("errand_no", card)
    assert "安排不了取送车" in told(shop, li)
    assert "已经结束" in wang.taps("errand_yes", card)


@CHANNELS
def test_a_breakdown_is_an_alarm_at_once_and_each_answer_is_on_the_card(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    li.says("车抛锚了，快来救援")
    assert "双闪" in told(shop, li)
    [card] = shop.cards("roadside")
    assert card.tone == "alarm"
    li.says("滨海大道往机场方向，沙河立交桥下")
    assert "滨海大***" in shop.cards("roadside")[0].text
    li.says("粤B12345")
    li.says("13800138000")
    assert "请留意来电" in told(shop, li)
    assert len(shop.cards("roadside")) == 1


def test_a_known_owner_with_one_car_is_only_asked_where(shop: Shop) -> None:
    li = shop.owner("李明", plate="粤B12345", phone="+8613800138000", account="li")
    assert "您在哪里" in li.says("爆胎了")
    assert "请留意来电" in li.sends_location("科技园地铁站（22.54310, 113.95320）")
    advisor = shop.advisor("王海涛")
    [card] = shop.cards("roadside")
    advisor.taps("take", card)
    assert "22.54310" in advisor.sees(card)
    advisor.taps("errand_yes", card)
    assert "救援已安排出发" in told(shop, li)
    assert shop.cards("roadside")[0].tone == "alarm"


def test_help_that_is_not_needed_any_more_is_called_off(shop: Shop) -> None:
    li = shop.stranger()
    li.says("打不着火了")
    li.says("取消")
    assert "车主已取消" in shop.cards("roadside")[0].footer


def test_an_alarm_stays_when_the_talk_falls_silent(shop: Shop) -> None:
    li = shop.stranger()
    li.says("打不着火了")
    shop.time_is("2026-11-25 10:00")
    li.says("你好")
    assert "等待领取" in shop.cards("roadside")[0].footer


def test_a_location_that_nobody_asked_for_is_asked_about(shop: Shop) -> None:
    li = shop.stranger()
    assert "需要我们做什么" in li.sends_location("22.54310, 113.95320")
    assert "双闪" in li.taps("救援")


@CHANNELS
def test_a_red_light_stops_the_car_and_calls_a_person(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    li.says("仪表盘亮了红灯")
    assert "不要继续行驶" in told(shop, li)
    assert shop.cards("warning_light")[0].tone == "alarm"


def test_a_light_without_a_colour_is_asked_about_and_never_guessed(shop: Shop) -> None:
    li = shop.stranger()
    assert "什么颜色" in li.says("有个故障灯亮了")
    assert len(shop.cards("warning_light")) == 1
    assert "没有把握判断" in li.says("黄色的")
    assert len(shop.cards("warning_light")) == 1


def test_who_cannot_tell_the_colour_stops(shop: Shop) -> None:
    li = shop.stranger()
    li.says("故障灯亮了")
    assert "当红灯处理" in li.taps("看不清")


def test_smoke_needs_no_light(shop: Shop) -> None:
    assert "不要继续行驶" in shop.stranger().says("发动机冒烟了")


def test_a_warning_light_in_a_booking_is_answered_and_the_booking_goes_on(shop: Shop) -> None:
    li = shop.stranger()
    li.says("我要预约保养")
    said = li.says("仪表盘亮红灯了")
    assert "不要继续行驶" in said
    assert "车牌" in said


def test_a_sticker_is_no_place(shop: Shop) -> None:
    li = shop.stranger()
    li.says("车抛锚了")
    li.does(Kind.OTHER)
    assert "地点" not in shop.cards("roadside")[0].text


def test_a_breakdown_is_heard_in_the_middle_of_anything(shop: Shop) -> None:
    li = shop.stranger()
    li.says("我要预约洗车")
    assert "双闪" in li.says("粤B12345打不着火了")
    assert len(shop.cards("roadside")) == 1
    li.says("科苑路1号")
    li.taps("跳过")
    assert "什么时候方便" in li.bubbles[-1].text or "车牌" in li.bubbles[-1].text


@CHANNELS
def test_saying_again_that_the_car_broke_down_is_no_place(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    assert "您在哪里" in li.says("救援")
    assert "您在哪里" in li.says("我的车坏在路上了")
    li.says("深南大道科技园辅道，车打不着火")
    [card] = shop.cards("roadside")
    advisor = shop.advisor("王海涛")
    advisor.taps("take", card)
    assert "深南大道科技园辅道" in advisor.sees(card)


@CHANNELS
def test_place_and_time_in_one_answer_are_both_taken(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    li.says("能上门取车吗")
    li.says("粤B12345")
    summary = li.says("明天早上八点，科技园北区清华信息港")
    assert "地点：科技园北区清华信息港" in summary
    assert "11 月 24 日（周二）08:00" in summary


def test_the_number_of_a_house_is_no_day(shop: Shop) -> None:
    li = shop.stranger()
    li.says("能上门取车吗")
    li.says("粤B12345")
    assert "什么时候方便取车" in li.says("科技园8号")
    assert "哪一天取车" in li.says("九点")
    assert "地点：科技园8号" in li.says("明天")


def test_a_time_alone_is_no_place(shop: Shop) -> None:
    li = shop.stranger()
    li.says("能上门取车吗")
    li.says("粤B12345")
    assert "车在哪里取" in li.says("明天早上八点")
    assert "11 月 24 日（周二）08:00" in li.says("科技园8号楼")


def test_a_phone_number_is_not_where_somebody_waits_for_help(shop: Shop) -> None:
    li = shop.stranger()
    li.says("车抛锚了，打不着火")
    assert "您在哪里" in li.says("我电话13800138000")
