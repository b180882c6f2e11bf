"""How the shop's cars are driven, and what that tells of one car."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core.mileage import USUAL, Driving
from storage.crm import Crm
from storage.profile import profile
from tests.chat import Shop

TODAY = date(2026, 11, 23)


def cars(crm: Crm, model: str, count: int, km_per_day: int) -> None:
    """Each with two readings a hundred days apart."""
    for number in range(count):
        car = crm.vehicles.add(None, model=model).key
        for days in (200, 100):
            km = 20_000 + (200 - days) * (km_per_day + number % 5 - 2)
            day = TODAY - timedelta(days=days)
            crm.visits.add(f"{model}{number}-{days}", vehicle_id=car, visited_on=day, mileage_km=km)


def li_and_car(shop: Shop, *readings: tuple[int, int], **facts: Any) -> dict[str, Any]:
    """The profile's entry of a car with readings so many days ago."""

    def record(crm: Crm) -> int:
        owner, car = crm.owners.add("李明").key, crm.vehicles.add("粤B12345", model="汉", **facts)
        crm.vehicles.connect(owner, car.key)
        for days, km in readings:
            day = TODAY - timedelta(days=days)
            crm.visits.add(f"L{days}", owner_id=owner, vehicle_id=car.key, visited_on=day, mileage_km=km)
        return owner

    owner = shop.do(record)
    document = shop.ask(lambda crm: profile(crm, owner))
    assert document is not None
    entry: dict[str, Any] = document["vehicles"][0]
    return entry


def test_a_model_is_known_by_its_own_cars_and_others_by_all(shop: Shop) -> None:
    shop.do(lambda crm: cars(crm, "网约车", 30, 150))
    shop.do(lambda crm: cars(crm, "海豚", 90, 30))
    shop.do(lambda crm: crm.driving.relearn(TODAY))
    taxi, dolphin, other = (shop.ask(lambda crm, m=m: crm.driving.of_model(m)) for m in ("网约车", "海豚", "汉"))  # type: ignore[misc]
    assert (taxi.km_per_day, dolphin.km_per_day) == (150, 30)
    assert other.km_per_day < 40
    assert other.spread > dolphin.spread


def test_a_few_cars_tell_nothing_of_others(shop: Shop) -> None:
    shop.do(lambda crm: cars(crm, "海豚", 5, 90))
    shop.do(lambda crm: crm.driving.relearn(TODAY))
    assert shop.ask(lambda crm: crm.driving.of_model("海豚")) == USUAL
    assert isinstance(USUAL, Driving)


def test_the_profile_tells_where_the_odometer_is_and_when_the_car_may_be_due(shop: Shop) -> None:
    service = TODAY - timedelta(days=30)
    car = li_and_car(shop, (430, 10_000), (230, 20_000), (30, 30_000), last_service_on=service, due_on=date(2027, 6, 1))
    told = car["forecast"]
    assert told["km_per_day"] == 49.9
    assert told["low"] < told["km_now"] == 31_496 < told["high"] < 32_500
    assert told["due_on"] == "2027-06-01"
    assert "2027-03-01" < told["due_low"] < "2027-05-12" < told["due_high"] < "2027-07-15"


def test_a_car_of_which_only_the_record_tells_is_driven_as_usual(shop: Shop) -> None:
    told = li_and_car(shop, mileage_km=30_000)["forecast"]
    assert (told["km_now"], told["km_per_day"], told["due_low"]) == (30_000, 38.0, None)


def test_a_car_without_a_reading_has_no_forecast(shop: Shop) -> None:
    assert li_and_car(shop)["forecast"] is None
