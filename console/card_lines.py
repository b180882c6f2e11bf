"""The lines of a card, taken apart for a page."""

from __future__ import annotations

from typing import Any

from core.messages import Card
from core.say import StaffSay


def pairs(shown: Card, say: StaffSay) -> list[dict[str, Any]]:
    """The lines of a card as `{"name","value","quote"}`; `quote` is what to read out to the owner."""
    quoted = say.field("say", "").strip()
    found = []
    for line in shown.lines:
        name, _, value = line.partition(say.pick("：", ": "))
        found.append({"name": name, "value": value, "quote": line.startswith(quoted)})
    return found
