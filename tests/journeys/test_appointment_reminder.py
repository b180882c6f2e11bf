"""An owner is reminded of an appointment, of the time that it has now."""

from __future__ import annotations

from tests.chat import Person, Shop


def booked(shop: Shop, when: str) -> Person:
    li = shop.stranger("li")
    li.says(f"{when}给粤B12345做保养")
    li.says("跳过")
    assert "已为您预约" in li.says("确认")
    return li


def steps(shop: Shop) -> list[tuple[str, str]]:
    return [(item.step, item.decision) for item in shop.tick() if item.journey == "appointment_reminder"]


def test_the_day_before_and_two_hours_before(shop: Shop) -> None:
    li = booked(shop, "11月26日下午3点")
    shop.time_is("2026-11-25 08:59")
    assert steps(shop) == []
    shop.time_is("2026-11-25 09:00")
    assert steps(shop) == [("d1", "send")]
    assert "明天 15:00，粤B12345 保养，深圳南山店" in li.was_told()
    assert steps(shop) == []
    shop.time_is("2026-11-26 13:00")
    assert steps(shop) == [("h2", "send")]
    assert "今天 15:00 见" in li.was_told()
    assert steps(shop) == []


def test_one_message_after_a_day_on_which_nobody_looked(shop: Shop) -> None:
    booked(shop, "11月26日下午3点")
    shop.time_is("2026-11-26 13:30")
    assert steps(shop) == [("d1", "skip"), ("h2", "send")]


def test_none_once_it_has_begun(shop: Shop) -> None:
    booked(shop, "11月26日下午3点")
    shop.time_is("2026-11-26 15:00")
    assert steps(shop) == []


def test_what_was_booked_a_moment_ago_needs_no_reminder(shop: Shop) -> None:
    booked(shop, "今天下午三点")
    assert steps(shop) == []
    shop.time_is("2026-11-23 13:00")
    assert steps(shop) == [("h2", "send")]


def test_a_moved_appointment_is_reminded_of_at_its_new_time(shop: Shop) -> None:
    li = booked(shop, "11月26日下午3点")
    shop.time_is("2026-11-25 09:00")
    steps(shop)
    li.says("改到11月28日上午10点")
    li.says("确认")
    shop.time_is("2026-11-26 13:00")
    assert steps(shop) == []
    shop.time_is("2026-11-27 09:00")
    assert steps(shop) == [("d1", "send")]


def test_a_cancelled_one_is_forgotten(shop: Shop) -> None:
    li = booked(shop, "11月26日下午3点")
    li.says("取消预约")
    assert "已取消" in li.says("是")
    shop.time_is("2026-11-25 10:00")
    assert steps(shop) == []
