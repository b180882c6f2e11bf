"""The cars that stand in the shop's yard: models, plates, VINs, and how far they are driven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from core.understanding.vins import vin_is_plausible

_NO_IO = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_BEV_LETTERS, _PHEV_LETTERS = "DDDDDDABCE", "FFFFGHJK"


@dataclass(frozen=True, slots=True)
class Model:
    """A model, what drives it, since when it is sold, how many of a hundred cars it is, and its price level."""

    name: str
    powertrain: str
    since: int
    share: int
    dear: float
    maker: str  # the first three characters of the VIN


MODELS = (
    Model("比亚迪 汉 EV", "bev", 2020, 6, 1.1, "LGX"),
    Model("比亚迪 海豚", "bev", 2021, 6, 0.8, "LGX"),
    Model("比亚迪 元 PLUS", "bev", 2022, 6, 0.9, "LGX"),
    Model("比亚迪 秦 PLUS DM-i", "phev", 2021, 9, 0.8, "LGX"),
    Model("比亚迪 宋 PLUS DM-i", "phev", 2021, 8, 0.9, "LGX"),
    Model("特斯拉 Model 3", "bev", 2019, 6, 1.3, "LRW"),
    Model("特斯拉 Model Y", "bev", 2021, 9, 1.3, "LRW"),
    Model("小鹏 P7", "bev", 2020, 4, 1.1, "LMV"),
    Model("小鹏 G6", "bev", 2023, 3, 1.1, "LMV"),
    Model("广汽埃安 AION S", "bev", 2019, 6, 0.8, "LMG"),
    Model("蔚来 ES6", "bev", 2019, 3, 1.5, "LJ1"),
    Model("极氪 001", "bev", 2021, 3, 1.4, "L6T"),
    Model("理想 L7", "phev", 2023, 4, 1.4, "HLX"),
    Model("问界 M7", "phev", 2022, 4, 1.3, "LM8"),
    Model("大众 帕萨特", "ice", 2011, 5, 1.0, "LSV"),
    Model("丰田 凯美瑞", "ice", 2012, 5, 1.0, "LVG"),
    Model("本田 雅阁", "ice", 2013, 4, 1.0, "LHG"),
    Model("日产 轩逸", "ice", 2012, 4, 0.8, "LGB"),
    Model("别克 GL8", "ice", 2014, 2, 1.2, "LSG"),
    Model("奥迪 A4L", "ice", 2013, 2, 1.6, "LFV"),
    Model("宝马 3 系", "ice", 2013, 1, 1.7, "LBV"),
)
_SHARES = [model.share for model in MODELS]


@dataclass(frozen=True, slots=True)
class Car:
    """One car: its papers, and the kilometres it is driven a day."""

    model: Model
    plate: str
    vin: str
    purchased_on: date
    km_a_day: float

    def mileage(self, day: date) -> int:
        return round((day - self.purchased_on).days * self.km_a_day) + 12


def invent_car(random: Random, today: date, taken: set[str]) -> Car:
    """A car with a plate that nobody else has; bought at the latest a month ago."""
    model = random.choices(MODELS, _SHARES)[0]
    eldest = max(date(model.since, 7, 1), today - timedelta(days=365 * (9 if model.powertrain == "ice" else 6)))
    purchased_on = eldest + timedelta(days=int((today - timedelta(days=30) - eldest).days * random.random() ** 0.85))
    km_a_day = min(95.0, max(9.0, random.lognormvariate(3.42, 0.42)))
    return Car(
        model, _plate(random, model.powertrain, taken), vin(random, model.maker, purchased_on), purchased_on, km_a_day
    )


def _plate(random: Random, powertrain: str, taken: set[str]) -> str:
    while True:
        plate = _nev_plate(random, powertrain) if powertrain != "ice" else _ice_plate(random)
        if plate not in taken:
            taken.add(plate)
            return plate


def _nev_plate(random: Random, powertrain: str) -> str:
    """粤B and six characters: a letter that says what drives it, one free character, four digits."""
    kind = random.choice(_BEV_LETTERS if powertrain == "bev" else _PHEV_LETTERS)
    free = random.choice(_NO_IO) if random.random() < 0.12 else str(random.randrange(10))
    return f"粤B{kind}{free}{random.randrange(10_000):04d}"


def _ice_plate(random: Random) -> str:
    """粤B and five characters, at most two of them letters; other cities' now and then."""
    serial = [str(random.randrange(10)) for _ in range(5)]
    for place in random.sample(range(4), random.choice((0, 1, 1, 2))):
        serial[place] = random.choice(_NO_IO)
    city = "粤B" if random.random() < 0.93 else random.choice(("粤S", "粤L", "粤A", "湘A", "桂A", "赣B"))
    return city + "".join(serial)


def vin(random: Random, maker: str, made_on: date) -> str:
    """Seventeen characters whose check digit fits."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    year = "ABCDEFGHJKLMNPRSTVWXY"[(made_on.year - 2010) % 21]
    body = "".join(random.choice(letters) for _ in range(5))
    tail = f"{year}{random.choice('AC1')}{random.randrange(1_000_000):06d}"
    return next(whole for digit in "0123456789X" if vin_is_plausible(whole := maker + body + digit + tail))
