"""Whose car fits a recommendation rule: the statement says what the rule says, on random histories."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.recommend_rules import RecommendFacts, RecommendRule, fits, full_years, visits_counted
from storage.crm import Crm
from storage.looks import Look
from storage.recommend_audience import fits_now, fitting
from tests.chat import Shop
from tests.storage.histories import Book

MADE = datetime(2020, 1, 1, tzinfo=UTC)
ITEMS = ["洗车", "保养、洗车", "Wash", "轮胎", "保养 100%", "a_b", ""]
REMARKS = ["", "在意车漆", "likes Paint", "怕胎噪", "100% 满意", "a_b"]


def history(dice: random.Random, today: date) -> Book:
    """Owners and cars around every line of the rules."""
    book = Book()
    for number in range(1, 201):
        status = dice.choice(["active"] * 9 + ["merged"])
        book.owners.append(
            {"id": number, "name": "", "status": status, "created_at": MADE, "remarks": dice.choice(REMARKS)}
        )
        bought = dice.choice([None, *(day(dice, today, years) for years in (0, 1, 2, 3, 4))])
        book.cars.append(
            {"id": number, "purchased_on": bought, "mileage_km": dice.choice([None, 39_999, 40_000, 90_000])}
            | {"powertrain": dice.choice(["", "bev", "phev", "ice"]), "created_at": MADE}
        )
        for owner in dice.sample(range(max(1, number - 2), number + 1), dice.randint(1, min(2, number))):
            tie = {
                "owner_id": owner,
                "vehicle_id": number,
                "since": MADE,
                "until": dice.choice([None, None, None, MADE]),
            }
            book.ties.append(tie | {"role": dice.choice(["owner", "owner", "driver", "provisional"])})
        book.visits += [visit(dice, today, number) for _ in range(dice.randint(0, 5))]
    for place, row in enumerate(book.visits, 1):
        row["number"] = f"W{place}"
    return book


def day(dice: random.Random, today: date, years: int) -> date:
    year = today.year - years
    return dice.choice([date(year, 2, 28), date(year, 3, 1), date(year, today.month, min(today.day, 28))])


def visit(dice: random.Random, today: date, number: int) -> dict[str, Any]:
    owner, car = dice.choice([(number, number), (None, number), (number, None), (max(1, number - 1), number)])
    on = dice.choice([today - timedelta(days=dice.randint(0, 800)), day(dice, today, 1), day(dice, today, 2)])
    status = dice.choice(["completed"] * 4 + ["open", "cancelled"])
    return {
        "owner_id": owner,
        "vehicle_id": car,
        "visited_on": on,
        "status": status,
        "items": dice.choice(ITEMS),
        "created_at": MADE,
    }


def any_rule(dice: random.Random) -> RecommendRule:
    named = RecommendRule("r", "tyres", ("", ""), months=dice.choice([1, 12, 13, 24]))
    while not (named.min_age_years or named.min_km or named.min_visits or named.powertrain or named.remarks):
        named = replace(
            named,
            min_age_years=dice.choice([0, 0, 1, 2, 4]),
            min_km=dice.choice([0, 0, 40_000]),
            min_visits=(often := dice.choice([0, 0, 1, 2, 3])),
            of=dice.choice([(), ("洗车", "wash"), ("100%",), ("a_b",)]) if often else (),
            season=dice.choice(["", "", "spring", "winter"]),
            powertrain=dice.choice([(), (), ("bev", "phev")]),
            remarks=dice.choice([(), (), ("车漆", "paint"), ("100%",), ("A_B",)]),
        )
    return named


def expected(book: Book, rule: RecommendRule, today: date) -> dict[int, int]:
    """Per owner the first car that fits, worked out by the rule itself."""
    found: dict[int, int] = {}
    for car in book.cars:
        owner = told(book, car["id"])
        if owner and owner["status"] == "active" and fits(rule, facts(book, rule, car, owner, today)):
            found.setdefault(owner["id"], car["id"])
    return found


def told(book: Book, car: int) -> dict[str, Any] | None:
    """Its owner before its driver, the first of them."""
    now = [tie for tie in book.ties if tie["vehicle_id"] == car and tie["until"] is None]
    ranked = [tie for role in ("owner", "driver") for tie in now if tie["role"] == role]
    return book.owners[ranked[0]["owner_id"] - 1] if ranked else None


def facts(book: Book, rule: RecommendRule, car: dict[str, Any], owner: dict[str, Any], today: date) -> RecommendFacts:
    mine = [
        (one["visited_on"], one["items"])
        for one in book.visits
        if one["status"] == "completed"
        and (one["vehicle_id"] == car["id"] or (one["vehicle_id"] is None and one["owner_id"] == owner["id"]))
    ]
    age = full_years(car["purchased_on"], today) if car["purchased_on"] else None
    counted = visits_counted(rule, mine, today)
    return RecommendFacts(age, car["mileage_km"], counted, car["powertrain"], owner["remarks"])


def ruled(shop: Shop, *rules: RecommendRule) -> None:
    policy = shop.database.shop.policy
    gate = replace(policy.gate, cap_per_30_days=0)  # so that nobody has to wait for what goes before it
    shop.database.shop = replace(shop.database.shop, policy=replace(policy, recommend_rules=rules, gate=gate))


@pytest.mark.parametrize("today", ["2028-02-28", "2028-02-29", "2027-03-01"])
def test_the_statement_finds_whom_the_rule_fits(shop: Shop, today: str) -> None:
    dice, on = random.Random(today), date.fromisoformat(today)
    book, sizes = history(dice, on), list[int]()
    shop.do(book.write)
    for _ in range(40):
        rule = any_rule(dice)
        ruled(shop, rule)
        rows = shop.ask(lambda crm: fitting(crm, Look("recommendation", "offer", None, on)).rows)
        wanted = expected(book, rule, on)
        assert {row.owner_id: row.vehicle_id for row in rows} == wanted, rule
        sizes.append(len(wanted))
    assert sum(size > 0 for size in sizes) > 20


def test_of_several_rules_the_first_in_the_policys_order_counts(shop: Shop) -> None:
    km = RecommendRule("km", "tyres", ("", ""), min_km=1)
    age = RecommendRule("age", "warranty", ("", ""), min_age_years=2)
    shop.owner("李明", plate="粤B12345")

    def record(crm: Crm) -> None:
        car = crm.vehicles.get(1)
        car.mileage_km, car.purchased_on = 50_000, date(2020, 1, 1)
        crm.session.flush()

    shop.do(record)
    for rules, first in (((km, age), "km"), ((age, km), "age")):
        ruled(shop, *rules)
        look = Look("recommendation", "offer", None, date(2026, 11, 23))
        assert [row.rule for row in shop.ask(lambda crm, at=look: fitting(crm, at).rows)] == [first]  # type: ignore[misc]
        assert [row.rule for row in shop.ask(lambda crm: fits_now(crm, 1))] == [rule.name for rule in rules]


def test_a_day_that_concerns_nobody_asks_nobody(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    shop.do(lambda crm: setattr(crm.vehicles.get(1), "purchased_on", date(2024, 11, 24)))

    def found(after: str, until: str) -> list[Any]:
        look = Look("recommendation", "offer", date.fromisoformat(after), date.fromisoformat(until))
        return [row.owner_id for row in shop.ask(lambda crm: fitting(crm, look).rows)]

    assert [
        found("2026-11-22", "2026-11-23"),
        found("2026-11-23", "2026-11-24"),
        found("2026-11-24", "2026-11-25"),
    ] == [
        [],
        [1],
        [],
    ]
