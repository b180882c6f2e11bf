"""Extra work found during a visit: nothing is done without the owner's yes, which is kept (增项确认)."""

from __future__ import annotations

import re

import pytest

import handlers
from core.messages import Bubble, Inbound, Kind
from storage.crm import Crm
from tests.chat import Person, Shop


def li(shop: Shop, channel: str = "web") -> Person:
    """Li is on record, and his chat is bound."""
    shop.owner("李明", plate="粤B12345", phone="+8613800138000")
    shop.do(lambda crm: crm.identities.give_to_owner(channel, "li", 1))
    person = Person(shop, "li", channel)
    person.says("你好")
    return person


def proposes(shop: Shop, words: str, role: str = "advisor") -> str:
    """An advisor writes to the bot in private; what the bot answers."""

    def account(crm: Crm) -> None:
        if crm.identities.find("web", role) is None:
            crm.identities.give_to_staff("web", role, crm.staff.add("王海涛", role, 1).key)

    shop.do(account)
    inbound = Inbound("web", f"p{next(shop.keys)}", role, Kind.TEXT, text=words, raw=b"{}")
    number = shop.do(lambda crm: handlers.receive(crm, inbound)).message_id
    rows = shop.ask(lambda crm: [crm.outbox.payload(row) for row in crm.outbox.of_message(number)])
    return "\n".join(found[0] for body in rows if (found := re.findall(r'"text":"([^"]*)"', body.decode())))


def asked(shop: Shop, person: Person) -> str:
    """The newest thing that Li was asked, with its buttons."""

    def newest(crm: Crm) -> Bubble:
        talk = crm.conversations.locked(person.channel, person.account)
        return Bubble.unpacked(crm.outbox.payload(crm.outbox.latest_of_conversation(talk.id, 1)[0]))

    person.bubbles.append(shop.ask(newest))
    return person.bubbles[-1].text


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_li_agrees_by_a_button_and_the_card_shows_it(shop: Shop, channel: str) -> None:
    owner = li(shop, channel)
    assert "已发给车主" in proposes(shop, "增项 粤B12345 更换刹车片 680元 2小时")
    text = asked(shop, owner)
    assert "更换刹车片" in text
    assert "680 元" in text
    assert "2 小时" in text
    assert owner.choices == ["同意", "不同意", "请打电话给我"]
    assert "等车主答复" in shop.cards("extra_item")[0].text
    owner.taps("同意")
    assert "车主同意" in shop.cards("extra_item")[0].footer
    assert "extra_item.agreed" in shop.verbs()


def test_words_do_as_well_as_buttons(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    assert "这次不做" in owner.says("这个先不做")
    proposes(shop, "增项 粤B12345 空调滤芯 120")
    assert "已记录您同意" in owner.says("可以，换吧")


def test_several_pieces_are_answered_each(shop: Shop) -> None:
    owner = li(shop)
    for work in ("更换刹车片 680元", "空调滤芯 120元", "雨刮 90元"):
        proposes(shop, f"增项 粤B12345 {work}")
    said = owner.says("刹车片换，滤芯不用")
    assert "已记录您同意：更换刹车片" in said
    assert "空调滤芯这次不做" in said
    assert owner.choices == ["同意：雨刮", "不同意：雨刮"]
    assert "已记录您同意：雨刮" in owner.taps("同意：雨刮")


def test_a_plain_yes_to_two_pieces_decides_nothing(shop: Shop) -> None:
    owner = li(shop)
    for work in ("更换刹车片 680元", "空调滤芯 120元"):
        proposes(shop, f"增项 粤B12345 {work}")
    assert "逐项" in owner.says("可以")
    assert "extra_item.agreed" not in shop.verbs()


def test_a_changed_price_is_a_new_question(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    asked(shop, owner)
    proposes(shop, "增项 粤B12345 更换刹车片 880元")
    assert "价格有更新" in owner.taps("同意")
    assert "880 元" in owner.says("同意")


def test_who_wants_a_call_is_called(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    assert "先打电话给您" in owner.says("请打电话给我")
    assert "请先打电话给车主" in shop.cards("extra_item")[0].text


def test_no_answer_by_closing_time_is_a_no(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    asked(shop, owner)
    shop.time_is("2026-11-23 18:01")
    assert [item.journey for item in shop.tick() if item.journey == "extra_item"] == ["extra_item"]
    assert "按不做处理" in asked(shop, owner)
    owner.bubbles.pop()
    assert "按不做处理" in owner.taps("同意")


@pytest.mark.parametrize("by_button", [True, False])
def test_an_answer_is_kept_while_a_person_has_the_talk(shop: Shop, by_button: bool) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    asked(shop, owner)
    owner.says("人工")
    shop.advisor("赵工").taps("take", on=shop.cards("hand_over")[0])
    assert owner.says("好的，知道了") == ""
    assert "已记录您同意" in (owner.taps("同意") if by_button else owner.says("刹车片换吧"))
    assert owner.says("师傅还有多久") == ""


def test_an_ok_after_other_words_is_asked_back(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    shop.time_is("2026-11-23 10:05")
    owner.says("你们几点关门")
    shop.time_is("2026-11-23 10:06")
    assert "逐项" in owner.says("好的")
    assert "等车主答复" in shop.cards("extra_item")[0].text
    assert "已记录您同意" in owner.taps("同意：更换刹车片")


def test_in_english_too(shop: Shop) -> None:
    owner = li(shop)
    owner.says("hello there my friend")
    shop.do(lambda crm: setattr(crm.owners.get(1), "language", "en"))
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    assert "Nothing is done before you agree" in asked(shop, owner)
    assert "you agree to" in owner.says("yes, go ahead")


def test_a_question_about_it_is_no_answer(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    owner.says("为什么要换刹车片")
    assert "等车主答复" in shop.cards("extra_item")[0].text


def test_only_advisors_and_managers_name_amounts(shop: Shop) -> None:
    li(shop)
    assert "只有顾问和店长" in proposes(shop, "增项 粤B12345 更换刹车片 680元", role="technician")
    assert "这样写" in proposes(shop, "增项 刹车片")
    assert "没有找到" in proposes(shop, "增项 粤B99999 更换刹车片 680元")
    assert shop.cards("extra_item") == []


def test_nobody_answers_for_somebody_else(shop: Shop) -> None:
    owner = li(shop)
    proposes(shop, "增项 粤B12345 更换刹车片 680元")
    asked(shop, owner)
    stranger = shop.stranger()
    stranger.bubbles = owner.bubbles
    stranger.taps("同意")
    assert "等车主答复" in shop.cards("extra_item")[0].text
