"""A visit's mark out of five, from words: 五星, 四分, 很满意, 一般般, 太差."""

from __future__ import annotations

import re
from datetime import datetime

from core.understanding import understand

_WORST = (
    r"太差|很差|极差|差劲|差评|垃圾|(?:非常|很|十分)不满|糟透|最差|terrible|awful"
    r"|worst|very (?:bad|unhappy|dissatisfied)"
)
_BAD = r"不满意|不太满意|不好|不行|不怎么样|失望|不太好|bad|poor|unhappy|dissatisfied|disappoint"
_SO_SO = r"一般|还行|凑合|马马虎虎|中规中矩|普通|so-?so|average|okay|not bad|^ok$"
_BEST = r"(?:非常|很|特别|十分|超级)(?:满意|好)|满分|太好了|完美|excellent|perfect|great|very (?:good|happy|satisfied)"
_GOOD = r"满意|不错|挺好|还可以|good|satisfied|happy"
# The first that is found decides: what is said against comes before what is said for.
_WORDS = ((1, _WORST), (2, _BAD), (3, _SO_SO), (5, _BEST), (4, _GOOD))
_FOUND = tuple((points, re.compile(words, re.I)) for points, words in _WORDS)
_PRAISE = re.compile(r"没有?(?:不满意|什么不好|不好)|不错")  # against in form, for in meaning
_NUMBER = re.compile(r"\s*([1-5一二三四五])\s*[分星]?\s*[。.!！]?\s*")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五", 1)}


def points_in(text: str, now: datetime) -> int | None:
    """1 to 5, or None where the words say nothing of the kind."""
    if number := _NUMBER.fullmatch(text):
        return _DIGITS.get(number[1]) or int(number[1])
    if (heard := understand(text, now).slots.get("rating")) is not None:
        return int(heard)
    if _PRAISE.search(text):
        return 4
    return next((points for points, words in _FOUND if words.search(text)), None)
