"""Numbers as people say them: 28000, 两万八, 三千五, 2.8万, 十五, 廿三."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "幺": 1, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "万": 10000, "w": 10000}
SMALL = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[零〇一二两三四五六七八九])"
NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?[万wk千百]?(?:[\d一二三四五六七八九](?:[千百十])?)*"
    r"|[零〇一二两三四五六七八九十百千万]+)"
)


def small(text: str) -> int:
    """A number below 100, as `SMALL` matches it."""
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def number(text: str) -> int | None:
    """The whole number that is said, or None: 两万八 → 28000, 2.8万 → 28000, 10,500 → 10500."""
    text = text.replace(",", "").strip()
    if text.isdigit():
        return int(text) if len(text) < 10 else None
    if len(text) > 16:
        return None
    return _read(text.replace("廿", "二十"))


def _read(text: str) -> int | None:
    total, section, current, last_unit = 0.0, 0.0, "", 1
    for char in text:
        if char in UNITS:
            value = _float(current) if current else (0.0 if section and char in "万w" else 1.0)
            if value is None:
                return None
            last_unit, current = UNITS[char], ""
            if last_unit == 10000:
                total, section = (total + section + value) * 10000, 0.0
            else:
                section += value * last_unit
        elif char in DIGITS or char.isdecimal() or char == ".":
            digit = str(DIGITS[char]) if char in DIGITS else char
            current += digit
            last_unit = 1 if char in "零〇" else last_unit
        else:
            return None
    rest = _float(current) if current else 0.0
    if rest is None:
        return None
    # 两万八 means 28,000: a lone last digit counts in tenths of the unit before it
    tail = rest * last_unit / 10 if last_unit >= 100 and len(current) == 1 else rest
    return round(total + section + tail)


def _float(digits: str) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None
