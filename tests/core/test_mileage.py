"""How far a car will have been driven, and how sure that is."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from core.due import Reading, due_day
from core.mileage import USUAL, Driving, day_of, due_between, forecast, km_on, plausible, usual_driving
from core.policy import Maintenance

START = date(2026, 1, 1)


def read(*points: tuple[int, int]) -> list[Reading]:
    """(days after the start, km)"""
    return [Reading(START + timedelta(days=day), km) for day, km in points]


@pytest.mark.parametrize(
    ("given", "believed"),
    [
        ([], []),
        ([(0, 10_000)], [(0, 10_000)]),
        ([(0, 10_000), (180, 17_000), (360, 24_000)], [(0, 10_000), (180, 17_000), (360, 24_000)]),
        ([(0, 30_000), (180, 3_500), (360, 43_000)], [(0, 30_000), (360, 43_000)]),  # a digit too few
        ([(0, 30_000), (180, 37_000), (360, 4_400)], [(0, 30_000), (180, 37_000)]),
        ([(0, 3_000), (180, 37_000), (360, 44_000)], [(0, 3_000), (180, 37_000), (360, 44_000)]),  # it may be true
        ([(0, 30_000), (180, 370_000), (360, 44_000)], [(0, 30_000), (360, 44_000)]),  # a digit too many
        ([(0, 30_000), (180, 37_000), (360, 440_000)], [(0, 30_000), (180, 37_000)]),
        ([(0, 30_000), (30, 3_100)], [(0, 30_000)]),  # one of the two is wrong: an odometer only rises
        ([(0, 30_000), (0, 30_000)], [(0, 30_000)]),
        ([(0, 30_000), (0, 30_040)], [(0, 30_000), (0, 30_040)]),  # before and after the test drive
        ([(360, 24_000), (0, 10_000)], [(0, 10_000), (360, 24_000)]),
    ],
)  # fmt: skip
def test_a_reading_that_contradicts_the_others_is_not_believed(
    given: list[tuple[int, int]], believed: list[tuple[int, int]]
) -> None:
    assert plausible(read(*given)) == read(*believed)


def test_without_a_reading_nothing_is_foretold() -> None:
    assert forecast([]) is None


def test_after_one_reading_the_usual_pace_is_expected_and_hardly_trusted() -> None:
    car = forecast(read((0, 20_000)))
    assert car is not None
    assert car.km_per_day == pytest.approx(USUAL.km_per_day)
    year = km_on(car, START + timedelta(days=365))
    assert year.expected == 20_000 + round(365 * USUAL.km_per_day)
    assert year.high - year.low > 15_000


def test_after_years_of_readings_the_car_is_known_by_its_own_pace() -> None:
    car = forecast(read((0, 10_000), (180, 19_000), (360, 28_000), (540, 37_000), (720, 46_000)))
    assert car is not None
    assert car.km_per_day == pytest.approx(50, rel=0.01)
    month = km_on(car, START + timedelta(days=750))
    assert month.expected == pytest.approx(47_500, abs=20)
    assert month.low < month.expected < month.high
    assert month.high - month.low < 1_200


def test_the_odometer_never_falls_and_the_past_is_the_last_reading() -> None:
    car = forecast(read((0, 10_000), (300, 10_300)))
    assert car is not None
    for days in range(0, 900, 30):
        range_ = km_on(car, START + timedelta(days=days))
        assert 10_300 <= range_.low <= range_.expected <= range_.high
    assert km_on(car, START).expected == 10_300


def test_the_day_and_the_kilometres_are_two_sides_of_one_forecast() -> None:
    car = forecast(read((0, 10_000), (200, 18_000), (400, 27_000)))
    assert car is not None
    when = day_of(car, 35_000)
    assert when.late is not None
    assert when.early < when.expected < when.late
    assert km_on(car, when.early).high == pytest.approx(35_000, abs=80)
    assert km_on(car, when.expected).expected == pytest.approx(35_000, abs=80)
    assert km_on(car, when.late).low == pytest.approx(35_000, abs=80)


def test_what_was_reached_already_is_now_and_a_car_of_unknown_pace_may_never_get_there() -> None:
    car = forecast(read((0, 20_000)))
    assert car is not None
    assert day_of(car, 20_000).expected == day_of(car, 1).late == START
    slow = forecast(read((0, 20_000)), Driving(10.0, 22.0))
    assert slow is not None
    assert day_of(slow, 30_000).late is None


def test_it_agrees_with_the_due_day_where_the_readings_span_a_year() -> None:
    readings = read((0, 10_000), (365, 25_000))
    plain = due_day(START + timedelta(days=365), readings, Maintenance(months=24, km=10_000))
    car = forecast(readings)
    assert car is not None
    when = day_of(car, 35_000)
    assert abs((when.expected - plain).days) <= 5
    assert when.late is not None
    assert when.early < plain < when.late


YEARLY = Maintenance(months=12, km=10_000)


def test_who_drives_little_is_due_by_months_and_who_drives_much_within_a_range() -> None:
    for pace, wanted in ((5, START + timedelta(days=365)), (60, None)):
        readings = read((0, 10_000), (200, 10_000 + 200 * pace), (400, 10_000 + 400 * pace))
        service = START + timedelta(days=400)
        car = forecast(readings)
        assert car is not None
        due = due_between(car, readings, service, YEARLY)
        assert due.late is not None
        assert due.early <= due.expected <= due.late <= date(2028, 2, 5)
        assert abs((due.expected - due_day(service, readings, YEARLY)).days) <= 5
        assert (due.early == due.late) == (wanted is not None)


def test_a_service_without_a_reading_counts_by_months() -> None:
    car = forecast(read((10, 20_000)))
    assert car is not None
    due = due_between(car, read((10, 20_000)), START, YEARLY)
    assert due.early == due.expected == due.late == date(2027, 1, 1)


def test_what_is_usual_comes_from_many_cars_and_a_wrong_one_does_not_count() -> None:
    assert usual_driving([40.0] * 19) is None
    random = Random(5)
    usual = usual_driving([random.gauss(30, 12) for _ in range(500)] + [90_000.0, -4_000.0])
    assert usual is not None
    assert [usual.km_per_day, usual.spread] == pytest.approx([30, 12], abs=2)


def test_four_cars_of_five_are_where_they_were_expected() -> None:
    random, inside, cars = Random(7), 0, 600
    for _ in range(cars):
        pace = max(5.0, random.gauss(USUAL.km_per_day, USUAL.spread))
        km, readings, target = 0.0, [], 0.0
        for day in range(601):
            if day in (0, 150, 310, 400):
                readings.append(Reading(START + timedelta(days=day), round(km)))
            km, target = km + max(0.0, random.gauss(pace, 57)), km
        car = forecast(readings)
        assert car is not None
        expected = km_on(car, START + timedelta(days=600))
        inside += expected.low <= target <= expected.high
    assert 0.72 <= inside / cars <= 0.9
