"""Whom the shop's own journeys are for, on either engine: each condition by itself, each anchor, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.journeys import Journey, Kind, Step
from core.own_journeys import Audience, OwnJourney, Told
from storage.crm import Crm
from storage.looks import Look
from storage.own_audience import own_audience
from tests.chat import Shop

TODAY = date(2026, 11, 23)
LI, ZHANG, WANG = 1, 2, 3
ANYBODY = Audience()


@pytest.fixture(autouse=True)
def people(shop: Shop) -> None:
    """Li drives a BEV and a PHEV and comes often; Zhang drives an old car of fuel; Wang has no car on record."""

    def record(crm: Crm) -> None:
        for name, grade, stage, born in (
            ("李明", "gold", "mature", "1992-02-29"),
            ("张伟", "normal", "at_risk", "1980-11-23"),
            ("王芳", "normal", "new", "1990-12-31"),
        ):
            crm.owners.add(name, store_id=1, grade=grade, stage=stage, birthday=date.fromisoformat(born))
        for owner, plate, model, power, due in (
            (LI, "粤B10001", "比亚迪 汉 EV", "bev", TODAY),
            (LI, "粤B10002", "唐 DM-i_50%", "phev", TODAY + timedelta(1)),
            (ZHANG, "粤B20001", "卡罗拉", "ice", TODAY),
        ):
            car = crm.vehicles.add(plate, model=model, powertrain=power, due_on=due, purchased_on=due)
            crm.vehicles.connect(owner, car.key)
        crm.vehicles.connect(WANG, 1, "driver")
        for number, (owner, car_id, days) in enumerate([(LI, 1, 40), (LI, 2, 30), (ZHANG, 3, 30)]):
            day = TODAY - timedelta(days)
            crm.visits.add(f"W{number}", owner_id=owner, vehicle_id=car_id, visited_on=day, amount_fen=50_000)
        crm.tags.add(LI, "高价值", "staff:1")

    shop.do(record)
    shop.do(lambda crm: crm.figures.look_at(crm.touched.take()))
    for owner, grade, stage in ((LI, "gold", "mature"), (ZHANG, "normal", "at_risk")):
        shop.do(lambda crm, o=owner, g=grade, s=stage: graded(crm, o, g, s))  # type: ignore[misc]


def graded(crm: Crm, owner_id: int, grade: str, stage: str) -> None:
    owner = crm.owners.get(owner_id)
    owner.grade, owner.stage = grade, stage
    crm.session.flush()


def journey(anchor: str | date, audience: Audience = ANYBODY, **facts: Any) -> OwnJourney:
    plan = Journey("ours", (Step("d", Kind.MARKETING),))
    return OwnJourney(plan, anchor, {"d": Told(("您好", "Hello"))}, audience, **facts)


def meant(shop: Shop, own: OwnJourney, until: date = TODAY, **look: Any) -> list[tuple[int, str | None]]:
    """(owner, plate) of a look at the days up to `until`."""
    facts = {"after": None, "outdated": until - timedelta(1)} | look
    rows = shop.ask(lambda crm: own_audience(own, crm, Look("ours", "d", until=until, **facts)).rows)
    return [(row.owner_id, row.plate) for row in rows]


@pytest.mark.parametrize(
    ("audience", "owners"),
    [
        (ANYBODY, [LI, ZHANG, WANG]),
        (Audience(grades=("gold", "diamond")), [LI]),
        (Audience(stages=("at_risk",)), [ZHANG]),
        (Audience(tags=("高价值", "怕胎噪")), [LI]),
        (Audience(stores=("s1",)), [LI, ZHANG, WANG]),
        (Audience(stores=("s2",)), []),
        (Audience(powertrain=("phev",)), [LI]),
        (Audience(powertrain=("bev",)), [LI, WANG]),
        (Audience(models=("汉 ev",)), [LI, WANG]),
        (Audience(models=("_50%",)), [LI]),
        (Audience(models=("%",), powertrain=("bev",)), []),
        (Audience(min_visits=2), [LI]),
        (Audience(min_visits=1), [LI, ZHANG]),
        (Audience(min_spend_fen=100_000), [LI]),
        (Audience(min_spend_fen=100_001), []),
        (Audience(grades=("gold",), powertrain=("ice",)), []),
    ],
)
def test_everything_that_is_named_must_hold(shop: Shop, audience: Audience, owners: list[int]) -> None:
    assert [owner for owner, _ in meant(shop, journey(TODAY, audience))] == owners


def test_a_fixed_day_names_a_car_that_fits_or_the_first_of_their_own(shop: Shop) -> None:
    assert meant(shop, journey(TODAY)) == [(LI, "粤B10001"), (ZHANG, "粤B20001"), (WANG, "粤B10001")]
    assert meant(shop, journey(TODAY, Audience(powertrain=("phev",)))) == [(LI, "粤B10002")]
    assert meant(shop, journey(TODAY + timedelta(1))) == []
    assert meant(shop, journey(TODAY), after=TODAY) == []


def test_the_last_visit_names_the_car_that_was_here(shop: Shop) -> None:
    day = TODAY - timedelta(30)
    assert meant(shop, journey("last_visit"), day) == [(LI, "粤B10002"), (ZHANG, "粤B20001")]
    assert meant(shop, journey("last_visit", Audience(powertrain=("bev",))), day) == [(LI, "粤B10001")]
    assert meant(shop, journey("last_visit"), day - timedelta(10)) == [(WANG, "粤B10001")]  # whose car it is as well
    assert meant(shop, journey("last_visit"), day - timedelta(11)) == []


@pytest.mark.parametrize("anchor", ["due", "purchased_on"])
def test_a_cars_own_day_is_told_to_its_owner_and_never_to_a_driver_instead(shop: Shop, anchor: str) -> None:
    assert meant(shop, journey(anchor)) == [(LI, "粤B10001"), (ZHANG, "粤B20001")]
    assert meant(shop, journey(anchor, Audience(grades=("normal",)))) == [(ZHANG, "粤B20001")]
    assert meant(shop, journey(anchor, Audience(grades=("normal",))), owners=[WANG]) == []
    assert meant(shop, journey(anchor), owners=[WANG]) == [(LI, "粤B10001")]


@pytest.mark.parametrize(
    ("first", "last", "owners"),
    [
        ("2026-11-23", "2026-11-23", [ZHANG]),
        ("2026-11-24", "2026-12-30", []),
        ("2027-02-28", "2027-02-28", [LI]),
        ("2028-02-28", "2028-02-28", []),
        ("2028-02-29", "2028-02-29", [LI]),
        ("2026-12-20", "2027-03-01", [WANG, LI]),
    ],
)
@pytest.mark.parametrize("asked", [None, [LI, ZHANG, WANG]])
def test_birthdays_come_round_every_year(
    shop: Shop, first: str, last: str, owners: list[int], asked: list[int] | None
) -> None:
    before = date.fromisoformat(first) - timedelta(1)
    found = meant(shop, journey("birthday"), date.fromisoformat(last), outdated=before, owners=asked)
    assert [owner for owner, _ in found] == owners


def test_with_the_goal_booking_who_is_expected_is_left_alone(shop: Shop) -> None:
    def book(crm: Crm) -> None:
        store, work = crm.stores.get(1), crm.services.by_code("maintenance")
        assert work is not None
        start = crm.appointments.free_starts(store, work, TODAY + timedelta(5))[0]
        held = crm.appointments.hold(LI, store, work, start, channel="web", conversation_id=None)
        crm.appointments.confirm(held, vehicle_id=1, plate="", advisor_id=None)

    shop.do(book)
    booking = {anchor: journey(anchor, goal="booking") for anchor in (TODAY, "due")}
    assert meant(shop, booking[TODAY]) == [(ZHANG, "粤B20001")]  # Wang drives the car that is expected
    assert meant(shop, booking["due"]) == [(ZHANG, "粤B20001")]
    assert len(meant(shop, journey(TODAY, goal="visit"))) == 3


def test_who_is_decided_merged_or_has_parted_from_the_car_is_not_there(shop: Shop) -> None:
    shop.do(lambda crm: crm.steps.claim("ours", "d", f"owner {LI} / {TODAY}", LI))
    shop.do(lambda crm: crm.vehicles.part(ZHANG, 3))
    shop.do(lambda crm: setattr(crm.owners.get(WANG), "status", "merged"))
    assert meant(shop, journey(TODAY)) == [(ZHANG, None)]
    assert meant(shop, journey(TODAY, Audience(powertrain=("ice",)))) == []


def test_another_audience_or_anchor_is_another_rule() -> None:
    plain = journey("due")
    others = (journey("birthday"), journey("due", Audience(tags=("高价值",))), replace(plain, goal="booking"))
    rules = {one.planned.steps[0].rule for one in (plain, *others)}
    assert len(rules) == 4
    assert journey("due").planned == plain.planned
    far = Step("d", Kind.MARKETING, days=-3650, months=-120)
    assert len(replace(plain, journey=Journey("ours", (far,))).planned.steps[0].rule) <= 16
