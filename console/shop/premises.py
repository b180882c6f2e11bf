"""The stores of the invented shop, their bays, and the twelve people who work there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Premises:
    """A store with its bays (type → how many)."""

    code: str
    name: str
    hours: str
    address: str
    phone: str
    bays: tuple[tuple[str, int], ...]
    share: int  # of a hundred owners


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works in a store."""

    name: str
    role: str
    store: str
    skills: str = ""


STORES = (
    Premises(
        "NS", "深圳南山店", "09:00-18:00", "南山区科苑南路 88 号（虚构）", "0755-0000 8801",
        (("general", 3), ("quick", 1), ("alignment", 1), ("bodywork", 1)), 48,
    ),
    Premises(
        "FT", "深圳福田店", "08:30-18:30", "福田区景田东路 21 号（虚构）", "0755-0000 8802",
        (("general", 2), ("quick", 1), ("alignment", 1), ("bodywork", 1)), 32,
    ),
    Premises(
        "LG", "深圳龙岗店", "09:00-18:00", "龙岗区龙翔大道 306 号（虚构）", "0755-0000 8803",
        (("general", 2), ("quick", 1)), 20,
    ),
)  # fmt: skip

STAFF = (
    Member("陈立新", "manager", "NS"),
    Member("王海涛", "advisor", "NS"),
    Member("林晓雯", "advisor", "NS"),
    Member("郑国栋", "technician", "NS", "high_voltage,alignment"),
    Member("何俊杰", "technician", "NS", "high_voltage,bodywork"),
    Member("黄美玲", "manager", "FT"),
    Member("周文博", "advisor", "FT"),
    Member("梁志强", "technician", "FT", "high_voltage,alignment"),
    Member("罗少华", "technician", "FT", "bodywork"),
    Member("邓海燕", "manager", "LG"),
    Member("吴家豪", "advisor", "LG"),
    Member("谢振宇", "technician", "LG", "high_voltage"),
)
SKILLS = {"alignment": "alignment", "bodywork": "bodywork"}  # service item → what its technician must have learnt
