"""The owners' words, grouped by what they mean; the longest word at a place counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.understanding import shop_words, talk_words, visit_words

# NOTHING only hides shorter words: 大约 is no 约
WORDS: dict[str, str] = visit_words.WORDS | shop_words.WORDS | talk_words.WORDS
_IMPLIED = {
    "NEW_TIME": "MOVE",
    "TO_NEW": "MOVE",
    "ABOUT_APPT": "APPOINTMENT",
    "CARD": "COUPON",
    "COMPLAIN": "UNHAPPY",
    "MY_DATA": "DATA",
}
_COUPON = re.compile("券|劵|红包|coupon|voucher")


def _index(words: dict[str, str]) -> tuple[dict[str, int], dict[str, list[tuple[str, int, bool]]]]:
    """One bit per concept, and the words by first letter, longest first."""
    bits = {concept: 1 << place for place, concept in enumerate(words)}
    masks: dict[str, int] = {}
    for concept, listed in words.items():
        for word in listed.split():
            key = word.replace("_", " ")
            for spelling in {key, key.replace("'", "")}:  # dont, cant, whats: thumbs leave it out
                masks[spelling] = masks.get(spelling, 0) | bits[concept]
    for word in masks:
        for concept, implied in _IMPLIED.items():
            if masks[word] & bits[concept]:
                masks[word] |= bits[implied]
        if _COUPON.search(word):
            masks[word] |= bits["COUPON"] | bits["CARD"]
    by_first: dict[str, list[tuple[str, int, bool]]] = {}
    for word, mask in masks.items():
        by_first.setdefault(word[0], []).append((word, mask, word[0].isascii() and word[0].isalpha()))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return bits, by_first


BIT, _BY_FIRST = _index(WORDS)


def mask(concepts: Iterable[str]) -> int:
    """The bits of some concepts together."""
    bits = 0
    for concept in concepts:
        bits |= BIT[concept]
    return bits


def tag(low: str) -> list[tuple[int, int, int]]:
    """(start, end, concept bits) of each known word, longest match from the left."""
    found, position, length = [], 0, len(low)
    while position < length:
        step = 1
        for word, bits, latin in _BY_FIRST.get(low[position], ()):
            if low.startswith(word, position) and not (latin and _inside_word(low, position, position + len(word))):
                step = len(word)
                found.append((position, position + step, bits))
                break
        position += step
    return found


def _inside_word(low: str, start: int, end: int) -> bool:
    before = start > 0 and "a" <= low[start - 1] <= "z"
    after = end < len(low) and "a" <= low[end] <= "z" and low[end - 1].isascii()
    return before or after
