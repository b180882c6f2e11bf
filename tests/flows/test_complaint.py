"""An owner complains, and says when it is solved: talks that are also the documentation."""

from __future__ import annotations

from datetime import date

import pytest

from core.messages import Kind
from flows.complaint import opened
from storage.crm import Crm
from tests.chat import Advisor, Person, Shop

CHANNELS = ("web", "wechat", "telegram")


def owner_of(shop: Shop, *plates: str, channel: str = "web", account: str = "li", visits: bool = False) -> Person:
    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        for plate in plates:
            car = crm.vehicles.add(plate)
            crm.vehicles.connect(owner.key, car.key)
        if visits:
            crm.visits.add("W1", owner_id=owner.key, vehicle_id=1, visited_on=date(2026, 11, 20))
        crm.identities.give_to_owner(channel, account, owner.key)

    shop.do(record)
    return shop.stranger(account, channel)


def state(shop: Shop, number: int = 1) -> str:
    return shop.ask(lambda crm: crm.tickets.get(number).state)


def solves(shop: Shop, advisor: Advisor, words: str) -> str:
    """The advisor writes to the bot's page form: the button with words."""
    card = shop.cards("ticket")[0]
    advisor.taps("take", on=card)
    return advisor.taps("ticket_solved", on=card, words=words)


@pytest.mark.parametrize("channel", CHANNELS)
def test_words_become_a_ticket_with_a_number_and_a_clock(shop: Shop, channel: str) -> None:
    li = owner_of(shop, "粤B12345", channel=channel)
    told = li.says("我要投诉，上次弄脏了我的车")
    assert "投诉已登记（粤B12345），编号 T1，负责人会在 11 月 23 日（周一）12:00 前联系您" in told
    card = shop.cards("ticket")[0]
    assert card.title == "投诉"
    assert card.tone == "alarm"
    assert "最晚联系：11 月 23 日（周一）12:00" in card.text
    assert "弄脏" not in card.text
    assert "李*" in card.text


def test_somebody_who_only_says_complaint_is_asked_once_what_happened(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    assert "请说说发生了什么" in li.says("投诉")
    assert "编号 T1" in li.says("等了三个小时没人理我")
    assert shop.ask(lambda crm: [crm.tickets.text(n) for n in crm.tickets.notes(crm.tickets.get(1))]) == [
        "等了三个小时没人理我"
    ]


def test_of_two_cars_the_one_is_asked_for_and_the_one_that_was_here_is_not(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345", "粤B67890")
    assert "哪辆车" in li.says("投诉，刹车没修好还是响")
    assert "（粤B67890）" in li.taps("粤B67890")
    wang = owner_of(shop, "粤B11111", "粤B22222", account="wang")
    shop.do(lambda crm: crm.visits.add("W9", owner_id=2, vehicle_id=3, visited_on=date(2026, 11, 20)).key)
    assert "（粤B11111）" in wang.says("投诉，刹车没修好还是响")


def test_more_words_and_photos_go_to_the_open_ticket(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("投诉，车门刮花了")
    assert "照片已附到投诉 T1" in li.does(Kind.PHOTO)
    assert "已补充到投诉 T1" in li.says("投诉，后视镜也刮花了")
    assert "照片：1" in shop.cards("ticket")[0].text
    assert len(shop.ask(lambda crm: crm.tickets.of_owner(1))) == 1


def test_a_photo_before_the_words_is_kept_with_them(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉")
    assert "照片收到了" in li.does(Kind.PHOTO)
    li.says("车门刮花了")
    assert "照片：1" in shop.cards("ticket")[0].text


def test_who_takes_it_sees_the_words_and_the_households_earlier_complaints(shop: Shop) -> None:
    li, wang = owner_of(shop, "粤B12345"), shop.advisor("王工")
    shop.do(lambda crm: crm.vehicles.connect(crm.owners.add("李太太").key, 1))
    shop.do(lambda crm: crm.tickets.close(opened(crm, 2, "轮胎换贵了")))
    li.says("投诉，车门刮花了")
    card = shop.cards("ticket")[-1]
    assert "以前的投诉：1" in card.text
    wang.taps("take", on=card)
    seen = wang.sees(card)
    assert "最近说：投诉，车门刮花了" in seen
    assert "轮胎换贵了" in seen
    assert "解决 T2 做了什么" in seen


@pytest.mark.parametrize("channel", CHANNELS)
def test_it_closes_only_with_the_owners_yes(shop: Shop, channel: str) -> None:
    li, wang = owner_of(shop, "粤B12345", channel=channel), shop.advisor("王工")
    li.says("投诉，车门刮花了")
    assert "正在请车主确认" in solves(shop, wang, "已补漆并抛光")
    assert state(shop) == "solved"
    assert "我们做了：已补漆并抛光\n请问解决了吗" in li.was_told()
    assert "T1 已结案" in li.says("1")
    assert state(shop) == "closed"


@pytest.mark.parametrize("said", ["还没有", "没解决，颜色不一样", "2"])
def test_not_yet_opens_it_again_for_the_manager(shop: Shop, said: str) -> None:
    li, wang = owner_of(shop, "粤B12345"), shop.advisor("王工")
    li.says("投诉，车门刮花了")
    solves(shop, wang, "已补漆")
    li.was_told()
    assert "已重新打开并报给店长" in li.says(said)
    assert state(shop) == "open"
    assert [card.title for card in shop.cards("ticket_reopened")] == ["车主说投诉没解决"]


def test_who_complains_again_about_what_was_called_solved_opens_it_again(shop: Shop) -> None:
    li, wang = owner_of(shop, "粤B12345"), shop.advisor("王工")
    li.says("投诉，刹车还是响")
    solves(shop, wang, "已换刹车片")
    assert "T1 已重新打开并报给店长" in li.says("我要投诉，刹车片换了又响")
    assert state(shop) == "open"
    assert shop.ask(lambda crm: len(crm.tickets.of_owner(1))) == 1


def test_an_advisor_says_in_private_what_was_done(shop: Shop) -> None:
    li, wang = owner_of(shop, "粤B12345"), shop.advisor("王工")
    shop.do(lambda crm: crm.identities.give_to_staff("telegram", "wang", wang.key).key)
    li.says("投诉，车门刮花了")
    private = shop.stranger("wang", "telegram")
    assert "请先点“我来跟进”" in private.says("解决 T1 已补漆")
    wang.taps("take", on=shop.cards("ticket")[0])
    assert "解决 T1 做了什么" in private.says("解决 T1")
    assert "正在请车主确认" in private.says("解决 T1 已补漆")
    assert "没有找到投诉 T9" in private.says("解决 T9 好了")
    assert state(shop) == "solved"


def test_a_called_owner_stops_the_first_clock(shop: Shop) -> None:
    li, wang = owner_of(shop, "粤B12345"), shop.advisor("王工")
    li.says("投诉，车门刮花了")
    card = shop.cards("ticket")[0]
    wang.taps("take", on=card)
    assert wang.taps("ticket_called", on=card) == "已记录"
    assert "最晚解决：11 月 25 日（周三）10:00" in shop.cards("ticket")[0].text
    assert "已联系过您" in li.says("投诉进度")


def test_progress_is_told_at_any_time(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    assert "没有查到您的投诉" in li.says("我的投诉怎么样了")
    li.says("投诉，车门刮花了")
    assert "T1：已转给负责人，11 月 23 日（周一）12:00 前联系您" in li.says("投诉进度")
    shop.time_is("2026-11-23 12:30")
    assert "我们晚了" in li.says("投诉进度")
    assert len(shop.ask(lambda crm: crm.tickets.of_owner(1))) == 1


def test_what_was_no_complaint_is_withdrawn_by_one_tap(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("你们态度真差")
    assert "T1 已撤回" in li.taps("不是投诉，撤回")
    assert state(shop) == "withdrawn"
    assert "车主已撤回" in shop.cards("ticket")[0].text


def test_nobody_else_can_close_or_withdraw_it(shop: Shop) -> None:
    owner_of(shop, "粤B12345").says("投诉，车门刮花了")
    zhang = shop.stranger("zhang")
    zhang.says("你好")
    assert "没有查到您的投诉" in zhang.starts("ticket_answer.1.yes")
    assert "没有查到您的投诉" in zhang.starts("ticket_withdraw.1")
    assert state(shop) == "open"


def test_stop_words_and_a_person_work_inside(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("投诉")
    assert "请说说发生了什么" in li.says("退订")
    assert "已请顾问" in li.says("人工")
    assert shop.ask(lambda crm: crm.tickets.of_owner(1)) == []


def test_in_english(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    assert "registered as T1" in li.says("I want to complain, you scratched my door")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_complaint_in_the_middle_of_a_booking_books_no_bodywork(shop: Shop, channel: str) -> None:
    li = owner_of(shop, "粤B12345", channel=channel)
    li.says("明天上午十点做保养")
    assert "粤B12345 保养" in li.taps("跳过")
    told = li.says("我要投诉，你们把我车刮了")
    assert "投诉已登记" in told
    assert "钣喷" not in told
    assert "粤B12345 保养" in li.taps("确认预约")
    assert "联系您" in li.says("投诉进度")


@pytest.mark.parametrize("channel", CHANNELS)
def test_to_take_a_complaint_back_in_words_makes_no_new_one(shop: Shop, channel: str) -> None:
    li = owner_of(shop, "粤B12345", channel=channel)
    assert "没有查到您的投诉" in li.says("我想取消投诉")
    assert "投诉已登记" in li.says("我要投诉，上次把车门刮花了")
    assert "已撤回" in li.says("撤回投诉")
    assert state(shop) == "withdrawn"


@pytest.mark.parametrize("channel", CHANNELS)
def test_another_wish_is_not_what_happened(shop: Shop, channel: str) -> None:
    li = owner_of(shop, "粤B12345", channel=channel)
    assert "请说说发生了什么" in li.says("我要投诉")
    told = li.says("我的礼券")
    assert "礼券" in told
    assert "投诉已登记" not in told
    assert "投诉已登记" in li.says("洗车洗了两小时还没洗干净")


def test_the_card_of_a_complaint_can_be_shown_after_its_owner_was_erased(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉，车门刮花了")
    shop.do(lambda crm: crm.erasures.erase(1, "owner"))
    assert "刮花" not in shop.cards("ticket")[0].text


@pytest.mark.parametrize("more", ["就是上周六在南山店", "照片我待会儿发", "那个穿蓝衣服的小伙子弄的"])
def test_what_is_said_right_after_a_complaint_goes_on_its_card(shop: Shop, more: str) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉，车门被你们刮花了")
    assert "已补充到投诉 T1" in li.says(more)
    assert len(shop.ask(lambda crm: crm.tickets.notes(crm.tickets.get(1)))) == 2
    assert [card.title for card in shop.cards()] == ["投诉"]


def test_who_feels_ignored_right_after_it_hears_when_somebody_calls(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉，车门被你们刮花了")
    assert "前联系您" in li.says("怎么还没人理我")
    assert "前联系您" not in li.says("我的车怎么还没修好")


def test_right_after_it_a_booking_is_a_booking_and_noise_is_noise(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉，车门被你们刮花了")
    assert "没明白" in li.says("啦啦啦啦")
    assert "留个手机号" in li.says("约明天下午三点保养")


def test_half_an_hour_later_such_words_are_no_part_of_it(shop: Shop) -> None:
    li = owner_of(shop, "粤B12345")
    li.says("我要投诉，车门被你们刮花了")
    shop.time_is("2026-11-23 10:31")
    assert "已补充" not in li.says("那个穿蓝衣服的小伙子弄的")
