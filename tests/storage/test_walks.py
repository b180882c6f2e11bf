"""Audiences in parts: one that goes on behind the part before finds whom one look finds, each of them once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from core.journeys import Journey, Kind, Step
from core.own_journeys import OwnJourney, Told
from storage.audiences import Audience, away, due_cars, new_cars
from storage.calendar_audiences import anniversaries, birthdays, festivals, inspections
from storage.crm import Crm
from storage.looks import Look, Part
from storage.own_audience import own_audience
from storage.recommend_audience import fitting
from tests.chat import Shop

OWNERS, MOST = 90, 7
TODAY = date(2026, 11, 23)
WEEK = Look("j", "s", TODAY - timedelta(20), TODAY)
FESTIVE = Look("j", "s", date(2026, 9, 1), date(2026, 12, 31))  # days before several festivals


def own(anchor: str | date) -> Audience:
    plan = Journey("j", (Step("s", Kind.MARKETING),))
    return partial(own_audience, OwnJourney(plan, anchor, {"s": Told(("您好", "Hello"))}))


AUDIENCES = {
    "due_cars": (due_cars, WEEK, 30),
    "new_cars": (new_cars, WEEK, 25),
    "away": (away, WEEK, 40),
    "away since ever": (away, replace(WEEK, after=None), 70),
    "birthdays": (birthdays, WEEK, 60),
    "anniversaries": (anniversaries, WEEK, 20),
    "inspections": (inspections, replace(WEEK, until=date(2026, 12, 31)), 20),
    "festivals": (festivals, FESTIVE, 2 * OWNERS),
    "own by the due day": (own("due"), WEEK, 60),
    "own by the last visit": (own("last_visit"), WEEK, 40),
    "own by birthday": (own("birthday"), WEEK, 60),
    "own by birthday over New Year": (own("birthday"), replace(WEEK, until=date(2027, 11, 1)), 60),
    "own on a day": (own(TODAY), WEEK, OWNERS),
    "recommendations to everybody": (fitting, replace(WEEK, after=None), 20),
    "recommendations of these days": (fitting, WEEK, 5),
}


@pytest.fixture(autouse=True)
def people(shop: Shop) -> None:
    """Each has a car that is due, was bought and was here on one of 28 days; every ninth has two, or shares one."""

    def record(crm: Crm) -> None:
        for number in range(OWNERS):
            day = TODAY - timedelta(number % 28)
            owner = crm.owners.add(f"车主{number}", store_id=1, birthday=day.replace(year=1980 + number % 30)).key
            bought = day.replace(year=2026 - 2 * (number % 3))
            car = crm.vehicles.add(f"粤B{number:05d}", due_on=day, purchased_on=bought).key
            crm.vehicles.connect(owner, car)
            crm.visits.add(f"W{number}", owner_id=owner, vehicle_id=car if number % 2 else None, visited_on=day)
            if number % 9 == 0:
                crm.vehicles.connect(owner, crm.vehicles.add(f"粤C{number:05d}", due_on=day, purchased_on=bought).key)
                crm.vehicles.connect(owner, max(1, car - 3), "driver")

    shop.do(record)
    shop.do(lambda crm: crm.figures.look_at(crm.touched.take()))


def test_parts_find_whom_one_look_finds(shop: Shop) -> None:
    for name, (audience, look, least) in AUDIENCES.items():
        whole = seen(shop, audience, look)
        assert len(whole.rows) >= least, name
        assert sorted(row for one in parts(shop, audience, look) for row in one.rows) == sorted(whole.rows), name


def test_owners_who_are_named_are_looked_at_in_one_part(shop: Shop) -> None:
    for name, (audience, look, least) in AUDIENCES.items():
        named = replace(look, owners=list(range(1, OWNERS + 1)), most=MOST)
        whole, asked = (seen(shop, audience, one) for one in (look, named))
        assert len(asked.rows) >= least, name
        assert asked.place is None
        assert {row.occurrence for row in asked.rows} >= {row.occurrence for row in whole.rows}, name


def seen(shop: Shop, audience: Audience, look: Look) -> Part:
    return shop.ask(lambda crm: audience(crm, look))


def parts(shop: Shop, audience: Audience, look: Look) -> Iterator[Part]:
    """One after the other, nobody of whom is decided in between."""
    behind: Any = None
    while True:
        look = replace(look, most=MOST, behind=behind)
        part = seen(shop, audience, look)
        yield part
        if part.place is None:
            return
        assert part.place != behind
        behind = part.place
