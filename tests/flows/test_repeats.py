"""Nobody is asked or answered in the same words for ever, and some words are heard in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.messages import Kind
from flows.answers import ANSWERS, menu
from flows.booking import BOOKING
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.consent import MARKETING_CONSENT
from flows.engine import Engine
from flows.person import call_person
from flows.state import Running, State
from tests.chat import Person, Shop


def asks_for_a_time(shop: Shop) -> Person:
    li = shop.stranger()
    li.says("给粤B12345做保养")
    return li


def at_the_summary(shop: Shop) -> Person:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    return li


def at_a_question_of_another_flow(shop: Shop) -> Person:
    li = at_the_summary(shop)
    li.taps("确认预约")
    li.says("不用")
    li.says("取消预约")
    return li


def after_the_time_out(shop: Shop) -> Person:
    li = asks_for_a_time(shop)
    shop.time_is("2026-11-25 10:00")
    return li


def in_the_consent_question(shop: Shop) -> Person:
    li = at_the_summary(shop)
    li.taps("确认预约")
    return li


STATES = (asks_for_a_time, at_the_summary, at_a_question_of_another_flow, after_the_time_out, in_the_consent_question)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("word", "answers"),
    [
        ("取消", ("先不办了", "没有正在办理")),
        ("返回", ("？", "帮您", "时间", "请")),
        ("重新开始", ("重新开始",)),
        ("帮助", ("随时", "说错了直接改")),
        ("人工", ("已请顾问",)),
        ("退订", ("已退订",)),
    ],
)
def test_some_words_are_heard_in_every_state(
    shop: Shop, state: Callable[[Shop], Person], word: str, answers: tuple[str, ...]
) -> None:
    said = state(shop).says(word)
    assert any(answer in said for answer in answers), said
    assert "没明白" not in said


def test_a_question_is_asked_again_in_other_words_and_then_by_a_person(shop: Shop) -> None:
    li = shop.stranger()
    first = li.says("我要预约")
    second = li.says("我要预约")
    assert "请发一下车牌号" in first
    assert "还差这一步" in second
    assert "人工" in second
    assert "已请顾问" in li.says("我要预约")


def test_a_question_that_comes_back_because_something_changed_is_no_repetition(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    for service in ("洗车", "保养", "换轮胎", "洗车"):
        assert "什么时候方便" in (said := li.says(f"不对，是{service}"))
        assert "还差" not in said
    assert shop.cards("hand_over") == []


def test_who_asks_something_in_between_keeps_the_choices_without_hearing_it_all_again(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    for question in ("几点关门", "保养多少钱", "你们在哪"):
        said = li.says(question)
    assert "等您选" in said
    assert li.choices
    assert shop.cards("hand_over") == []


def test_the_same_question_of_the_owners_is_answered_shorter_and_then_by_a_person(shop: Shop) -> None:
    li = shop.stranger()
    first = li.says("几点关门")
    second = li.says("几点关门")
    assert first != second
    assert li.choices == ["找顾问"]
    assert "已请顾问" in li.says("几点关门")
    assert len(shop.cards("hand_over")) == 1


def test_after_a_while_the_same_question_is_just_a_question(shop: Shop) -> None:
    li = shop.stranger()
    first = li.says("几点关门")
    shop.time_is("2026-11-23 12:00")
    assert li.says("几点关门") == first


def test_things_under_way_do_not_pile_up(shop: Shop) -> None:
    li = at_the_summary(shop)
    li.taps("确认预约")
    li.says("不用")
    for words in ("后天给粤B12345洗车", "改时间", "帮我排个队", "车卖了"):
        li.says(words)
    stack = shop.ask(lambda crm: State.unpacked(crm.conversations.locked("web", li.account).state).stack)
    assert len(stack) <= 3
    assert len({running.flow for running in stack}) == len(stack)


def test_going_back_to_what_is_under_way_loses_nothing(shop: Shop) -> None:
    li = at_the_summary(shop)
    li.taps("确认预约")
    li.says("不用")
    li.says("后天下午三点给粤B54321做保养")
    assert "粤B12345 已经不是您的车了" in li.says("车卖了")
    assert "15:00，粤B54321 保养" in li.starts("booking")


def test_an_old_button_says_what_it_was_about_and_what_can_be_done(shop: Shop) -> None:
    li = at_the_summary(shop)
    old = li.bubbles[-1]
    li.says("取消")
    li.bubbles.append(old)
    assert "之前的预约，已经取消了" in li.taps("确认预约")
    assert li.choices == ["重新办理预约", "我的预约", "找顾问"]
    assert "车牌" in li.taps("重新办理预约")


def plant(shop: Shop, li: Person, state: State) -> None:
    def write(crm) -> None:  # type: ignore[no-untyped-def]
        talk = crm.conversations.locked("web", li.account)
        talk.state = state.packed()
        crm.conversations.save(talk)

    shop.do(write)


def test_a_changed_flow_keeps_what_still_stands(shop: Shop) -> None:
    li = shop.stranger()
    slots = {
        "store": 1,
        "service": "wash",
        "vehicle": {"id": 99, "plate": "粤B00000"},
        "colour": "red",
        "wish": {"date": "2026-11-24", "time": "15:00"},
        "hold": 4711,
        "starts_at": "2026-11-24T15:00",
    }
    plant(shop, li, State([Running("booking", 0, 7, slots)], runs=7, asked="confirm"))
    assert "车牌" in li.says("是")
    li.says("粤B12345")
    assert "15:00，粤B12345 洗车" in li.taps("跳过")
    assert "已为您预约" in li.taps("确认预约")


@pytest.mark.parametrize("value", [None, 3, "x", [], {"a": 1}])
@pytest.mark.parametrize("slot", ["store", "service", "vehicle", "wish"])
def test_whatever_an_older_version_left_behind_is_no_dead_end(shop: Shop, slot: str, value: object) -> None:
    li = shop.stranger()
    plant(shop, li, State([Running("booking", 0, 1, {slot: value})], runs=1, asked="phone"))
    assert "没明白" not in li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    assert "已为您预约" in li.taps("确认预约")


def test_a_flow_that_was_taken_out_is_ended_kindly(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    shop.engine = Engine((MOVE_APPOINTMENT, CANCEL_APPOINTMENT, MARKETING_CONSENT), ANSWERS, menu, call_person)
    assert "换了办法，已为您结束" in li.says("你好")


def test_a_newer_version_of_a_flow_goes_on(shop: Shop) -> None:
    li = at_the_summary(shop)
    newer = replace(BOOKING, version=BOOKING.version + 1)
    shop.engine = Engine((newer, MARKETING_CONSENT), ANSWERS, menu, call_person)
    assert "请确认" in li.says("确认")
    assert "已为您预约" in li.says("确认")


def test_the_language_follows_the_owner_and_little_things_do_not_switch_it(shop: Shop) -> None:
    li = shop.stranger()
    li.says("我要洗车")
    assert "什么时候" in li.says("粤B12345")
    assert "May we have your mobile number" in li.says("can I come tomorrow at 3 pm please")
    assert "Please confirm: Tue 24 Nov 15:00" in li.says("skip")
    assert "Only your yes is missing" in li.says("粤B12345")
    assert "我们说中文" in li.says("说中文")
    assert "已为您预约" in li.says("OK")
    assert "English from now on" in li.says("Speak English please")


def test_the_language_is_the_owners_in_every_channel(shop: Shop) -> None:
    shop.owner("John", plate="粤B12345", account="john")
    shop.do(lambda crm: crm.identities.give_to_owner("telegram", "john-t", 1))
    john = Person(shop, "john", "web")
    john.says("English please")
    assert shop.ask(lambda crm: crm.owners.get(1).language) == "en"
    other = Person(shop, "john-t", "telegram")
    other.does(Kind.FOLLOW)
    languages = "SELECT DISTINCT language FROM conversation"
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql(languages).scalars().all()) == ["en"]
