"""A year of a shop of 2,000 owners: every step on its right day, exactly once."""

from __future__ import annotations

from datetime import date

from tests.chat import Shop
from tests.year import Year
from tests.year_calculation import BEGINS, ENDS, days

NOBODY_LOOKED = days(date(2027, 3, 30), date(2027, 4, 1))


def test_every_step_comes_on_its_right_day_exactly_once(shop: Shop) -> None:
    year = Year(shop, owners=2000, seed=2)
    for today in days(BEGINS, ENDS):
        if today not in NOBODY_LOOKED:
            year.day_passes(today)
        year.happens(today, most=40)
