"""The main characters: whose car you book for, who talks first, and who is about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from console.shop.cars import MODELS, Car, vin
from console.shop.history import PastVisit
from console.shop.person import InventedOwner, OwnedCar
from core.due import months_after

HERO_PLATE = "粤B12345"
FIRST_TALKER = "周雨桐"
FIRST_PLATE = "粤BD56820"
_MODELS = {model.name: model for model in MODELS}


def cast(today: date) -> tuple[InventedOwner, ...]:
    """Everybody the demo names, as they stand on that day."""
    return (_li_ming(today), _zhou_yutong(today), _sun_xiaotong(today), *_silent_ones(today))


def _li_ming(today: date) -> InventedOwner:
    due = today + timedelta(days=9)
    car = _car("大众 帕萨特", HERO_PLATE, months_after(due, -36), 24.0)
    visits = _visits(
        car,
        (months_after(due, -30), "机油、机滤", True, 480, 5),
        (months_after(due, -24), "机油三滤、制动液、火花塞", True, 1360, 5),
        (months_after(due, -19), "换轮胎（2 条）", False, 1380, 4),
        (months_after(due, -12), "机油、机滤", True, 480, 5),
        (months_after(due, -5), "空调清洗、空调滤芯", False, 320, None),
    )
    return _known("李明", 0, "NS", "王海涛", car, visits, "在意胎噪；喜欢下午来，顺路接孩子", date(1986, 12, 2))


def _zhou_yutong(today: date) -> InventedOwner:
    due = today + timedelta(days=12)
    car = _car("比亚迪 汉 EV", FIRST_PLATE, months_after(due, -24), 26.0)
    visits = _visits(
        car,
        (months_after(due, -12), "首保：三电检测、空调滤芯、底盘检查", True, 0, 5),
        (months_after(due, -4), "洗车", False, 40, 5),
    )
    return _known("周雨桐", 1, "NS", "林晓雯", car, visits, "先报价再施工", date(1993, 5, 17))


def _sun_xiaotong(today: date) -> InventedOwner:
    """Came yesterday and was not happy: a card for the manager, today."""
    car = _car("特斯拉 Model Y", "粤BDK3082", months_after(today, -31), 31.0)
    visits = _visits(
        car,
        (months_after(today, -20), "三电检测、空调滤芯、底盘检查", True, 600, 5),
        (months_after(today, -9), "三电检测、空调滤芯、制动液、减速器油", True, 1140, 4),
        (today - timedelta(days=1), "前保险杠喷漆", False, 1170, 2),
    )
    return _known("孙晓彤", 2, "NS", "林晓雯", car, visits, "对喷漆色差敏感", date(1990, 8, 25))


def _silent_ones(today: date) -> list[InventedOwner]:
    """Due for some days and silent: one becomes a card today, the others on the days to come."""
    people = (
        ("赵建国", "NS", "王海涛", "比亚迪 宋 PLUS DM-i", "粤BF27716", 0, "微信联系，白天不接电话"),
        ("刘思琪", "FT", "周文博", "蔚来 ES6", "粤BD90353", 1, "公司车，要开专票"),
        ("蔡志明", "NS", "林晓雯", "丰田 凯美瑞", "粤B8K269", 2, "介绍过朋友来"),
        ("徐佩珊", "LG", "吴家豪", "广汽埃安 AION S", "粤BD16098", 4, ""),
    )
    return [_silent(today, number, *person) for number, person in enumerate(people, start=3)]


def _silent(
    today: date, number: int, name: str, store: str, advisor: str, model: str, plate: str, days: int, remarks: str
) -> InventedOwner:
    last = months_after(today + timedelta(days=days - 7), -12)
    car = _car(model, plate, months_after(last, -14), 22.0)
    first, second = ("机油、机滤", 480) if car.model.powertrain == "ice" else ("三电检测、空调滤芯、底盘检查", 460)
    visits = _visits(car, (months_after(last, -11), first, True, second, 5), (last, first, True, second, 4))
    return _known(name, number, store, advisor, car, visits, remarks, date(1982 + number, 3, 4 + number))


def _car(name: str, plate: str, purchased_on: date, km_a_day: float) -> Car:
    model = _MODELS[name]
    return Car(model, plate, vin(Random(plate), model.maker, purchased_on), purchased_on, km_a_day)


def _visits(car: Car, *rows: tuple[date, str, bool, int, int | None]) -> Sequence[PastVisit]:
    return [
        PastVisit(day, items, main, yuan * 100, car.mileage(day), rating) for day, items, main, yuan, rating in rows
    ]


def _known(
    name: str,
    number: int,
    store: str,
    advisor: str,
    car: Car,
    visits: Sequence[PastVisit],
    remarks: str,
    birthday: date,
) -> InventedOwner:
    return InventedOwner(
        name=name,
        phone=f"+86154{206 + number * 37:03d}{number:05d}",
        store=store,
        advisor=advisor,
        cars=(OwnedCar(car, tuple(visits)),),
        joined=visits[0].day,
        source="到店",
        birthday=birthday,
        remarks=remarks,
        consent=True,
        consent_on=visits[0].day,
    )
