"""Where somebody is: words that name a place, or a location that the channel sends."""

from __future__ import annotations

import re

from core.messages import Kind
from flows.turn import Turn

_LEAST = 2
_NO_PLACE = {"yes", "no", "thanks", "greeting", "help", "opt_out", "opt_in", "ask_price", "ask_car_status", "ask_hours"}
LONGEST_PLACE = 200
_ANYWHERE = re.compile(r"路上|半路|路边|on the road")
_NAMED = re.compile(
    r"[路街道桥号区站口厦场店村镇城]|高速|附近|\d|\b(?:near|street|avenue|road|highway|exit|bridge)\b", re.I
)
_DIGITS = re.compile(r"\d+")


def heard_place(turn: Turn, slot: str) -> str | None:
    """A location at any time; words only when they were asked for. None when this turn names no place."""
    if turn.inbound.kind is Kind.LOCATION:
        return turn.inbound.text[:LONGEST_PLACE] or None
    words = turn.inbound.text.strip()
    if turn.chosen or turn.state.asked != slot or turn.understood.intent in _NO_PLACE or _is_question(words):
        return None
    if {"phone", "plate"} & turn.understood.slots.keys() and not _NAMED.search(_DIGITS.sub("", words)):
        return None  # a number to call is no place
    if turn.intent == "roadside" and not _NAMED.search(_ANYWHERE.sub("", words)):
        return None  # what happened, told once more
    return words[:LONGEST_PLACE] if len(words) >= _LEAST else None


def _is_question(words: str) -> bool:
    return words.endswith(("?", "？", "吗", "呢", "么"))
