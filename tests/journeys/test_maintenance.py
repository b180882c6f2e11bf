"""Maintenance is due: a reminder, a text, a call, and silence once the owner has booked or come."""

from __future__ import annotations

from datetime import date

import pytest

from storage.crm import Crm
from tests.chat import Person, Shop


def due(shop: Shop, day: str = "2026-11-30", account: str = "li") -> Person:
    """Li Ming, whose car is due that day."""

    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        car = crm.vehicles.add("粤B12345", model="汉 EV", due_on=date.fromisoformat(day))
        crm.vehicles.connect(owner.key, car.key)
        crm.identities.give_to_owner("web", account, owner.key)

    shop.do(record)
    return shop.stranger(account)


def steps(shop: Shop) -> list[tuple[str, str]]:
    """(step, decision) of what a tick does about it."""
    return [(item.step, item.decision) for item in shop.tick() if item.journey == "maintenance_due"]


@pytest.mark.parametrize(
    ("due_on", "decided"),
    [
        ("2026-12-01", []),
        ("2026-11-30", [("t7", "send")]),
        ("2026-11-27", [("t7", "send")]),
        ("2026-11-26", [("t7", "skip"), ("t3", "send")]),
        ("2026-11-25", [("t7", "skip"), ("t3", "send")]),
        ("2026-11-24", [("t7", "skip"), ("t3", "skip"), ("t1", "task")]),
        ("2026-11-23", [("t7", "skip"), ("t3", "skip"), ("t1", "task")]),
        ("2026-11-22", [("t7", "skip"), ("t3", "skip"), ("t1", "skip")]),
    ],
)
def test_a_missed_step_is_caught_up_until_the_next_one(shop: Shop, due_on: str, decided: list[tuple[str, str]]) -> None:
    due(shop, due_on)
    assert steps(shop) == decided
    assert steps(shop) == []


def test_day_by_day_each_step_comes_on_its_own_day(shop: Shop) -> None:
    due(shop, "2026-12-08")
    seen = {}
    for day in range(24, 39):
        moment = f"2026-11-{day}" if day <= 30 else f"2026-12-{day - 30:02}"
        shop.time_is(f"{moment} 09:00")
        if found := steps(shop):
            seen[moment] = found
    assert seen == {"2026-12-01": [("t7", "send")], "2026-12-05": [("t3", "send")], "2026-12-07": [("t1", "task")]}


def test_the_button_books_that_work_for_that_car(shop: Shop) -> None:
    li = due(shop)
    shop.tick()
    assert "粤B12345 预计 11 月 30 日（周一）该做保养了" in li.was_told()
    li.taps("预约保养")
    li.says("明天下午三点")
    assert "11 月 24 日（周二）15:00，粤B12345 保养" in li.says("跳过")


def test_who_has_booked_is_left_alone_until_they_cancel(shop: Shop) -> None:
    li = due(shop)
    li.says("明天下午三点做保养")
    li.says("跳过")
    assert "已为您预约" in li.says("确认")
    assert steps(shop) == []
    li.says("取消预约")
    assert "已取消" in li.says("是")
    assert steps(shop) == [("t7", "send")]


def test_a_visit_meanwhile_ends_it(shop: Shop) -> None:
    due(shop)
    assert steps(shop) == [("t7", "send")]
    shop.do(lambda crm: crm.visits.add("W1", owner_id=1, vehicle_id=1, visited_on=date(2026, 11, 25)))
    for day in (27, 29):
        shop.time_is(f"2026-11-{day} 10:00")
        assert steps(shop) == []


def test_a_due_day_that_moves_a_little_is_no_new_reason_to_write(shop: Shop) -> None:
    due(shop)
    assert steps(shop) == [("t7", "send")]
    shop.do(lambda crm: setattr(crm.vehicles.get(1), "due_on", date(2026, 12, 2)))
    shop.time_is("2026-11-26 10:00")
    assert steps(shop) == [("t7", "skip")]
    assert shop.ask(lambda crm: crm.steps.of_owner(1))[0].reason == "the same was said a short while ago"


def test_the_buyer_of_a_car_is_told_not_the_seller(shop: Shop) -> None:
    due(shop)

    def sold(crm: Crm) -> None:
        crm.vehicles.part(1, 1)
        buyer = crm.owners.add("王芳", store_id=1)
        crm.vehicles.connect(buyer.key, 1)

    shop.do(sold)
    assert [(item.owner, item.decision) for item in shop.tick() if item.journey == "maintenance_due"] == [(2, "skip")]


def test_the_advisors_card_proposes_a_time(shop: Shop) -> None:
    due(shop, "2026-11-24")
    shop.tick()
    (card,) = shop.cards("maintenance_call")
    assert "保养明天到期" in card.title
    assert "建议时间：11 月 23 日（周一）" in card.text


def test_nothing_is_decided_in_quiet_hours(shop: Shop) -> None:
    due(shop, "2026-12-01")
    shop.time_is("2026-11-24 07:59")
    assert steps(shop) == []
    shop.time_is("2026-11-24 21:30")
    assert steps(shop) == []
    shop.time_is("2026-11-25 08:00")
    assert steps(shop) == [("t7", "send")]
