"""Who has not come for three months is asked why, once."""

from __future__ import annotations

from datetime import date

import pytest

from core.messages import Rank
from flows.complaint import opened
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop


def away(shop: Shop, last_visit: str, *, consent: bool = True, account: str = "li") -> int:
    """Li Ming with one car, last here on that day."""

    def record(crm: Crm) -> int:
        owner, car = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345")
        crm.vehicles.connect(owner.key, car.key)
        on = date.fromisoformat(last_visit)
        crm.visits.add(f"W{owner.key}", owner_id=owner.key, vehicle_id=car.key, visited_on=on)
        crm.identities.give_to_owner("web", account, owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "web", True)
        return owner.key

    return shop.do(record)


def m3(shop: Shop) -> list[tuple[str, str]]:
    """(decision, reason) of what a tick does about it."""
    return [(item.decision, item.reason) for item in shop.tick() if (item.journey, item.step) == ("win_back", "m3")]


@pytest.mark.parametrize(
    ("last_visit", "now", "decided"),
    [
        ("2026-08-23", "2026-11-23 10:00", ["send"]),
        ("2026-08-24", "2026-11-23 10:00", []),
        ("2026-08-24", "2026-11-24 08:59", []),
        ("2026-08-24", "2026-11-24 09:00", ["send"]),
        ("2026-08-24", "2026-11-24 20:00", []),
        ("2026-08-31", "2026-11-30 09:00", ["send"]),
        ("2026-08-31", "2026-11-29 19:00", []),
        ("2026-11-30", "2027-02-28 09:00", ["send"]),
        ("2026-06-24", "2026-11-23 10:00", ["send"]),
        ("2026-06-23", "2026-11-23 10:00", ["skip"]),
    ],
)
def test_three_calendar_months_clamped_to_the_months_end(
    shop: Shop, last_visit: str, now: str, decided: list[str]
) -> None:
    away(shop, last_visit)
    if now != "2026-11-23 10:00":
        shop.time_is(now)
    assert [decision for decision, _ in m3(shop)] == decided


def test_the_same_last_visit_is_asked_about_once(shop: Shop) -> None:
    away(shop, "2026-08-20")
    assert len(m3(shop)) == 1
    assert m3(shop) == []
    shop.time_is("2026-12-10 10:00")
    assert m3(shop) == []
    assert len(shop.ask(lambda crm: crm.surveys.of_owner(1))) == 1


def test_a_visit_of_another_car_of_theirs_counts(shop: Shop) -> None:
    owner = away(shop, "2026-08-20")

    def second_car(crm: Crm) -> None:
        car = crm.vehicles.add("粤B67890", last_service_on=date(2026, 11, 1))
        crm.vehicles.connect(owner, car.key)

    shop.do(second_car)
    assert m3(shop) == []


def test_without_consent_it_is_told_as_a_skip_and_nobody_is_invited(shop: Shop) -> None:
    away(shop, "2026-08-20", consent=False)
    assert m3(shop) == [("skip", "no consent to marketing")]
    assert shop.ask(lambda crm: crm.surveys.of_owner(1)) == []


def test_who_has_an_appointment_is_left_alone(shop: Shop) -> None:
    away(shop, "2026-08-20")
    li = shop.stranger("li")
    li.says("明天下午三点做保养")
    li.says("跳过")
    assert "已为您预约" in li.says("确认")
    assert m3(shop) == []


def test_somebody_elses_appointment_changes_nothing(shop: Shop) -> None:
    away(shop, "2026-08-20")
    zhang = shop.stranger("zhang")
    zhang.says("明天下午三点给粤B67890做保养")
    zhang.says("跳过")
    assert "已为您预约" in zhang.says("确认")
    assert m3(shop) == [("send", "")]


def test_a_relatives_appointment_for_the_same_car_counts(shop: Shop) -> None:
    away(shop, "2026-08-20")

    def relative(crm: Crm) -> None:
        wife = crm.owners.add("李太太", store_id=1)
        crm.vehicles.connect(wife.key, 1)
        crm.identities.give_to_owner("web", "wife", wife.key)

    shop.do(relative)
    wife = shop.stranger("wife")
    wife.says("明天下午三点做保养")
    wife.says("跳过")
    assert "已为您预约" in wife.says("确认")
    assert m3(shop) == []


def test_an_open_complaint_of_the_household_freezes_it(shop: Shop) -> None:
    away(shop, "2026-08-20")

    def wife_complains(crm: Crm) -> None:
        wife = crm.owners.add("李太太", store_id=1)
        crm.vehicles.connect(wife.key, 1)
        opened(crm, wife.key, "车门刮花了")

    shop.do(wife_complains)
    assert ("skip", "an open complaint of the household") in m3(shop)
    assert shop.ask(lambda crm: crm.surveys.of_owner(1)) == []


def test_it_is_marketing(shop: Shop) -> None:
    away(shop, "2026-08-20")
    m3(shop)
    ranks = shop.ask(lambda crm: [crm.outbox.get(step.outbox_id or 0).rank for step in crm.steps.of_owner(1)])
    assert ranks == [Rank.MARKETING]


@pytest.mark.parametrize(
    ("last_visit", "decided"),
    [
        ("2026-06-23", [("m3", "skip"), ("m5", "task")]),
        ("2026-05-24", [("m3", "skip"), ("m5", "task")]),
        ("2026-05-23", [("m3", "skip"), ("m5", "skip"), ("m6", "task")]),
        ("2026-05-09", [("m3", "skip"), ("m5", "skip"), ("m6", "task")]),
        ("2026-05-08", [("m3", "skip"), ("m5", "skip"), ("m6", "skip")]),
    ],
)
def test_the_advisor_writes_after_five_months_and_the_manager_calls_after_six(
    shop: Shop, last_visit: str, decided: list[tuple[str, str]]
) -> None:
    away(shop, last_visit)
    assert [(item.step, item.decision) for item in shop.tick() if item.journey == "win_back"] == decided
    assert len(shop.cards("win_back_call")) == ("task" in dict(decided).values())


def test_an_advisor_advertises_only_to_who_allowed_it(shop: Shop) -> None:
    away(shop, "2026-06-23", consent=False)
    assert ("m5", "no consent to marketing") in [(item.step, item.reason) for item in shop.tick()]
    assert shop.cards("win_back_call") == []
