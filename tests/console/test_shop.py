"""The invented shop is believable, and the same seed gives the same shop."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date
from pathlib import Path

import journeys
from console.shop import InventedShop, fill, invent
from core.clock import StoppedClock
from core.due import Reading, due_day
from core.policy import NEV
from core.shop import Shop
from core.understanding.plates import plate_kind
from core.understanding.vins import vin_is_plausible
from storage.churn_alerts import ChurnAlert
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import migrate

MONDAY = date(2026, 11, 23)
TEN = "2026-11-23T10:00:00+08:00"


def small() -> InventedShop:
    return invent(400, 7, MONDAY)


def opened(directory: Path, owners: int = 400) -> Database:
    """That shop in a store of its own, on Monday at ten."""
    from datetime import datetime

    clock = StoppedClock(datetime.fromisoformat(TEN))
    database = Database(f"sqlite:///{directory / 'shop.db'}", Keys.new(), clock, Shop(staff_page=True))
    migrate(database)
    database.transact(lambda crm: fill(crm, invent(owners, 7, MONDAY)))
    return database


def test_two_thousand_owners_of_three_stores_came_for_three_years() -> None:
    shop = invent(2000, 1, MONDAY)
    visits = [visit for owner in shop.owners for visit in owner.visits]
    assert len(shop.owners) == 2000
    assert {owner.store for owner in shop.owners} == {store.code for store in shop.stores}
    assert len(shop.staff) == 12
    assert 8_000 < len(visits) < 14_000
    assert date(2023, 11, 20) <= min(v.day for v in visits) < date(2024, 1, 1)
    assert max(v.day for v in visits) == date(2026, 11, 22)
    assert len({owner.phone for owner in shop.owners}) == 2000


def test_every_plate_is_legal_and_says_what_drives_the_car() -> None:
    cars = [tie.car for owner in small().owners for tie in owner.cars]
    assert len({car.plate for car in cars}) == len(cars)
    for car in cars:
        assert plate_kind(car.plate) == ("ice" if car.model.powertrain == "ice" else "nev"), car
        assert not car.vin or vin_is_plausible(car.vin), car


def test_the_odometer_only_rises_and_nobody_comes_before_buying() -> None:
    for owner in small().owners:
        for tie in owner.cars:
            readings = [visit.mileage_km for visit in tie.visits]
            assert readings == sorted(readings)
            assert all(visit.day >= tie.car.purchased_on for visit in tie.visits)


def test_the_same_seed_gives_the_same_shop_and_another_one_another() -> None:
    assert small() == small()
    assert invent(400, 8, MONDAY).owners[50:] != small().owners[50:]


def test_li_ming_is_known_in_nanshan_and_due_soon(tmp_path: Path) -> None:
    database = opened(tmp_path)
    car = database.read(lambda crm: crm.vehicles.with_plate("粤B12345"))
    assert car is not None
    assert car.due_on == date(2026, 12, 2)
    owner = database.read(lambda crm: crm.owners.of_vehicle(car.key)[0])
    assert owner.name == "李明"
    assert len(database.read(lambda crm: crm.visits.of_owner(owner.key))) == 5
    database.close()


def test_due_days_are_those_of_the_rule(tmp_path: Path) -> None:
    database, shop = opened(tmp_path), small()
    for owner in shop.owners[:80]:
        tie = owner.cars[0]
        services = [visit.day for visit in tie.visits if visit.maintenance]
        readings = [Reading(visit.day, visit.mileage_km) for visit in tie.visits]
        car = database.read(lambda crm, plate=tie.car.plate: crm.vehicles.with_plate(plate))  # type: ignore[misc]
        assert car.due_on == (due_day(services[-1], readings, NEV.maintenance) if services else None)
    database.close()


def test_the_first_morning_brings_a_few_cards_and_not_the_backlog_of_years(tmp_path: Path) -> None:
    database = opened(tmp_path, owners=2000)
    items = database.transact(journeys.tick)
    cards = [item for item in items if item.decision == "task"]
    assert 2 <= len(cards) <= 20
    assert {"孙晓彤", "赵建国"} <= {database.read(lambda crm, i=i: crm.owners.get(i.owner)).name for i in cards}  # type: ignore[misc]
    raised = database.read(lambda crm: [crm.churn_alerts.of_owner(number) for number in range(1, 2001)])
    levels = Counter(alert.level for alerts in raised for alert in alerts)
    assert levels["watch"] > 300
    assert levels["risk"] > 80
    assert all(isinstance(alert, ChurnAlert) for alerts in raised for alert in alerts)
    database.close()


def test_the_book_has_appointments_and_none_of_them_overlap(tmp_path: Path) -> None:
    database = opened(tmp_path)
    rows = database.read(lambda crm: [a for n in range(1, 401) for a in crm.appointments.coming(n)])
    assert len(rows) >= 20
    assert max(row.key for row in rows) == 1040
    spans = sorted((row.bay_id, row.starts_at, row.ends_at) for row in rows)
    assert all(one[0] != after[0] or one[2] <= after[1] for one, after in itertools.pairwise(spans))
    database.close()
