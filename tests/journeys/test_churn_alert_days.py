"""Looking only at whom something has changed about raises what looking at everybody would, day by day."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from core.churn import CARDS, Level, churn_alert, occurrence
from journeys import churn_alert as journey
from journeys import figures
from journeys.parts import here, in_parts
from storage.appointments import APPOINTMENTS
from storage.columns import METADATA
from storage.crm import Crm
from storage.vehicles import VEHICLES
from storage.visits import VISITS
from tests.chat import Shop

MANY, START = 60, date(2026, 11, 23)
CARDS_PER_DAY = 3
NAMES = "SELECT occurrence FROM churn_alert"
KEPT = "SELECT id, churn_level FROM owner WHERE status = 'active'"


def invent(crm: Crm, dice: random.Random) -> None:
    """Owners of two stores, some of whom share a car."""
    crm.stores.add("s2", "福田店", bays={"general": 2})
    for number in range(1, MANY + 1):
        crm.owners.add("车主", store_id=dice.choice([1, 2, None]), status=dice.choice(["active"] * 5 + ["provisional"]))
        crm.vehicles.add(None, due_on=near(dice, START), last_service_on=near(dice, START - timedelta(days=90)))
        crm.vehicles.connect(number, dice.randint(max(1, number - 2), number))
        came(crm, dice, number, near(dice, START - timedelta(days=92)))


def near(dice: random.Random, day: date) -> date | None:
    return day + timedelta(days=dice.randint(-12, 25)) if dice.random() < 0.8 else None


def came(crm: Crm, dice: random.Random, owner: int, day: date | None) -> None:
    number = crm.connection.exec_driver_sql("SELECT count(*) FROM visit").scalar()
    car, rating = dice.choice([owner, None]), dice.choice([None, None, 3, 5])
    crm.visits.add(f"W{number}", owner_id=owner, vehicle_id=car, visited_on=day or START, rating=rating)


def something_happens(crm: Crm, dice: random.Random, today: date) -> None:
    """Visits, ratings, moved due days, bookings and cancellations."""
    owner = dice.randint(1, MANY)
    what = dice.randrange(5)
    if what == 0:
        came(crm, dice, owner, today - timedelta(days=dice.randint(0, 3)))
    elif what == 1:
        crm.connection.execute(update(VISITS).where(VISITS.c.owner_id == owner).values(rating=dice.choice([2, 5])))
    elif what == 2:
        crm.connection.execute(update(VEHICLES).where(VEHICLES.c.id == owner).values(due_on=near(dice, today)))
    elif what == 3:
        starts = crm.now + timedelta(hours=dice.randint(-5, 100))
        facts: dict[str, Any] = {
            "owner_id": owner,
            "vehicle_id": owner,
            "store_id": 1,
            "service_id": 1,
            "bay_id": 1,
            "price_fen": 0,
        }
        facts |= {"starts_at": starts, "ends_at": starts, "status": "booked", "created_at": crm.now, "plate": ""}
        crm.connection.execute(insert(METADATA.tables["appointment"]), facts | {"channel": ""})
    else:
        mine = update(APPOINTMENTS).where(APPOINTMENTS.c.vehicle_id == owner)
        crm.connection.execute(mine.values(status=dice.choice(["cancelled", "no_show", "done"])))


def by_everybody(crm: Crm, raised: set[str], today: date) -> tuple[dict[int, str], set[str]]:
    """What one look at all owners gives: their levels, and what is raised, as far as there is room for cards."""
    levels, had, new = {}, Counter[int | None](), set()
    for row, facts in crm.churn_alerts.audience(today):
        alert = churn_alert(facts, today, crm.shop.policy.churn)
        name, levels[row.owner_id] = occurrence(row.owner_id, facts, alert), str(alert.level)
        if name in raised or (alert.level in CARDS and had[row.store_id] >= CARDS_PER_DAY):
            continue
        had[row.store_id] += alert.level in CARDS
        new.add(name)
    return levels, new


def kept(crm: Crm) -> tuple[dict[int, str], set[str]]:
    levels = {row[0]: row[1] for row in crm.connection.exec_driver_sql(KEPT)}
    return levels, {row[0] for row in crm.connection.exec_driver_sql(NAMES)}


@pytest.mark.parametrize("seed", [1, 2])
def test_day_by_day_it_is_the_same(shop: Shop, seed: int) -> None:
    dice = random.Random(seed)
    policy = shop.database.shop.policy
    few = replace(policy, churn=replace(policy.churn, cards_per_day=CARDS_PER_DAY))
    shop.database.shop = replace(shop.database.shop, policy=few)
    shop.do(lambda crm: invent(crm, dice))
    raised: set[str] = set()
    for number in range(30):
        today = START + timedelta(days=number)
        shop.clock.advance_to(datetime.fromisoformat(f"{today}T{dice.randint(9, 20):02d}:30:00+08:00"))
        for _ in range(dice.randint(0, 4)):
            shop.do(lambda crm, day=today: something_happens(crm, dice, day))  # type: ignore[misc]
        shop.do(figures.follow)
        levels, new = shop.ask(lambda crm, day=today, names=raised: by_everybody(crm, names, day))  # type: ignore[misc]
        shop.do(lambda crm: in_parts([journey.run], here(crm)))
        found, names = shop.ask(kept)
        assert {o: level for o, level in found.items() if level != Level.NONE} == levels, today
        assert names - raised == new, today
        raised = names
    assert len(raised) > MANY // 2


def test_a_day_on_which_nobodys_day_has_come_asks_for_nobodys_facts(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-11-20", due="2027-11-20")
    shop.tick()
    shop.time_is("2027-02-19 10:00")
    looks = [
        shop.ask(lambda crm, day=day: crm.churn_alerts.looks.due(day))  # type: ignore[misc]
        for day in (date(2027, 2, 19), date(2027, 2, 20))
    ]
    assert looks == [[], [1]]
