"""What the engine owes to every flow: cancel, back, restart, strikes, old buttons, time-out, deploys."""

from __future__ import annotations

import json

import pytest

from core.joined import joined
from core.messages import Kind
from flows.booking import BOOKING
from flows.engine import Engine
from flows.facts import hours
from flows.state import State
from tests.chat import Person, Shop


def asks_for_a_time(shop: Shop) -> Person:
    li = shop.stranger()
    li.says("给粤B12345做保养")
    return li


def test_back_asks_the_last_question_again(shop: Shop) -> None:
    li = shop.stranger()
    li.says("我要预约")
    li.says("粤B12345")
    assert "什么时候" in li.says("洗车")
    assert "什么项目" in li.says("返回")
    assert "车牌" in li.says("返回")


def test_restart_forgets_everything(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    assert "重新开始" in li.says("重新开始")
    assert "车牌" in li.says("我要洗车")


def test_two_failed_tries_bring_a_person(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    assert "没明白" in li.says("啦啦啦啦")
    assert "已请顾问" in li.says("嘟嘟嘟嘟")
    assert [card.title for card in shop.cards()] == ["车主找人工"]


def test_saying_the_same_again_is_no_mistake_but_does_not_go_on_for_ever(two_stores: Shop) -> None:
    li = two_stores.stranger()
    assert "哪家店" in li.says("明天下午三点给粤B12345做保养")
    assert "还差这一步" in li.says("明天下午三点给粤B12345做保养")
    assert "已请顾问" in li.says("明天下午三点给粤B12345做保养")


def test_while_no_person_has_come_the_choice_stays_open(two_stores: Shop) -> None:
    li = two_stores.stranger()
    for _ in range(4):
        said = li.says("明天下午三点给粤B12345做保养")
    assert "等您选" in said
    assert "已请顾问" in said
    assert len(two_stores.cards("hand_over")) == 1
    assert "留个手机号" in li.taps(li.choices[0])


@pytest.mark.parametrize("nod", ["好的", "可以", "确认"])
def test_a_nod_to_a_list_is_no_mistake_and_chooses_nothing(shop: Shop, nod: str) -> None:
    li = asks_for_a_time(shop)
    offered = li.choices
    said = li.says(nod)
    assert "没明白" not in said
    assert "还差这一步" in said
    assert li.choices == offered


@pytest.mark.parametrize("open_to_all", ["随便哪天", "越快越好", "你们安排吧", "anytime"])
def test_who_leaves_the_time_to_us_is_shown_the_first_before_anything_is_written(shop: Shop, open_to_all: str) -> None:
    li = asks_for_a_time(shop)
    li.says(open_to_all)
    summary = li.says("跳过")
    assert "请确认" in summary
    assert "11 月 23 日（周一）10:30" in summary
    assert [status for _, _, status in shop.appointments if status == "booked"] == []


def test_thanks_in_the_middle_keeps_the_choices(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    offered = li.choices
    for _ in range(3):
        said = li.says("谢谢")
    assert "不客气" in said
    assert li.choices == offered
    assert shop.cards("hand_over") == []


@pytest.mark.parametrize("nod", ["好的", "确认"])
def test_a_nod_to_the_optional_phone_goes_on_and_a_number_still_counts(shop: Shop, nod: str) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    assert "请确认" in li.says(nod)
    assert "请确认" in li.says("13800138000")
    assert "已为您预约" in li.says("确认")


def test_an_understood_answer_clears_the_strikes(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    li.says("啦啦啦啦")
    li.says("明天下午三点")
    assert "已请顾问" not in li.says("嘟嘟嘟嘟")


def test_a_person_at_any_time_and_one_card_only(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    li.says("人工")
    li.says("转人工")
    assert len(shop.cards("hand_over")) == 1


def test_an_old_button_explains_itself(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    li.taps("确认预约")
    li.bubbles = [bubble for bubble in li.bubbles if "请确认" in bubble.text]
    assert "已经办完" in li.taps("确认预约")
    assert len(shop.appointments) == 1


def test_a_tap_on_an_older_summary_is_no_yes_to_the_newest(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    old = li.bubbles[-1]
    li.says("改到周四下午三点")
    li.bubbles.append(old)
    assert "请看最新的" in li.taps("确认预约")
    assert shop.appointments == []


def test_a_talk_left_alone_ends_cleanly(shop: Shop) -> None:
    li = asks_for_a_time(shop)
    shop.time_is("2026-11-25 10:00")
    answer = li.says("你好")
    assert "已取消" in answer
    assert "我可以帮您" in answer


def test_cancel_with_nothing_under_way(shop: Shop) -> None:
    assert "没有正在办理" in shop.stranger().says("取消")


def test_another_flow_interrupts_and_the_first_one_returns(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.says("跳过")
    li.says("确认")
    li.says("不用")
    li.says("后天上午十点给粤B54321洗车")
    li.says("跳过")
    li.says("人工")
    assert "请确认" in li.says("我的预约")
    assert "已为您预约" in li.says("确认")
    assert len(shop.appointments) == 2


def test_a_state_from_an_older_version_is_read(shop: Shop) -> None:
    body = json.dumps({"stack": [["booking", 0, 3, {"service": "wash", "gone_slot": 1}]], "runs": 3, "later": True})
    state = State.unpacked(body.encode())
    assert state.top is not None
    assert state.top.slots["service"] == "wash"
    assert State.unpacked(state.packed()) == state


def test_a_flow_that_was_taken_out_ends_its_talks(shop: Shop) -> None:
    li = shop.stranger()
    li.says("你好")
    state = State.unpacked(b'{"stack": [["no_such_flow", 1, 1, {}]], "runs": 1}')

    def plant(crm) -> None:  # type: ignore[no-untyped-def]
        talk = crm.conversations.locked("web", li.account)
        talk.state = state.packed()
        crm.conversations.save(talk)

    shop.do(plant)
    assert "我可以帮您" in li.says("你好")


def test_stickers_empty_and_huge_texts_get_a_calm_answer(shop: Shop) -> None:
    li = shop.stranger()
    assert "打字" in li.does(Kind.OTHER)
    assert li.does(Kind.PHOTO)
    for text in ("", "好" * 5000, "🚗🚗🚗", "]]>", "\x00"):
        assert li.says(text)


def test_no_intent_is_answered_by_two() -> None:
    with pytest.raises(ValueError, match="named twice: ask_hours"):
        joined({"ask_hours": hours}, {"ask_hours": hours})
    with pytest.raises(ValueError, match="named twice: booking"):
        Engine((BOOKING,), {"booking": hours}, menu=hours, hand_over=hours)
