"""A new car's first three months."""

from __future__ import annotations

from datetime import date

import pytest

from core.journeys import left_out
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop


def bought(shop: Shop, day: str, *, consent: bool = True) -> Person:
    """Li Ming, who bought a car that day; of the owners before him nobody is held out."""

    def record(crm: Crm) -> None:
        advisor = crm.staff.add("王工", "advisor", 1)
        owner = crm.owners.add("李明", store_id=1, advisor_id=advisor.key)
        assert not left_out("nurture", owner.key, 0.1)
        car = crm.vehicles.add("粤B12345", model="汉 EV", purchased_on=date.fromisoformat(day))
        crm.vehicles.connect(owner.key, car.key)
        crm.identities.give_to_owner("web", "li", owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "web", True)

    shop.do(record)
    return shop.stranger("li")


def steps(shop: Shop) -> list[tuple[str, str]]:
    return [(item.step, item.decision) for item in shop.tick() if item.journey == "nurture"]


@pytest.mark.parametrize(
    ("day", "decided"),
    [
        ("2026-11-23", []),
        ("2026-11-22", [("d1", "send")]),
        ("2026-11-17", [("d1", "send")]),
        ("2026-11-16", [("d1", "skip"), ("d7", "send")]),
        ("2026-10-24", [("d1", "skip"), ("d7", "skip"), ("d30", "send")]),
        ("2026-08-25", [("d1", "skip"), ("d7", "skip"), ("d30", "skip"), ("d90", "send")]),
        ("2026-08-11", [("d1", "skip"), ("d7", "skip"), ("d30", "skip"), ("d90", "send")]),
        ("2026-08-10", [("d1", "skip"), ("d7", "skip"), ("d30", "skip"), ("d90", "skip")]),
    ],
)
def test_each_step_counts_from_the_day_of_purchase(shop: Shop, day: str, decided: list[tuple[str, str]]) -> None:
    bought(shop, day)
    assert steps(shop) == decided
    assert steps(shop) == []


def test_the_welcome_names_car_store_and_advisor(shop: Shop) -> None:
    li = bought(shop, "2026-11-22")
    shop.tick()
    told = li.was_told()
    assert "李明您好，恭喜提车！您的专属顾问是王工" in told
    assert "深圳南山店" in told
    assert "汉 EV" in told


def test_the_free_check_is_booked_by_its_button(shop: Shop) -> None:
    li = bought(shop, "2026-10-24")
    shop.tick()
    assert "免费检查" in li.was_told()
    li.taps("预约免费检查")
    li.says("明天下午三点")
    assert "粤B12345 检查" in li.says("跳过")


def test_without_consent_it_is_told_as_a_skip(shop: Shop) -> None:
    bought(shop, "2026-11-22", consent=False)
    assert steps(shop) == [("d1", "skip")]


def test_a_car_that_was_sold_gets_no_more(shop: Shop) -> None:
    bought(shop, "2026-11-16")
    shop.tick()
    shop.do(lambda crm: crm.vehicles.part(1, 1))
    shop.time_is("2026-12-16 10:00")
    assert steps(shop) == []
