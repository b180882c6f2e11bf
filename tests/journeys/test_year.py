"""A year of a shop of 200 owners: every step on its right day, exactly once, also after days without a worker."""

from __future__ import annotations

from datetime import date

from tests.chat import Shop
from tests.year import Year
from tests.year_calculation import BEGINS, ENDS, days

NOBODY_LOOKED = days(date(2027, 6, 11), date(2027, 6, 13))


def test_every_step_comes_on_its_right_day_exactly_once(shop: Shop) -> None:
    year = Year(shop, owners=200, seed=1)
    for today in days(BEGINS, ENDS):
        if today not in NOBODY_LOOKED:
            year.day_passes(today)
        year.happens(today, most=6)
