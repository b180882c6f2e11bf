"""Owners ask: the shop's facts, their own records, the articles; what nobody knows goes to a person (A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.knowledge import Article
from storage.crm import Crm
from tests.chat import Person, Shop

CHANNELS = pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
INVOICE = Article("invoice", "怎么开发票", ("可以开发票吗", "开专票要什么资料"), "付款当天开电子发票。")


def li(shop: Shop, channel: str = "web") -> Person:
    """Li has a car, two visits and a due date."""
    shop.owner("李明", plate="粤B12345", last_visit="2026-05-20", due="2027-05-20")
    shop.do(lambda crm: history(crm, channel))
    return Person(shop, "li", channel)


def history(crm: Crm, channel: str) -> None:
    crm.identities.give_to_owner(channel, "li", 1)
    car = crm.vehicles.get(1)
    car.last_service_on, car.mileage_km, car.purchased_on = date(2026, 5, 20), 28_000, date(2024, 5, 20)
    visit = crm.visits.of_owner(1)[0]
    visit.items, visit.amount_fen, visit.maintenance, visit.store_id = "保养、空调滤芯", 68_000, True, 1


def replies(shop: Shop, person: Person, words: str) -> str:
    """What is answered on any channel, whether at once or by the sender."""
    before = shop.ask(lambda crm: len(said(crm, person)))
    person.says(words)
    return "\n".join(shop.ask(lambda crm: said(crm, person))[before:])


def said(crm: Crm, person: Person) -> list[str]:
    talk = crm.conversations.locked(person.channel, person.account)
    return [crm.outbox.payload(row).decode() for row in crm.outbox.of_conversation(talk.id)]


def visit(shop: Shop, **fields: Any) -> None:
    shop.do(lambda crm: crm.visits.add("W9", owner_id=1, vehicle_id=1, store_id=1, **fields))


@CHANNELS
def test_the_records_answer_their_owner(shop: Shop, channel: str) -> None:
    owner = li(shop, channel)
    assert "680 元" in replies(shop, owner, "上次花了多少钱")
    assert "2026 年 5 月 20 日" in replies(shop, owner, "我上次什么时候保养的")
    due = replies(shop, owner, "下次保养什么时候")
    assert "2027 年 5 月 20 日" in due
    assert "每 12 个月一次" in due
    assert "28,000 公里" in replies(shop, owner, "我的里程")


def test_somebody_who_is_not_recognised_learns_how_and_nothing_else(shop: Shop) -> None:
    li(shop)
    stranger = shop.stranger(channel="telegram")
    stranger.says("粤B12345")
    stranger.says("取消")
    for words in ("上次花了多少钱", "下次保养什么时候", "我的里程", "我上次什么时候保养的"):
        answer = replies(shop, stranger, words)
        assert "还没认出您" in answer
        assert "2026" not in answer
        assert "28,000" not in answer


def test_a_car_that_was_only_named_tells_nothing_of_its_owner(shop: Shop) -> None:
    li(shop)
    zhao = shop.owner("赵强", account="zhao")
    zhao.says("明天下午三点给粤B12345做保养")
    zhao.taps("跳过")
    zhao.taps("确认预约")
    zhao.taps("不用")
    assert "28,000" not in zhao.says("我的里程")
    assert "2027" not in zhao.says("下次保养什么时候")


def test_is_my_car_ready_is_answered_from_the_work_order(shop: Shop) -> None:
    owner = li(shop)
    visit(shop, visited_on=date(2026, 11, 23), status="open", items="更换刹车片")
    assert "正在店里，项目：更换刹车片" in owner.says("我的车好了吗")


def test_a_finished_car_can_be_collected(shop: Shop) -> None:
    owner = li(shop)
    visit(shop, visited_on=date(2026, 11, 23), items="更换刹车片")
    assert "已经完成" in owner.says("我的车好了吗")


def test_todays_appointment_is_what_is_known(shop: Shop) -> None:
    owner = li(shop)
    owner.says("今天下午三点做保养")
    owner.taps("跳过")
    owner.taps("确认预约")
    assert "15:00" in owner.says("我的车好了吗")
    assert shop.cards("hand_over") == []


def test_a_car_nobody_knows_of_is_looked_for_by_a_person(shop: Shop) -> None:
    assert "请顾问去看" in li(shop).says("我的车好了吗")
    assert len(shop.cards("hand_over")) == 1


def test_hours_of_a_day_and_of_a_holiday(shop: Shop) -> None:
    shop.do(lambda crm: crm.stores.close_on(date(2027, 1, 1), "元旦"))
    someone = shop.stranger()
    assert "营业 09:00–18:00" in someone.says("周日开门吗")
    assert "休息" in someone.says("元旦营业吗")
    assert "每天 09:00-18:00" in someone.says("你们几点开门")


def test_a_named_store_is_told_alone(two_stores: Shop) -> None:
    answer = two_stores.stranger().says("福田店周日开门吗")
    assert "福田" in answer
    assert "南山" not in answer


def test_the_warranty_counts_from_the_purchase(shop: Shop) -> None:
    shop.do(lambda crm: crm.articles.load(Article("warranty", "质保期是多久", ("还在质保期吗",), "三电 8 年。")))
    answer = li(shop).says("我的车还在质保期吗")
    assert "2024 年 5 月 20 日" in answer
    assert "《质保期是多久》" in answer


@CHANNELS
def test_an_article_answers_with_its_source(shop: Shop, channel: str) -> None:
    shop.do(lambda crm: crm.articles.load(INVOICE))
    owner = li(shop, channel)
    answer = replies(shop, owner, "能开专票吗")
    assert "付款当天开电子发票" in answer
    assert "《怎么开发票》" in answer
    owner.says("有帮助")
    assert shop.cards() == []


def test_an_article_that_does_not_do_brings_a_person(shop: Shop) -> None:
    shop.do(lambda crm: crm.articles.load(INVOICE))
    owner = li(shop)
    owner.says("能开专票吗")
    assert "请顾问来回复" in owner.taps("没解决，找人")
    assert [card.title for card in shop.cards()] == ["车主来信，请回复"]


def test_the_number_of_the_button_is_not_the_question(shop: Shop) -> None:
    shop.do(lambda crm: crm.articles.load(INVOICE))
    owner = li(shop, "wechat")
    owner.says("能开专票吗")
    owner.says("2")
    assert len(shop.cards("reply_wanted")) == 1
    assert [q.text for q in shop.ask(lambda crm: crm.questions.unanswered())] == ["能开专票吗"]
    shop.do(lambda crm: crm.articles.load(replace(INVOICE, text="专票请提供开户行和账号。")))
    assert shop.ask(lambda crm: crm.questions.unanswered()) == []


def test_a_question_in_a_booking_is_answered_and_the_booking_goes_on(shop: Shop) -> None:
    shop.do(lambda crm: crm.articles.load(INVOICE))
    someone = shop.stranger()
    someone.says("我要预约保养")
    answer = someone.says("能开专票吗")
    assert "付款当天" in answer
    assert "车牌" in answer


def test_a_miss_goes_to_a_person_and_on_the_list(shop: Shop) -> None:
    owner = li(shop)
    assert "请顾问来回复" in owner.says("车子可以改装排气吗")
    assert "已补充给顾问" in owner.says("那能不能改尾翼呢")
    assert len(shop.cards("reply_wanted")) == 1
    assert len(shop.ask(lambda crm: crm.questions.unanswered())) == 2


def test_words_that_no_flow_wants_reach_a_person_at_once(shop: Shop) -> None:
    owner = li(shop)
    assert "请顾问来回复" in owner.says("后排小桌板的盖子找不到了")
    assert len(shop.cards("reply_wanted")) == 1


def test_noise_brings_the_menu_and_then_a_person(shop: Shop) -> None:
    owner = li(shop)
    assert "没明白" in owner.says("啦啦啦啦")
    assert shop.cards() == []
    assert "已请顾问" in owner.says("😂😂😂")


@CHANNELS
def test_a_newcomer_finds_what_owners_look_for_most(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    li.says("你好")
    assert li.choices == ["预约保养维修", "我的预约", "我的礼券", "营业时间和地址", "找顾问"]


@CHANNELS
def test_where_the_shop_is_is_answered_by_a_person_when_it_is_not_on_record(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    assert "09:00" not in li.says("地址在哪")
    assert len(shop.cards("reply_wanted")) == 1


@CHANNELS
@pytest.mark.parametrize("nod", ["好的", "嗯", "👌", "不用了"])
def test_a_nod_after_an_answer_is_not_a_misunderstanding(shop: Shop, channel: str, nod: str) -> None:
    li = shop.stranger(channel=channel)
    li.says("你们几点关门")
    assert li.says(nod) == "好的，需要的时候随时叫我。"


@CHANNELS
def test_under_their_appointments_owners_can_move_and_cancel(shop: Shop, channel: str) -> None:
    li = shop.stranger(channel=channel)
    for words in ("明天下午三点给粤B12345做保养", "跳过", "确认预约", "不用"):
        li.says(words)
    assert "15:00" in li.says("我的预约")
    assert "确定取消" in li.taps("取消预约")


@pytest.mark.parametrize(
    "words", ["充值卡余额", "储值卡还有多少钱", "我的积分能换什么", "what's left on my prepaid card"]
)
def test_money_on_a_card_is_no_visit_and_reaches_a_person(shop: Shop, words: str) -> None:
    owner = li(shop)
    answer = replies(shop, owner, words)
    assert "车牌" not in answer
    assert "什么项目" not in answer
    assert len(shop.cards("reply_wanted")) == 1


def test_what_the_shop_has_written_about_its_cards_answers_and_a_booking_goes_on(shop: Shop) -> None:
    cards = Article("cards", "储值卡余额怎么查", ("储值卡还有多少钱", "充值卡余额"), "余额在小程序“我的卡”里看。")
    shop.do(lambda crm: crm.articles.load(cards))
    owner = shop.stranger()
    owner.says("我要预约保养")
    answer = owner.says("储值卡还有多少钱")
    assert "我的卡" in answer
    assert "车牌" in answer


@pytest.mark.parametrize("question", ["请问保养一次要多久", "保养要多长时间", "how long does maintenance take"])
def test_how_long_a_service_takes_is_known(shop: Shop, question: str) -> None:
    assert "60" in shop.stranger().says(question)
    assert shop.cards() == []


def test_how_long_something_else_takes_is_asked_of_a_person(shop: Shop) -> None:
    shop.stranger().says("修好要几天")
    assert len(shop.cards()) == 1
