"""What a rule says of one car and its owner, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from core.recommend_rules import (
    DEFAULT_RECOMMEND_RULES,
    RecommendFacts,
    RecommendRule,
    fits,
    full_years,
    visits_counted,
)

WASH = RecommendRule("r", "wash_package", ("", ""), min_visits=3, of=("洗车", "wash"), season="summer")
YEAR = RecommendRule("r", "tyres", ("", ""), min_visits=1, months=12)


@pytest.mark.parametrize(
    ("bought", "today", "years"),
    [
        ("2024-11-23", "2026-11-22", 1),
        ("2024-11-23", "2026-11-23", 2),
        ("2024-02-29", "2026-02-27", 1),
        ("2024-02-29", "2026-02-28", 2),
        ("2024-02-29", "2028-02-28", 3),
        ("2024-02-29", "2028-02-29", 4),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-24", "2026-11-23", -1),
    ],
)
def test_how_old_a_car_is(bought: str, today: str, years: int) -> None:
    assert full_years(date.fromisoformat(bought), date.fromisoformat(today)) == years


@pytest.mark.parametrize(
    ("rule", "visits", "counted"),
    [
        (WASH, [("2026-06-01", "精致洗车"), ("2026-07-01", "保养、洗车"), ("2026-08-31", "WASH")], 3),
        (WASH, [("2026-05-31", "洗车"), ("2026-09-01", "洗车"), ("2026-07-01", "保养")], 0),
        (WASH, [("2025-08-31", "洗车")], 0),
        (YEAR, [("2025-11-23", "保养"), ("2025-11-24", ""), ("2026-11-23", "轮胎")], 2),
    ],
)
def test_which_visits_a_rule_counts(rule: RecommendRule, visits: list[tuple[str, str]], counted: int) -> None:
    told = [(date.fromisoformat(day), items) for day, items in visits]
    assert visits_counted(rule, told, date(2026, 11, 23)) == counted


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (RecommendFacts(), []),
        (RecommendFacts(age_years=1, km=39_999, visits=2, remarks="怕胎噪"), []),
        (RecommendFacts(age_years=2), ["warranty"]),
        (RecommendFacts(km=40_000), ["tyres"]),
        (RecommendFacts(visits=3), ["wash_package"]),
        (RecommendFacts(remarks="在意车漆"), ["coating"]),
        (RecommendFacts(remarks="new PAINT"), ["coating"]),
        (RecommendFacts(5, 90_000, 9, "bev", "划痕"), ["warranty", "wash_package", "coating", "tyres"]),
    ],
)
def test_the_rules_that_ship(facts: RecommendFacts, names: list[str]) -> None:
    assert [rule.name for rule in DEFAULT_RECOMMEND_RULES if fits(rule, facts)] == names


def test_a_powertrain_that_is_not_known_does_not_hold() -> None:
    rule = RecommendRule("r", "battery", ("", ""), powertrain=("bev", "phev"))
    assert [fits(rule, RecommendFacts(powertrain=one)) for one in ("bev", "ice", "")] == [True, False, False]
