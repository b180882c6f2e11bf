"""What a rehearsal came to: counted per journey and step, per day, per channel, with the reasons."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from journeys import TickItem
from storage.steps import HOLD_OUT, SEND, SKIP, TASK

_NUMBERS = re.compile(r"\d[\d-]*")
DECISIONS = (SEND, TASK, SKIP, HOLD_OUT)
Counts = dict[str, dict[str, dict[str, int]]]  # journey, step, decision


@dataclass(slots=True)
class Rehearsed:
    """The decisions of some days, and what the gate kept back of them."""

    first: date
    last: date
    days: list[tuple[date, list[TickItem]]] = field(default_factory=list)
    kept_back: dict[str, int] = field(default_factory=dict)

    @property
    def items(self) -> list[TickItem]:
        return [item for _, items in self.days for item in items]

    def document(self) -> dict[str, Any]:
        """The one document of `--json`; docs/commands.md has its shape."""
        return {
            "from": str(self.first),
            "to": str(self.last),
            "days": [
                {"day": str(day), "journeys": by_step(items), "channels": by_channel(items)} for day, items in self.days
            ],
            "totals": by_step(self.items),
            "channels": by_channel(self.items),
            "reasons": reasons(self.items),
            "kept_back": self.kept_back,
        }


def by_step(items: Sequence[TickItem]) -> Counts:
    """How often each step was decided in which way; what never happened is left out."""
    counts: Counts = defaultdict(lambda: defaultdict(dict))
    for (journey, step, decision), count in sorted(Counter((i.journey, i.step, i.decision) for i in items).items()):
        counts[journey][step][decision] = count
    return {journey: dict(steps) for journey, steps in counts.items()}


def by_channel(items: Iterable[TickItem]) -> dict[str, int]:
    """Messages and cards, by where they go."""
    return dict(sorted(Counter(item.channel for item in items if item.decision in (SEND, TASK)).items()))


def reasons(items: Iterable[TickItem]) -> dict[str, int]:
    """Why nothing was sent, most frequent first; numbers and days in it are "…"."""
    return dict(Counter(_NUMBERS.sub("…", item.reason) for item in items if item.decision == SKIP).most_common())


def lines(counts: Counts) -> Iterable[tuple[str, str, list[int]]]:
    """Journey, step and how often each of DECISIONS was taken."""
    for journey, steps in counts.items():
        for step, decisions in steps.items():
            yield journey, step, [decisions.get(name, 0) for name in DECISIONS]
