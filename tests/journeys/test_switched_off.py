"""`[journeys.NAME] on = false` holds for every journey that has a name: nothing of it is decided, nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from core.known_journeys import ALWAYS_ON, KNOWN
from journeys import TickItem, notices
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop
from tests.flows.test_referral import code_of, pays, scans
from tests.flows.test_visit_rating import served
from tests.journeys.test_unfinished_talk import begins
from tests.storage.test_wait_list import wait


def li_ming(shop: Shop, **car: Any) -> None:
    """On record with a car, an account, and his yes to marketing."""

    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1, birthday=date(1990, 11, 23))
        vehicle = crm.vehicles.add("粤B12345", **car)
        crm.vehicles.connect(owner.key, vehicle.key)
        crm.identities.give_to_owner("web", "li", owner.key)
        crm.consents.write(owner.key, MARKETING, "web", True)

    shop.do(record)


def stays_away(shop: Shop) -> None:
    li_ming(shop)
    shop.do(lambda crm: crm.visits.add("W1", owner_id=1, vehicle_id=1, visited_on=date(2026, 8, 20)))


def books(shop: Shop) -> None:
    """For Tuesday at three."""
    li = shop.stranger("li")
    for words in ("明天下午三点给粤B12345做保养", "跳过", "确认"):
        li.says(words)


def books_and_does_not_come(shop: Shop) -> None:
    books(shop)
    shop.time_is("2026-11-24 15:30")


def books_in_time(shop: Shop) -> None:
    li = shop.stranger("li")
    for words in ("11月26日下午3点给粤B12345做保养", "跳过", "确认"):
        li.says(words)
    shop.time_is("2026-11-25 09:00")


def brings_a_friend(shop: Shop) -> None:
    li_ming(shop)
    scans(shop, "friend", code_of(shop))
    pays(shop, 2)
    shop.time_is("2026-11-24 10:00")


def has_a_coupon(shop: Shop) -> None:
    li_ming(shop)
    shop.do(lambda crm: crm.coupons.issue(1, "birthday", "birthday:1", claimed=True) and None)
    shop.time_is("2026-11-28 10:00")


def is_left_in_the_middle(shop: Shop) -> None:
    begins(shop)
    shop.time_is("2026-11-23 10:30")


def the_eve_of_new_year(shop: Shop) -> None:
    li_ming(shop)
    shop.time_is("2027-02-05 10:00")  # the last working day before it


HAPPENINGS: dict[str, Callable[[Shop], object]] = {
    "maintenance_due": lambda shop: li_ming(shop, due_on=date(2026, 11, 28)),
    "birthday": li_ming,
    "win_back": stays_away,
    "nurture": lambda shop: li_ming(shop, purchased_on=date(2026, 11, 22)),
    "recommendation": lambda shop: li_ming(shop, mileage_km=60_000),
    "after_visit": lambda shop: served(shop, asked=False),
    "appointment_reminder": books_in_time,
    "coupon_expiring": has_a_coupon,
    "referral": brings_a_friend,
    "no_show": books_and_does_not_come,
    "wait_list": lambda shop: wait(shop, "王"),
    "unfinished_talk": is_left_in_the_middle,
    "churn_alert": stays_away,
    "anniversary": lambda shop: li_ming(shop, purchased_on=date(2024, 11, 23)),
    "festival": the_eve_of_new_year,
    "inspection_due": lambda shop: li_ming(shop, purchased_on=date(2024, 11, 20)),
    "insurance_due": lambda shop: li_ming(shop, purchased_on=date(2024, 12, 20)),
}


def switched(shop: Shop, name: str, *, on: bool) -> None:
    policy = shop.database.shop.policy
    journeys = MappingProxyType({**policy.journeys, name: replace(policy.journey(name), on=on, hold_out=0.0)})
    shop.database.shop = replace(shop.database.shop, policy=replace(policy, journeys=journeys))


def decided(shop: Shop, name: str) -> list[TickItem]:
    """What two ticks an hour apart and one of the next day decide."""
    ticks = [shop.tick()]
    for hours in (1, 24):
        shop.clock.advance_to(shop.clock.now() + timedelta(hours=hours))
        ticks.append(shop.tick())
    return [item for items in ticks for item in items if item.journey == name]


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - set(ALWAYS_ON)))
def test_a_journey_that_is_off_does_nothing(shop: Shop, name: str) -> None:
    HAPPENINGS[name](shop)
    switched(shop, name, on=False)
    assert decided(shop, name) == []
    rows = "SELECT count(*) FROM step WHERE journey = ?"
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql(rows, (name,)).scalar()) == 0


@pytest.mark.parametrize("name", sorted(HAPPENINGS))
def test_the_same_journey_on_does_something(shop: Shop, name: str) -> None:
    HAPPENINGS[name](shop)
    switched(shop, name, on=True)
    assert decided(shop, name)


def test_alerts_that_were_off_come_once_they_are_on_and_the_level_is_kept_meanwhile(shop: Shop) -> None:
    stays_away(shop)
    switched(shop, "churn_alert", on=False)
    assert decided(shop, "churn_alert") == []
    assert shop.ask(lambda crm: crm.owners.get(1).churn_level) == "watch"
    switched(shop, "churn_alert", on=True)
    shop.time_is("2026-11-25 10:00")
    assert [item.step for item in decided(shop, "churn_alert")] == ["watch"]


def test_without_a_wait_list_nobody_is_put_on_it(shop: Shop) -> None:
    switched(shop, "wait_list", on=False)
    li = shop.owner("李明", plate="粤B12345", account="li")
    assert "不做候补" in li.starts("wait_list")
    assert shop.ask(lambda crm: crm.wait_list.anybody(date(2026, 11, 23))) is False


def test_without_no_show_the_time_is_freed_and_nobody_is_written_to(shop: Shop) -> None:
    books_and_does_not_come(shop)
    switched(shop, "no_show", on=False)
    shop.tick()
    assert shop.cards("arrival") == []
    shop.time_is("2026-11-25 09:30")
    shop.tick()
    assert shop.appointments == [("11-24 15:00", "粤B12345", "no_show")]


def test_without_after_visit_nobody_is_told_that_the_car_is_ready(shop: Shop) -> None:
    li_ming(shop)
    switched(shop, "after_visit", on=False)

    def ready(crm: Crm) -> object:
        visit = crm.visits.add("W1", owner_id=1, vehicle_id=1, visited_on=date(2026, 11, 23))
        return notices.car_ready(crm, visit, [], crm.now)

    assert shop.do(ready) is None


@pytest.mark.parametrize(("name", "step"), [("after_visit", "csat"), ("coupon_expiring", "d3")])
def test_its_hour_of_the_day_holds(shop: Shop, name: str, step: str) -> None:
    HAPPENINGS[name](shop)
    day = f"{shop.clock.now():%Y-%m-%d}"
    rules = replace(shop.database.shop.policy.journey(name), at=time(11))
    policy = replace(shop.database.shop.policy, journeys=MappingProxyType({name: rules}))
    shop.database.shop = replace(shop.database.shop, policy=policy)
    shop.time_is(f"{day} 10:59")
    assert [item for item in shop.tick() if item.journey == name] == []
    shop.time_is(f"{day} 11:00")
    assert [item.step for item in shop.tick() if item.journey == name] == [step]
