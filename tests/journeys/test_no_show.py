"""An appointment begins and nobody comes, or somebody does."""

from __future__ import annotations

import pytest

from tests.chat import Person, Shop


@pytest.fixture
def li(shop: Shop) -> Person:
    """Li has booked for Tuesday at three."""
    li = shop.stranger("li")
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    li.taps("确认预约")
    li.says("不用")
    return li


def told(shop: Shop) -> str:
    rows = shop.ask(lambda crm: [crm.outbox.payload(row).decode() for row in crm.outbox.of_conversation(1)])
    return rows[-1]


def test_the_advisor_is_asked_half_an_hour_after_the_start(shop: Shop, li: Person) -> None:
    shop.time_is("2026-11-24 15:29")
    assert shop.tick() == []
    shop.time_is("2026-11-24 15:30")
    assert [(item.journey, item.step, item.decision) for item in shop.tick()] == [("no_show", "arrival", "task")]
    assert shop.tick() == []
    (card,) = shop.cards("arrival")
    assert [button.label for row in card.buttons for button in row][:2] == ["到了", "没来"]
    assert shop.advisor("王工").taps("arrived", on=card) == "已记录"
    assert shop.appointments == [("11-24 15:00", "粤B12345", "arrived")]


def test_who_did_not_come_gets_one_kind_word_and_books_the_same_again(shop: Shop, li: Person) -> None:
    shop.time_is("2026-11-24 15:30")
    shop.tick()
    wang, card = shop.advisor("王工"), shop.cards("arrival")[0]
    wang.taps("no_show", on=card)
    assert "已经结束" in wang.taps("arrived", on=card)
    assert shop.appointments == [("11-24 15:00", "粤B12345", "no_show")]
    assert "没关系" in told(shop)
    assert "什么时候方便" in li.starts("book_again.1")
    li.says("周五下午两点")
    li.taps("跳过")
    li.taps("确认预约")
    assert ("11-27 14:00", "粤B12345", "booked") in shop.appointments


def test_without_an_answer_the_next_opening_decides(shop: Shop, li: Person) -> None:
    shop.time_is("2026-11-24 15:30")
    shop.tick()
    shop.time_is("2026-11-25 08:59")
    shop.tick()
    assert shop.appointments[0][2] == "booked"
    shop.time_is("2026-11-25 09:00")
    assert ("no_show", "rebook", "send") in [(i.journey, i.step, i.decision) for i in shop.tick()]
    assert shop.appointments[0][2] == "no_show"
    assert "没有来" in shop.cards("arrival")[0].text
    assert [item for item in shop.tick() if item.journey == "no_show"] == []


def test_a_work_order_of_that_day_says_that_the_car_came(shop: Shop, li: Person) -> None:
    shop.time_is("2026-11-24 15:30")
    shop.tick()

    def visit(crm) -> None:  # type: ignore[no-untyped-def]
        appointment = crm.appointments.get(1)
        facts = {"owner_id": appointment.owner_id, "vehicle_id": appointment.vehicle_id, "status": "open"}
        crm.visits.add("W1", visited_on=shop.moment("2026-11-24 12:00").date(), **facts)

    shop.do(visit)
    shop.time_is("2026-11-25 09:00")
    shop.tick()
    assert shop.appointments[0][2] == "arrived"


def test_a_stranger_cannot_book_again_what_was_anothers(shop: Shop, li: Person) -> None:
    other = shop.stranger("other")
    assert "请发一下车牌号" in other.starts("book_again.1")
