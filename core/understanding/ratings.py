"""A mark from 1 to 5: 5分, 给五星, 三颗星, ★★★★, rating 4."""

from __future__ import annotations

from core.understanding.late import Late
from core.understanding.numerals import DIGITS

_N = r"(?P<n>\d+(?:\.\d+)?|[零一二两三四五六七八九十]半?)"
_POINTS = Late(
    rf"(?<![\d.:点第百差])(?<![百千]){_N} ?(?:分(?![满感不专到热糟非钟之店公享开析期点])|颗?星(?!期)|顆星|个星(?!期)"
    rf"|stars?\b|points?\b|out of (?:5|five)\b)"
)
_GIVEN = Late(
    rf"(?:rate|rating|score|满意度|评分|打分|评价|分数|星级)(?: is| it| you| this| a|是|为|给|打|:| "
    rf"|，|就)*{_N}(?![\d.月号点:])"
)
_STARS = Late("★+")
_TOP = Late(r"(?<!不)(?:满分|非常满意|十分满意|超级满意|特别满意|相当满意|满星|五颗星|very satisfied)")
_BOTTOM = Late(r"非常不满意|十分不满意|very dissatisfied")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_ENGLISH = Late(r"\b(one|two|three|four|five)[ -](?:stars?|points?|out of five)\b")
_HINTS = frozenset("分星★满评rsp/o")


def find(low: str) -> tuple[int, int, int | None] | None:
    """Start, end and mark; the mark is None when a number is given that is none of 1–5."""
    if _HINTS.isdisjoint(low):
        return None
    for pattern in (_POINTS, _GIVEN):
        if match := pattern.search(low):
            return match.start(), match.end(), _mark(match["n"])
    if match := _ENGLISH.search(low):
        return match.start(), match.end(), _WORDS[match[1]]
    return _in_words(low)


def _in_words(low: str) -> tuple[int, int, int | None] | None:
    if len(low) < 9 and (match := _BOTTOM.search(low)):
        return match.start(), match.end(), 1
    if match := _TOP.search(low):
        return match.start(), match.end(), 5
    if match := _STARS.search(low):
        return match.start(), match.end(), min(len(match[0]), 5)
    return None


def _mark(text: str) -> int | None:
    if text in DIGITS:
        value = DIGITS[text]
    elif text.isdigit() and len(text) < 3:
        value = int(text)
    else:
        return None
    return value if 1 <= value <= 5 else None
