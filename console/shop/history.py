"""Three years of a car in the shop: when it came, what was done, what it cost, what the owner thought of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from console.shop.cars import Car
from core.policy import Maintenance

YEARS = 3
# How much is going on in each month: before the Spring Festival and the October holidays, and in the heat.
_SEASON = (0, 1.45, 0.55, 0.9, 0.95, 1.05, 1.15, 1.2, 1.1, 1.35, 0.75, 0.9, 1.1)


@dataclass(frozen=True, slots=True)
class Work:
    """Something a shop does: its name on the work order, its price in yuan, how often, and in which months most."""

    name: str
    yuan: int
    share: int
    months: tuple[int, ...] = ()


_EXTRA = (
    Work("洗车", 40, 20),
    Work("补胎", 60, 10),
    Work("换轮胎（2 条）", 1380, 8, (4, 5, 6)),
    Work("换轮胎（4 条）、四轮定位", 2960, 8, (4, 5, 6)),
    Work("事故维修：前杠、大灯、翼子板", 5200, 7),
    Work("全车镀晶", 3600, 4, (9, 10, 1)),
    Work("更换前减震器", 3400, 3),
    Work("四轮定位", 180, 7),
    Work("空调清洗、空调滤芯", 320, 12, (4, 5, 6, 7)),
    Work("前保险杠喷漆", 900, 6),
    Work("更换 12V 蓄电池", 680, 5, (12, 1, 2)),
    Work("更换雨刮", 160, 8, (4, 5, 6)),
    Work("更换前刹车片", 760, 4),
    Work("年检检查", 0, 6),
)
_MAINTENANCE = {
    "bev": (("三电检测、空调滤芯、底盘检查", 460), ("三电检测、空调滤芯、制动液、减速器油", 880)),
    "phev": (("机油机滤、三电检测、空调滤芯", 620), ("机油三滤、三电检测、制动液、冷却液", 1180)),
    "ice": (("机油、机滤", 480), ("机油三滤、制动液、火花塞", 1360)),
}


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One work order of the past. Amount in fen."""

    day: date
    items: str
    maintenance: bool
    amount_fen: int
    mileage_km: int
    rating: int | None


def past_visits(random: Random, car: Car, since: date, until: date, rule: Maintenance) -> list[PastVisit]:
    """Every visit from `since` to `until`, oldest first, one a day at the most."""
    days = {day: _extra(random, car, day) for day in _extra_days(random, since, until)}
    for number, day in enumerate(_maintenance_days(random, car, until, rule), start=1):
        if day >= since:
            days[day] = _maintenance(random, car, day, number)
    return [days[day] for day in sorted(days)]


def _maintenance_days(random: Random, car: Car, until: date, rule: Maintenance) -> Iterator[date]:
    """Mostly about the time it is due, sometimes early, sometimes weeks late."""
    interval = min(365 * rule.months / 12, rule.km / car.km_a_day)
    day = car.purchased_on
    while True:
        late = random.gauss(-4, 9) if random.random() < 0.9 else random.uniform(8, 70)
        day += timedelta(days=max(30, round(interval + late)))
        if day > until:
            return
        yield day


def _extra_days(random: Random, since: date, until: date) -> Iterator[date]:
    day = since
    while (day := day + timedelta(days=1 + int(random.expovariate(1 / 190)))) <= until:
        if random.random() < _SEASON[day.month] / 1.45:
            yield day


def _maintenance(random: Random, car: Car, day: date, number: int) -> PastVisit:
    items, yuan = _MAINTENANCE[car.model.powertrain][number % 2 == 0]
    if number == 1:
        items, yuan = f"首保：{_MAINTENANCE[car.model.powertrain][0][0]}", 0
    return PastVisit(day, items, True, _fen(random, yuan, car), car.mileage(day), rating(random))


def _extra(random: Random, car: Car, day: date) -> PastVisit:
    weights = [work.share * (3 if day.month in work.months else 1) for work in _EXTRA]
    work = random.choices(_EXTRA, weights)[0]
    return PastVisit(day, work.name, False, _fen(random, work.yuan, car), car.mileage(day), rating(random))


def _fen(random: Random, yuan: int, car: Car) -> int:
    """Dearer cars cost more; people round to ten yuan."""
    return round(yuan * car.model.dear * random.uniform(0.92, 1.15) / 10) * 1000 if yuan > 60 else yuan * 100


def rating(random: Random) -> int | None:
    return random.choices((None, 5, 4, 3, 2, 1), (42, 42, 12, 2.4, 1.0, 0.6))[0]
