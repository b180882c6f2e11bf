"""What a shop recommends beside its service items, and how people call it."""

from __future__ import annotations

import re

ITEMS: dict[str, tuple[str, ...]] = {
    "warranty": ("延保", "延长保修", "延长质保", "保修", "质保", "extended warranty", "warranty"),
    "wash_package": ("洗车套餐", "洗车卡", "洗车", "wash package", "wash"),
    "coating": ("镀膜", "镀晶", "贴膜", "漆面保护", "coating"),
    "tyres": ("轮胎", "换胎", "tyres", "tires"),
    "battery": ("电瓶", "蓄电池", "battery"),
    "brakes": ("刹车", "刹车片", "brakes"),
    "air_conditioning": ("空调", "air conditioning"),
    "maintenance_package": ("保养套餐", "保养卡", "maintenance package"),
    "insurance": ("续保", "车险", "保险", "insurance"),
}

_CLAUSE = re.compile(r"[，,。；;！!\n]+")
_WANTS = re.compile(
    r"(?<!不)(?:想|有意|感兴趣|考虑|打算|需要|要买|要做|问过?)|\b(?:wants?|interested|considers?|asked about)\b", re.I
)


def item_named(text: str) -> str | None:
    """The item of which the words speak; the longest name counts."""
    low = text.lower()
    named = [(len(name), item) for item, names in ITEMS.items() for name in names if name in low]
    return max(named)[1] if named else None


def wanted_in(note: str) -> str | None:
    """The item that a note says somebody may want: 想了解延保 → warranty; None when it only names it."""
    wishes = (clause for clause in _CLAUSE.split(note) if _WANTS.search(clause))
    return next((item for clause in wishes if (item := item_named(clause))), None)
