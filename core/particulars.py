"""What a sentence says about somebody's own record: which fact is to be corrected, and to what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.birthdays import read_birthday

FIELDS = ("name", "phone", "birthday", "mileage_km", "address", "plate")
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_MODEL = 64, 200, 64
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_BIRTHDAY = re.compile(r"生日|出生|birthday|born", re.I)
_MILEAGE = re.compile(r"里程|公里数|表显|码表|mileage|odometer", re.I)
_CHANGES = re.compile(
    r"换成|换了|(?:改|换)(?=一?下?(?:我的)?(?:手机|电话|号码|车牌))|改成|改为|改一?下|改到|变成|更新|更正|写错|打错|不对|错了|应该?是|搬到|搬家|new|change|wrong|update",
    re.I,
)
_PHONE = re.compile(r"手机|电话|号码|phone|number|mobile", re.I)
_PLATE = re.compile(r"车牌|plate", re.I)
_ADDRESSES = (
    re.compile(
        r"(?:地址|住址|住处|家)\s*(?:换成|换到|改成|改为|改到|变成|更新为|更正为|应该?是|是|在|搬到了?|为|[:：])\s*(?P<a>.{2,})"
    ),
    re.compile(r"搬到了?\s*(?P<a>.{2,})"),
    re.compile(r"address (?:is|to)\s*(?P<a>.{4,})", re.I),
)
_NAME = re.compile(
    r"(?:名字|姓名|name)\s*(?:换成|改成|改为|变成|应该?是|更正为|是|is|to)\s*(?P<n>[^\s，。,.!！?？]{1,20})", re.I
)
_WHERE_IS = re.compile(r"哪|怎么走|在什么|where|你们|店")
_WISHES = (
    ("who_looked", re.compile(r"谁.{0,4}(?:看|查|访问)|(?:看|查)过我|who (?:has )?(?:looked|accessed|seen)", re.I)),
    ("export_data", re.compile(r"导出|下载|拷贝|副本|export|download|copy of", re.I)),
    ("my_consents", re.compile(r"撤回|撤销|授权|同意|consent", re.I)),
    ("correct_data", re.compile(r"改|错|换|更正|更新|变了|不对|correct|change|update|wrong", re.I)),
)


def wish(text: str) -> str:
    """What somebody who speaks of their data wants: who_looked, export_data, my_consents, correct_data or my_data."""
    return next((name for name, pattern in _WISHES if pattern.search(text)), "my_data")


def correction(text: str, slots: Mapping[str, Any], today: date) -> tuple[str, Any] | None:
    """(field, value) of a sentence that by itself corrects one fact: 手机换成13900001111, 生日是5月3号, 里程两万八."""
    changes = bool(_CHANGES.search(text))
    if _BIRTHDAY.search(text) and (day := read_birthday(text, today)):
        return "birthday", day.isoformat()
    if "phone" in slots and changes and _PHONE.search(text):
        return "phone", slots["phone"]
    if "mileage_km" in slots and _MILEAGE.search(text):
        return "mileage_km", slots["mileage_km"]
    if "plate" in slots and changes and _PLATE.search(text):
        return "plate", slots["plate"]
    if (name := _name(text, slots)) and changes:
        return "name", name
    if address := _address(text):
        return "address", address
    return None


def past_day(text: str, today: date) -> date | None:
    """A day, or the first of a month, that is not still to come: 2023年3月, 2023-03-05."""
    found = re.search(rf"{_YEAR}\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]?\s*(?:(?P<d>\d{{1,2}})\s*[日号]?)?", text)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"] or 1)) if found else None
    except ValueError:
        return None
    return day if day and day <= today else None


def _name(text: str, slots: Mapping[str, Any]) -> str:
    found = _NAME.search(text)
    return str(slots.get("name") or (found["n"] if found else ""))[:LONGEST_NAME]


def _address(text: str) -> str:
    if _WHERE_IS.search(text):
        return ""
    found = next((hit for pattern in _ADDRESSES if (hit := pattern.search(text))), None)
    return found["a"].strip(" ，。,.")[:LONGEST_ADDRESS] if found else ""
