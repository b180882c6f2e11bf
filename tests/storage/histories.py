"""Invented owners with cars and visits, and what `core` makes of them in plain Python."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from core.due import months_after
from core.grades import WINDOW, GradeFacts, grade, next_change
from core.policy import Policy
from core.stages import StageFacts, new_until, stage
from storage.columns import METADATA
from storage.crm import Crm

LINES = [
    0,
    1,
    2,
    58,
    59,
    60,
    89,
    90,
    91,
    119,
    120,
    179,
    180,
    181,
    269,
    270,
    359,
    360,
    361,
    364,
    365,
    366,
    539,
    540,
    541,
]
AMOUNTS = [0, 100, 399_999, 400_000, 800_000, 1_500_000]


@dataclass
class Book:
    """Rows as they go into the tables."""

    owners: list[dict[str, Any]] = field(default_factory=list)
    cars: list[dict[str, Any]] = field(default_factory=list)
    ties: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)

    def write(self, crm: Crm) -> None:
        for name in ("owner", "vehicle", "owner_vehicle", "visit"):
            rows = {"owner": self.owners, "vehicle": self.cars, "owner_vehicle": self.ties, "visit": self.visits}[name]
            if rows:
                crm.connection.execute(insert(METADATA.tables[name]), rows)


def invented(seed: int, today: date, many: int) -> Book:
    """Owners whose visits lie around every line of the rules."""
    dice, book = random.Random(seed), Book()
    for number in range(1, many + 1):
        made = datetime.combine(today - timedelta(days=dice.choice([0, 30, 88, 89, 90, 91, 700])), datetime.min.time())
        made = made.replace(hour=dice.choice([0, 15, 16, 17, 23]), tzinfo=UTC)
        book.owners.append(
            {"id": number, "name": "车主", "status": dice.choice(["active"] * 9 + ["merged"]), "created_at": made}
        )
        serviced = _near(dice, today) if dice.random() < 0.3 else None
        book.cars.append({"id": number, "last_service_on": serviced, "created_at": made})
        until = made if dice.random() < 0.2 else None
        book.ties.append({"owner_id": number, "vehicle_id": dice.randint(1, number), "since": made, "until": until})
        for _ in range(dice.choice([0, 1, 1, 2, 3, 4, 5])):
            visit(book, dice, dice.randint(max(1, number - 1), number), _near(dice, today))
    return book


def visit(book: Book, dice: random.Random, owner: int, day: date) -> dict[str, Any]:
    number = len(book.visits) + 1
    row = {
        "id": number,
        "number": f"W{number}",
        "owner_id": dice.choice([owner, owner, owner, None]),
        "vehicle_id": dice.choice([owner, None]),
        "visited_on": day,
        "status": dice.choice(["completed"] * 4 + ["open"]),
        "amount_fen": dice.choice(AMOUNTS),
        "rating": dice.choice([None, 3, 5]),
        "created_at": datetime(2020, 1, 1, tzinfo=UTC),
    }
    book.visits.append(row)
    return row


def _near(dice: random.Random, today: date) -> date:
    if dice.random() < 0.2:
        return months_after(today, -WINDOW) + timedelta(days=dice.randint(-3, 3))
    return today - timedelta(days=dice.choice(LINES) if dice.random() < 0.7 else dice.randint(0, 700))


def expected(
    book: Book, policy: Policy, today: date, zone: Any, levels: dict[int, str] | None = None
) -> dict[int, dict[str, Any]]:
    """Per active owner what the rules say, without a statement. `levels`: the churn levels, none without."""
    own, of_car, cars = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in book.visits:
        if row["status"] == "completed":
            own[row["owner_id"]].append(row)
            of_car[row["vehicle_id"]].append(row["visited_on"])
    for tie in book.ties:
        if tie["until"] is None:
            cars[tie["owner_id"]].append(book.cars[tie["vehicle_id"] - 1])
    return {
        owner["id"]: _one(
            owner | {"level": (levels or {}).get(owner["id"], "none")},
            own[owner["id"]],
            cars[owner["id"]],
            of_car,
            policy,
            today,
            zone,
        )
        for owner in book.owners
        if owner["status"] == "active"
    }


def _one(
    owner: dict[str, Any], own: list[dict[str, Any]], cars: list[dict[str, Any]], of_car: dict[Any, list[date]],
    policy: Policy, today: date, zone: Any,
) -> dict[str, Any]:  # fmt: skip
    counted = [row for row in own if months_after(row["visited_on"], WINDOW) > today]
    seen = [row["visited_on"] for row in own]
    seen += [day for car in cars for day in (*of_car[car["id"]], car["last_service_on"]) if day]
    last = max(seen, default=None)
    first = min((row["visited_on"] for row in own), default=last)
    newest = max(own, key=lambda row: (row["visited_on"], row["id"]), default=None)
    facts = GradeFacts(
        last, len(counted), sum(row["amount_fen"] for row in counted),
        min((row["visited_on"] for row in counted), default=None),
    )  # fmt: skip
    name, _ = grade(facts, today, policy.grades)
    since = first or owner["created_at"].astimezone(zone).date()
    where, _ = stage(StageFacts(since, len(own), name, owner["level"]), today, policy.stages)
    old = new_until(since, policy.stages)
    change = next_change(facts, today, policy.grades)
    return {
        "last_visit_on": last, "first_visit_on": first, "visits_12m": facts.visits_12m,
        "spend_12m_fen": facts.spend_12m_fen, "visits_total": len(own),
        "spend_total_fen": sum(row["amount_fen"] for row in own), "last_rating": newest["rating"] if newest else None,
        "grade": name, "stage": where,
        "next_change_on": min((d for d in (change, old if old > today else None) if d), default=None),
    }  # fmt: skip
