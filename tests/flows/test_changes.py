"""An owner moves or cancels a visit, or waits for a time that is full."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat import Person, Shop


def booked(shop: Shop, account: str, says: str) -> Person:
    """Somebody who has booked that, and nothing else is open."""
    person = shop.stranger(account)
    person.says(says)
    person.taps("跳过")
    assert "已为您预约" in person.taps("确认预约")
    person.says("不用")
    return person


def full_at_three(shop: Shop) -> tuple[Person, Person]:
    first = booked(shop, "first", "明天下午三点给粤B10001做保养")
    second = booked(shop, "second", "明天下午三点给粤B10002做保养")
    return first, second


def waits(shop: Shop, account: str, plate: str) -> Person:
    person = shop.stranger(account)
    person.says(f"明天下午三点给{plate}做保养")
    assert "有空位时马上告诉您" in person.taps("有空位时告诉我")
    return person


def hears(shop: Shop, person: Person) -> str:
    """What came without being asked for since the last time."""
    rows = shop.ask(
        lambda crm: [
            crm.outbox.payload(row).decode()
            for row in crm.outbox.of_conversation(crm.conversations.locked("web", person.account).id)
            if row.message_id is None
        ]
    )
    return "\n".join(rows)


def offer_to(shop: Shop, person: Person) -> int:
    found = shop.ask(
        lambda crm: crm.connection.exec_driver_sql(
            "SELECT max(o.id) FROM time_offer o JOIN identity i ON i.owner_id = o.owner_id "
            "JOIN conversation c ON c.identity_id = i.id WHERE c.id = "
            f"{crm.conversations.locked('web', person.account).id}"
        ).scalar()
    )
    return int(found or 0)


def test_one_sentence_finds_the_appointment_and_moves_it(shop: Shop) -> None:
    li = booked(shop, "li", "明天下午三点给粤B12345做保养")
    answer = li.says("改到后天下午")
    assert "这些时间可以约" in answer
    assert "改到11 月 25 日（周三）14:00？" in li.says("下午两点")
    li.taps("确认改期")
    assert shop.appointments == [("11-25 14:00", "粤B12345", "booked")]
    assert "appointment.moved" in shop.verbs()
    assert "11 月 25 日（周三）14:00" in shop.cards("new_appointment")[0].text


def test_half_an_hour_later_is_free_for_who_has_the_time_until_then(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    assert "改到11 月 24 日（周二）15:30？" in first.says("改到明天下午三点半")
    first.taps("确认改期")
    assert sorted(shop.appointments) == [("11-24 15:00", "粤B10002", "booked"), ("11-24 15:30", "粤B10001", "booked")]


def test_moving_to_the_time_it_has_is_told(shop: Shop) -> None:
    li = booked(shop, "li", "明天下午三点给粤B12345做保养")
    answer = li.says("改到明天下午三点")
    assert "这个预约就是11 月 24 日（周二）15:00" in answer
    assert "15:00" not in " ".join(li.choices)


def test_of_several_appointments_the_named_car_or_work_is_meant(shop: Shop) -> None:
    li = booked(shop, "li", "明天下午三点给粤B12345做保养")
    li.says("后天上午十点给粤B12345洗车")
    li.taps("确认预约")
    assert "哪一个预约" in li.says("改到周五下午两点")
    li.says("取消")
    assert "洗车" in li.says("把洗车改到周五下午两点")
    li.taps("确认改期")
    assert shop.appointments == [("11-24 15:00", "粤B12345", "booked"), ("11-27 14:00", "粤B12345", "booked")]


def test_a_cancellation_names_its_day_and_frees_the_time(shop: Shop) -> None:
    li = booked(shop, "li", "明天下午三点给粤B12345做保养")
    li.says("后天上午十点给粤B12345洗车")
    li.taps("确认预约")
    assert "11 月 25 日（周三）10:00" in li.says("取消后天的预约")
    li.taps("取消预约")
    assert [status for *_, status in shop.appointments] == ["booked", "cancelled"]


def test_a_change_after_the_card_is_done_is_a_new_card(shop: Shop) -> None:
    li, wang = booked(shop, "li", "明天下午三点给粤B12345做保养"), shop.advisor("王工")
    card = shop.cards("new_appointment")[0]
    wang.taps("take", on=card)
    wang.taps("done", on=card)
    li.says("改到周五下午两点")
    li.taps("确认改期")
    assert [card.title for card in shop.cards("appointment_moved")] == ["预约改期"]
    li.says("取消预约")
    li.taps("取消预约")
    assert [card.title for card in shop.cards("appointment_cancelled")] == ["预约取消"]


def test_somebody_elses_appointment_cannot_be_tapped(shop: Shop) -> None:
    booked(shop, "li", "明天下午三点给粤B12345做保养")
    other = booked(shop, "other", "后天上午十点给粤B54321洗车")
    other.says("后天上午十一点给粤B54321做保养")
    other.taps("确认预约")
    asked = other.says("取消预约")
    assert "哪一个" in asked
    forged = other.bubbles[-1].choices[0].id.partition("=")[0] + "=1"
    assert "粤B12345" not in other.sends_choice(forged)
    assert shop.appointments[0] == ("11-24 15:00", "粤B12345", "booked")


def test_a_full_time_is_waited_for_and_offered_when_it_becomes_free(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    wang = waits(shop, "wang", "粤B30001")
    shop.tick()
    assert "空出来了" not in hears(shop, wang)
    first.says("取消预约")
    first.taps("取消预约")
    assert [item.step for item in shop.tick()] == ["offer"]
    assert "您等的时间空出来了：11 月 24 日（周二）15:00，粤B30001 保养" in hears(shop, wang)
    assert "已为您预约" in wang.starts(f"take_time.{offer_to(shop, wang)}")
    assert ("11-24 15:00", "粤B30001", "booked") in shop.appointments
    assert len(shop.cards("new_appointment")) == 3


def test_who_does_not_answer_makes_room_for_the_next_and_is_not_asked_again(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    wang, zhao = waits(shop, "wang", "粤B30001"), waits(shop, "zhao", "粤B30002")
    first.says("改到周五下午两点")
    first.taps("确认改期")
    shop.tick()
    assert (offer_to(shop, wang), offer_to(shop, zhao)) == (1, 0)
    shop.time_is("2026-11-23 10:16")
    shop.tick()
    assert (offer_to(shop, wang), offer_to(shop, zhao)) == (1, 2)
    assert "不能要了" in wang.starts("take_time.1")
    assert "不等了" in zhao.starts("decline_time.2")
    assert shop.tick() == []
    assert "不能要了" in zhao.starts("take_time.2")


def test_nobody_takes_an_offer_that_was_made_to_another(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    waits(shop, "wang", "粤B30001")
    first.says("取消预约")
    first.taps("取消预约")
    shop.tick()
    assert "不能要了" in shop.stranger("thief").starts("take_time.1")
    assert "不能要了" in first.starts("take_time.1")


def test_the_list_is_joined_and_left_by_words(shop: Shop) -> None:
    full_at_three(shop)
    li = shop.stranger("li")
    li.says("明天下午三点给粤B12345做保养")
    assert "11 月 24 日（周二）15:00保养有空位时" in li.says("有空位就通知我")
    assert "不再为您留意" in li.says("不等了")
    assert "没有在等" in li.says("退出候补")


def test_out_of_nothing_the_list_asks_for_what_it_needs(shop: Shop) -> None:
    li = shop.stranger("li")
    assert "车牌" in li.says("帮我排个队")
    assert "什么项目" in li.says("粤B12345")
    assert "哪一天" in li.says("做保养")
    assert "11 月 26 日（周四）下午保养有空位时" in li.says("周四下午")


def test_nobody_is_woken_for_a_free_time(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    waits(shop, "wang", "粤B30001")
    first.says("取消预约")
    first.taps("取消预约")
    shop.time_is("2026-11-23 21:30")
    assert shop.tick() == []
    shop.time_is("2026-11-24 08:00")
    assert [item.step for item in shop.tick()] == ["offer"]


def test_who_booked_another_time_that_day_waits_no_more(shop: Shop) -> None:
    first, _ = full_at_three(shop)
    wang = waits(shop, "wang", "粤B30001")
    shop.clock.advance_to(shop.clock.now() + timedelta(minutes=1))
    wang.says("明天下午四点给粤B30001做保养")
    wang.taps("跳过")
    wang.taps("确认预约")
    first.says("取消预约")
    first.taps("取消预约")
    assert shop.tick() == []


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_a_number_or_the_words_of_the_button_take_the_time_in_every_channel(shop: Shop, channel: str) -> None:
    first, _ = full_at_three(shop)
    wang = shop.stranger("wang", channel)
    wang.says("明天下午三点给粤B30001做保养")
    wang.says("有空位时告诉我")
    first.says("取消预约")
    first.taps("取消预约")
    shop.tick()
    wang.says("1" if channel == "wechat" else "要这个时间")
    assert ("11-24 15:00", "粤B30001", "booked") in shop.appointments


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_moving_and_cancelling_work_in_words_in_every_channel(shop: Shop, channel: str) -> None:
    li = shop.stranger("li", channel)
    for words in ("明天下午三点给粤B12345做保养", "跳过", "确认", "不用", "改到后天下午两点", "确认"):
        li.says(words)
    assert shop.appointments == [("11-25 14:00", "粤B12345", "booked")]
    for words in ("取消后天的预约", "是的"):
        li.says(words)
    assert shop.appointments == [("11-25 14:00", "粤B12345", "cancelled")]
