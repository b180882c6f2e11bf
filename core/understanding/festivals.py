"""Festivals by name; the lunar ones from a dated table, since they have no rule worth computing."""

from __future__ import annotations

from datetime import date, timedelta

FIXED = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆节": (10, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双十二": (12, 12),
    "双11": (11, 11),
    "双12": (12, 12),
    "平安夜": (12, 24),
    "圣诞节": (12, 25),
    "圣诞": (12, 25),
    "跨年夜": (12, 31),
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "christmas": (12, 25),
    "national day": (10, 1),
}
# lunar new year, 清明, 端午, 中秋 as published for each year
_LUNAR = {
    2026: {
        "春节": (2, 17),
        "元宵": (3, 3),
        "清明": (4, 5),
        "端午": (6, 19),
        "七夕": (8, 19),
        "中秋": (9, 25),
        "重阳": (10, 18),
    },
    2027: {
        "春节": (2, 6),
        "元宵": (2, 20),
        "清明": (4, 5),
        "端午": (6, 9),
        "七夕": (8, 8),
        "中秋": (9, 15),
        "重阳": (10, 8),
    },
    2028: {
        "春节": (1, 26),
        "元宵": (2, 9),
        "清明": (4, 4),
        "端午": (5, 28),
        "七夕": (8, 26),
        "中秋": (10, 3),
        "重阳": (10, 26),
    },
}
_NEW_YEAR_DAYS = {c: i for i, c in enumerate("一二三四五六七八九十")}
_SAME = {"大年初一": "春节", "chinese new year": "春节", "spring festival": "春节"}
NAMES = sorted(
    [
        *FIXED,
        *_LUNAR[2026],
        "元宵节",
        "清明节",
        "端午节",
        "七夕节",
        "中秋节",
        "重阳节",
        "除夕",
        "年三十",
        "大年三十",
        *_SAME,
    ],
    key=len,
    reverse=True,
)


def coming(name: str, today: date) -> date | None:
    """The next day of that name, today included; None when the table ends."""
    for year in (today.year, today.year + 1):
        day = _in_year(_SAME.get(name, name), year)
        if day and day >= today:
            return day
    return None


def _in_year(name: str, year: int) -> date | None:
    if name in FIXED:
        return date(year, *FIXED[name])
    lunar = _LUNAR.get(year, {})
    if name in {"除夕", "年三十", "大年三十"}:
        return date(year, *lunar["春节"]) - timedelta(days=1) if lunar else None
    if name.startswith(("大年初", "正月初", "年初")) and name[-1] in _NEW_YEAR_DAYS:
        return date(year, *lunar["春节"]) + timedelta(days=_NEW_YEAR_DAYS[name[-1]]) if lunar else None
    found = lunar.get(name.removesuffix("节"), lunar.get(name))
    return date(year, *found) if found else None
