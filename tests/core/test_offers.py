"""Until when a coupon can be used."""

from dataclasses import replace
from datetime import date

import pytest

from core.offers import BIRTHDAY_GENERAL, BIRTHDAY_NEV, last_day


@pytest.mark.parametrize(
    ("days", "given_on", "last"),
    [
        (7, date(2026, 11, 24), date(2026, 12, 1)),
        (1, date(2026, 12, 31), date(2027, 1, 1)),
        (0, date(2026, 11, 24), date(2026, 11, 30)),
        (0, date(2026, 11, 30), date(2026, 11, 30)),
        (0, date(2028, 2, 3), date(2028, 2, 29)),
        (0, date(2027, 2, 3), date(2027, 2, 28)),
    ],
)
def test_an_offer_is_valid_for_days_or_to_the_end_of_the_month(days: int, given_on: date, last: date) -> None:
    assert last_day(replace(BIRTHDAY_NEV, days=days), given_on) == last


def test_birthday_coupons_are_as_the_presets_say() -> None:
    assert (BIRTHDAY_NEV.percent, BIRTHDAY_NEV.days) == (80, 7)
    assert (BIRTHDAY_GENERAL.percent, BIRTHDAY_GENERAL.days) == (88, 0)
