"""One owner with several cars, one car with several drivers, and a car that changes hands."""

from __future__ import annotations

import pytest

from tests.chat import Person, Shop


def two_cars(shop: Shop) -> Person:
    li = shop.owner("李明", plate="粤B12345", phone="+8613812345678", account="li")

    def second(crm) -> None:  # type: ignore[no-untyped-def]
        crm.vehicles.connect(1, crm.vehicles.add("粤BD54321", model="特斯拉 Model 3").key)

    shop.do(second)
    return li


def test_who_has_several_cars_is_asked_once(shop: Shop) -> None:
    li = two_cars(shop)
    assert "哪辆车" in li.says("明天下午三点做保养")
    assert "粤B12345 保养" in li.taps("粤B12345")
    li.taps("确认预约")
    li.says("不用")
    assert "粤B12345 洗车" in li.says("后天上午十点再洗个车")
    assert "粤BD54321 洗车" in li.says("不对，是粤BD54321")


def test_the_car_that_a_sentence_names_is_not_asked_for(shop: Shop) -> None:
    li = two_cars(shop)
    assert "粤BD54321 保养" in li.says("明天下午三点给粤BD54321做保养")


def test_a_car_is_named_as_people_name_it(shop: Shop) -> None:
    li = two_cars(shop)
    li.says("明天下午三点做保养")
    assert "粤BD54321" in li.says("尾号321那辆")


def test_nobody_taps_a_car_that_is_not_theirs(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    thief = shop.stranger()
    thief.says("明天下午三点做保养")
    assert "粤B12345 保养" not in thief.sends_choice("1:vehicle=v1")
    assert "粤B12345 保养" not in thief.sends_choice("1:vehicle=vv")


def family(shop: Shop) -> tuple[Person, Person]:
    """Li's car, which his wife has booked a visit for; the advisor says that they are one household."""
    li = shop.owner("李明", plate="粤B12345", phone="+8613812345678", account="li")
    wife, wang = shop.stranger("wife"), shop.advisor("王工")
    wife.says("明天下午三点给粤B12345做保养")
    wife.taps("跳过")
    wife.taps("确认预约")
    wife.says("不用")
    card = shop.cards("link_proposal")[0]
    assert "同一家人" in [button.label for row in card.buttons for button in row]
    assert wang.taps("link_household", on=card) == "已记录"
    return li, wife


def test_one_household_keeps_two_owners_and_both_see_the_cars_visits(shop: Shop) -> None:
    li, wife = family(shop)
    assert shop.ask(lambda crm: [crm.owners.get(n).status for n in (1, 2)]) == ["active", "active"]
    assert shop.ask(lambda crm: crm.vehicles.roles(2)) == {1: "driver"}
    for person in (li, wife):
        assert "11 月 24 日（周二）15:00 · 粤B12345 保养" in person.says("我的预约")
    assert "李明" not in "".join(bubble.text for bubble in wife.bubbles)
    assert "家里人约的" in li.says("取消预约")


def test_the_driver_books_for_the_shared_car_without_being_asked(shop: Shop) -> None:
    _, wife = family(shop)
    assert "粤B12345 洗车" in wife.says("后天上午十点洗车")


def test_a_stranger_who_only_names_the_plate_sees_nothing(shop: Shop) -> None:
    family(shop)
    stranger = shop.stranger("stranger")
    stranger.says("后天上午十点给粤B12345洗车")
    assert "11 月 24 日" not in stranger.says("我的预约")


def test_a_sold_car_is_parted_from_and_its_visits_cancelled(shop: Shop) -> None:
    li = two_cars(shop)
    li.says("明天下午三点给粤B12345做保养")
    li.taps("确认预约")
    li.says("不用")
    assert "哪辆车" in li.says("我的车卖了")
    assert "11 月 24 日（周二）15:00的预约会一起取消" in li.taps("粤B12345")
    assert "已从您名下移除" in li.taps("是的，已经卖了")
    assert shop.appointments == [("11-24 15:00", "粤B12345", "cancelled")]
    assert shop.ask(lambda crm: [car.plate for car in crm.vehicles.of_owner(1)]) == ["粤BD54321"]
    assert "车牌" in li.taps("添加新车")
    assert "记下了：粤B88888" in li.says("粤B88888")
    assert shop.ask(lambda crm: len(crm.vehicles.of_owner(1))) == 2


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_selling_a_car_works_in_words_and_numbers_in_every_channel(shop: Shop, channel: str) -> None:
    li = shop.stranger("li", channel)
    for words in ("明天下午三点给粤B12345做保养", "跳过", "确认", "不用", "车卖了", "1", "1", "粤B88888"):
        li.says(words)
    assert shop.appointments == [("11-24 15:00", "粤B12345", "cancelled")]
    assert shop.ask(lambda crm: [car.plate for car in crm.vehicles.of_owner(1)]) == ["粤B88888"]


def test_the_sold_car_can_be_named_at_once_and_kept_after_all(shop: Shop) -> None:
    li = two_cars(shop)
    assert "粤BD54321" in li.says("粤BD54321那辆车卖了")
    li.taps("没有卖")
    assert shop.ask(lambda crm: len(crm.vehicles.of_owner(1))) == 2
    assert "没有车辆" in shop.stranger().says("车卖了")
