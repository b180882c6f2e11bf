"""An owner who stayed away tells us why: talks that are also the documentation."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Refused
from flows.win_back_survey import answered
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop

CHANNELS = ("web", "wechat", "telegram")


def away(shop: Shop, channel: str = "web", *, cars: tuple[str, ...] = ("粤B12345",)) -> Person:
    """Li Ming has not come since August and gets our question on his channel, on Monday at ten."""

    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        for number, plate in enumerate(cars, 1):
            car = crm.vehicles.add(plate, model="比亚迪 汉 EV")
            crm.vehicles.connect(owner.key, car.key)
            day = date(2026, 8, 20 - number)
            crm.visits.add(f"W{number}", owner_id=owner.key, vehicle_id=car.key, visited_on=day)
        crm.identities.give_to_owner(channel, "li", owner.key)
        crm.consents.write(owner.key, MARKETING, "*", True)

    shop.do(record)
    if channel == "wechat":
        shop.opens_window("li")
    assert [(i.journey, i.step, i.decision) for i in shop.tick() if i.journey == "win_back"] == [
        ("win_back", "m3", "send")
    ]
    li = shop.stranger("li", channel)
    assert "有 3 个月没见您来店里" in li.was_told()
    return li


def coupons(shop: Shop) -> list[tuple[str, str]]:
    return shop.ask(lambda crm: [(c.offer, c.status) for c in reversed(crm.coupons.of_owner(1))])


def reasons(shop: Shop) -> list[str]:
    return shop.ask(lambda crm: crm.surveys.of_owner(1)[0].named())


@pytest.mark.parametrize("channel", CHANNELS)
def test_one_tap_says_that_it_is_too_expensive(shop: Shop, channel: str) -> None:
    li = away(shop, channel)
    thanks = li.taps("价格偏高")
    assert "谢谢您直说" in thanks
    assert "200 元＋免费检测一次，12 月 23 日（周三）前有效" in thanks
    assert coupons(shop) == [("win_back", "claimed")]
    assert [card.title for card in shop.cards("win_back_call")] == ["回店关怀，请联系"]
    assert li.choices == ["现在预约", "请顾问联系我", "以后再说"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_number_of_a_reason_is_an_answer_where_there_are_no_buttons(shop: Shop, channel: str) -> None:
    li = away(shop, channel)
    assert "上门取送" in li.says("3")
    assert coupons(shop) == [("pick_up", "claimed")]
    assert "什么项目" in li.says("1")


@pytest.mark.parametrize("channel", CHANNELS)
def test_own_words_are_shown_before_they_count(shop: Shop, channel: str) -> None:
    li = away(shop, channel)
    assert "我记下的是：价格偏高、离得太远。对吗" in li.says("你们太贵了，而且离得远")
    assert coupons(shop) == []
    assert "200 元" in li.says("对")
    assert reasons(shop) == ["price", "distance"]


def test_bad_work_gets_an_apology_a_free_check_and_the_managers_call(shop: Shop) -> None:
    li, wang = away(shop), shop.advisor("王店长", "manager")
    li.says("上次弄脏了我的车")
    assert "店长会亲自给您打电话" in li.says("是的")
    assert coupons(shop) == [("win_back_check", "claimed")]
    card = shop.cards("win_back_call")[0]
    assert "弄脏" not in card.text
    wang.taps("take", on=card)
    seen = wang.sees(card)
    assert "最近说：上次弄脏了我的车" in seen
    assert "我是店长，上次没给您做好，非常抱歉" in seen


def test_a_tapped_complaint_about_the_staff_asks_for_a_little_more(shop: Shop) -> None:
    li = away(shop)
    assert "方便说说具体情况吗" in li.taps("服务态度")
    assert "让您受委屈了" in li.says("前台一直不理人")
    assert shop.ask(lambda crm: crm.surveys.words(crm.surveys.of_owner(1)[0])) == "前台一直不理人"
    assert coupons(shop) == [("win_back", "claimed")]


def test_who_moved_far_away_is_offered_pick_up(shop: Shop) -> None:
    li = away(shop)
    assert "离得太远" in li.says("我搬到惠州了")
    assert "免费上门取送车一次" in li.says("对的")


def test_a_misunderstanding_is_put_right_before_it_counts(shop: Shop) -> None:
    li = away(shop)
    li.says("太贵了")
    assert "我记下的是：服务态度。对吗" in li.says("不对，是态度不好")
    li.taps("不是，我来选")
    assert "上门取送" in li.taps("离得太远")
    assert coupons(shop) == [("pick_up", "claimed")]


def test_words_that_name_no_reason_are_kept_as_they_are(shop: Shop) -> None:
    li = away(shop)
    assert "因为什么" in li.starts("win_back_survey.1")
    assert "其他原因（“最近一直在国外出差”）" in li.says("最近一直在国外出差")
    assert "谢谢您告诉我们" in li.says("对")
    assert reasons(shop) == ["other"]


def test_a_sold_car_ends_the_tie_after_a_yes_and_brings_no_offer(shop: Shop) -> None:
    li = away(shop)
    li.says("车卖了")
    assert "粤B12345 比亚迪 汉 EV 已经不是您的车了" in li.says("对")
    assert shop.ask(lambda crm: len(crm.vehicles.of_owner(1))) == 1
    li.taps("是的，已经卖了")
    assert shop.ask(lambda crm: crm.vehicles.of_owner(1)) == []
    assert coupons(shop) == []
    assert shop.cards() == []
    assert "添加新车" in li.choices


def test_of_two_cars_the_sold_one_is_asked_for(shop: Shop) -> None:
    li = away(shop, cars=("粤B12345", "粤B67890"))
    li.taps("车已经卖了")
    li.taps("粤B67890")
    li.taps("没有卖")
    assert shop.ask(lambda crm: len(crm.vehicles.of_owner(1))) == 2


def test_booking_from_the_offer_knows_the_car(shop: Shop) -> None:
    li = away(shop, cars=("粤B12345", "粤B67890"))
    li.taps("价格偏高")
    assert "什么项目" in li.taps("现在预约")
    li.says("明天下午三点做保养")
    li.says("跳过")
    assert "已为您预约" in li.says("确认")
    assert shop.appointments == [("11-24 15:00", "粤B12345", "booked")]
    assert "车主已约" in shop.cards("win_back_call")[0].text


def test_who_wants_a_call_is_marked_on_the_same_card(shop: Shop) -> None:
    li = away(shop)
    li.taps("离得太远")
    assert "顾问会尽快联系您" in li.taps("请顾问联系我")
    assert len(shop.cards("win_back_call")) == 1
    assert "车主希望：顾问来电" in shop.cards("win_back_call")[0].text
    assert "随时叫我" in li.taps("以后再说")


def test_a_second_answer_corrects_the_first_within_a_day(shop: Shop) -> None:
    li = away(shop)
    li.taps("价格偏高")
    shop.time_is("2026-11-24 09:30")
    assert "已按您说的更正" in li.taps("离得太远")
    assert coupons(shop) == [("win_back", "revoked"), ("pick_up", "claimed")]
    assert ["车主已更正" in card.text for card in shop.cards("win_back_call")] == [True, False]
    shop.time_is("2026-11-24 10:30")
    assert "已经告诉过我们（离得太远）" in li.taps("价格偏高")
    assert coupons(shop) == [("win_back", "revoked"), ("pick_up", "claimed")]


def test_the_same_answer_again_keeps_its_coupon(shop: Shop) -> None:
    li = away(shop)
    li.taps("价格偏高")
    li.taps("价格偏高")
    assert coupons(shop) == [("win_back", "claimed")]


def test_stop_words_work_inside(shop: Shop) -> None:
    li = away(shop)
    li.starts("win_back_survey.1")
    assert "因为什么" in li.says("退订")
    assert shop.ask(lambda crm: crm.consents.stands(1, MARKETING, "web")) is False
    assert "先不办" in li.says("取消")
    assert coupons(shop) == []


def test_somebody_elses_survey_cannot_be_answered(shop: Shop) -> None:
    away(shop)
    stranger = shop.stranger("zhang")
    assert "没有要请您回答的问题" in stranger.starts("win_back_survey.1.price")
    with pytest.raises(Refused):
        shop.do(lambda crm: answered(crm, crm.owners.add("张").key, 1, ["price"], ""))
    assert coupons(shop) == []


def test_an_answer_needs_no_talk(shop: Shop) -> None:
    away(shop)
    result = shop.do(lambda crm: answered(crm, 1, 1, ["distance", "price"], "搬家了").kind)
    assert result == "first"
    assert coupons(shop) == [("pick_up", "claimed")]


def test_in_english(shop: Shop) -> None:
    li = away(shop)
    assert "I noted: The price, Too far away" in li.says("It is too expensive and too far away")
    assert "¥200" in li.says("yes")


def test_the_word_human_reaches_a_person_in_the_middle(shop: Shop) -> None:
    li = away(shop)
    li.starts("win_back_survey.1")
    assert "已请顾问" in li.says("人工")
