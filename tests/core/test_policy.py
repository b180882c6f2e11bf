"""The presets of the shop's rules."""

from dataclasses import FrozenInstanceError
from datetime import time, timedelta

import pytest

from core.money import yuan
from core.policy import GENERAL, NEV, PRESETS
from core.shop import Shop


def test_electric_and_fuel_shops_differ_in_maintenance_grades_and_birthday_alone() -> None:
    assert (NEV.maintenance.months, NEV.maintenance.km) == (12, 10_000)
    assert (GENERAL.maintenance.months, GENERAL.maintenance.km) == (5, 9_000)
    differing = [f for f in NEV.__slots__ if getattr(NEV, f) != getattr(GENERAL, f)]
    assert differing == ["preset", "maintenance", "grades", "journeys", "offers"]
    assert [n for n, offer in NEV.offers.items() if offer != GENERAL.offers[n]] == ["birthday"]


def test_an_electric_shop_greets_from_midnight_and_a_fuel_shop_at_nine() -> None:
    assert (NEV.journey("birthday").at, GENERAL.journey("birthday").at) == (time(0), time(9))


def test_presets_go_by_their_names_and_electric_is_the_default() -> None:
    assert {name: policy.preset for name, policy in PRESETS.items()} == {"nev": "nev", "general": "general"}
    assert Shop().policy is NEV


def test_the_numbers_that_shops_agreed_on() -> None:
    assert (NEV.hold, NEV.strikes) == (timedelta(minutes=10), 2)
    assert (NEV.churn.watch_months, NEV.churn.risk_overdue_days, NEV.churn.low_rating) == (3, 7, 4)
    assert NEV.churn.at == time(9)


def test_nobody_changes_a_policy_in_passing() -> None:
    with pytest.raises(FrozenInstanceError):
        NEV.strikes = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("fen", "text"), [(58_050, "580.50"), (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-12_300, "-123.00")]
)
def test_amounts_are_decimal_strings_outside(fen: int, text: str) -> None:
    assert yuan(fen) == text
