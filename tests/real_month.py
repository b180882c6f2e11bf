"""A shop that lives through real days, so that a rehearsal of them can be held against what was decided then."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

import journeys
from bot.rehearsal import prepare
from intake.due import reckon
from journeys import TickItem
from storage.columns import METADATA
from storage.consents import MARKETING
from storage.crm import Crm
from storage.db import Database
from tests.chat import Shop
from tests.year import book
from tests.year_calculation import days

BEGAN, FIRST, LAST, ENDED = date(2026, 11, 25), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 4)
MORNING = ("08:00", "08:30", "09:00")
AFTERNOON = "14:00"
EVENING = ("15:00", "16:00", "17:30")  # a reminder, a complaint that waits, a car that did not come
Decision = tuple[date, str, str, str, int, str, str]  # day, journey, step, occurrence, owner, decision, reason


@dataclass
class RealMonth:
    """Owners with a car each. `decided`: on the days from FIRST to LAST."""

    shop: Shop
    chance: random.Random = field(default_factory=lambda: random.Random(3))
    done: date | None = None
    orders: int = 0
    owners: int = 0
    decided: list[Decision] = field(default_factory=list)

    def passes(self, owners: int = 60) -> RealMonth:
        """Everything that happened: the worker looks when something can be due, and after what happens at two."""
        for _ in range(owners):
            self.newcomer(BEGAN - timedelta(self.chance.randrange(1, 420)))
        for today in days(BEGAN, ENDED):
            for at in MORNING:
                self.look(today, at)
            self.shop.time_is(f"{today} {AFTERNOON}")
            for _ in range(self.chance.randrange(4)):
                self.happens(today)
            for at in (AFTERNOON, *EVENING):
                self.look(today, at)
        return self

    def look(self, today: date, at: str) -> None:
        self.shop.time_is(f"{today} {at}")
        items, self.done = journeys.look(self.shop.do, self.done)
        if FIRST <= today <= LAST:
            self.decided += [named(today, item) for item in items]

    def happens(self, today: date) -> None:
        owner = self.chance.randrange(1, self.owners + 1)
        act = self.chance.choice(
            (self.visits, self.books, self.cancels, self.answers, self.complains, self.newcomer_at)
        )
        act(owner, today)

    def newcomer_at(self, _owner: int, today: date) -> None:
        self.newcomer(today)

    def newcomer(self, since: date) -> None:
        """Somebody with a car, and an account on the web."""
        number, chance = self.owners + 1, self.chance
        born = date(1980, 1, 1) + timedelta(chance.randrange(9000))
        bought = since if chance.random() < 0.6 else None

        def write(crm: Crm) -> None:
            crm.owners.add(f"车主{number}", store_id=1, birthday=born)
            crm.vehicles.connect(number, crm.vehicles.add(f"粤B{number:05d}", purchased_on=bought).key)
            crm.identities.give_to_owner("web", f"account-{number}", number)
            crm.consents.write(number, MARKETING, "web", chance.random() < 0.7)

        self.shop.do(write)
        self.owners = number
        if since < BEGAN:
            self.visits(number, since)

    def visits(self, owner: int, today: date) -> None:
        """For maintenance two times of three: the next one is due a year later."""
        self.orders += 1
        facts: dict[str, Any] = {
            "visited_on": today,
            "maintenance": self.chance.random() < 0.67,
            "mileage_km": 40 * (today - date(2025, 1, 1)).days + owner,
            "amount_fen": 10_000 + owner,
        }

        def write(crm: Crm) -> None:
            crm.visits.add(f"W{self.orders}", owner_id=owner, vehicle_id=owner, **facts)
            car = crm.vehicles.get(owner)
            car.mileage_km = facts["mileage_km"]
            car.last_service_on = today if facts["maintenance"] else car.last_service_on
            crm.session.flush()
            reckon(crm, [car])

        self.shop.do(write)

    def books(self, owner: int, today: date) -> None:
        day = today + timedelta(self.chance.randrange(1, 15))
        self.shop.do(lambda crm: book(crm, owner, owner, day))

    def cancels(self, owner: int, today: date) -> None:
        def cancel(crm: Crm) -> None:
            crm.actor = f"owner:{owner}"
            for one in crm.appointments.coming(owner):
                crm.appointments.cancel(one)

        self.shop.do(cancel)

    def answers(self, owner: int, today: date) -> None:
        given = self.chance.random() < 0.5
        self.shop.do(lambda crm: crm.consents.write(owner, MARKETING, "web", given))

    def complains(self, owner: int, today: date) -> None:
        self.shop.do(lambda crm: crm.tickets.unsettled(owner) or crm.tickets.open(owner, 1))


def named(day: date, item: TickItem) -> Decision:
    return day, item.journey, item.step, item.occurrence, item.owner, item.decision, item.reason


def rehearsed(store: Database, folder: Path, first: date = FIRST, last: date = LAST) -> Iterator[Decision]:
    """What a rehearsal of these days decides."""
    rehearsal = prepare(store, {}, folder, first, last)
    try:
        for day, items in rehearsal.days():
            yield from (named(day, item) for item in items)
    finally:
        rehearsal.copy.close()


def contents(store: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store.engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)))) for t in METADATA.sorted_tables}
