"""How well sentences nobody tuned for are understood, against what was reached before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.understanding import Understood, understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
# share of sentences with the right intent, with exactly the right slots, with the right asks_back
FLOORS = {False: (0.99, 0.99, 0.995), True: (0.965, 0.985, 0.99)}
Label = dict[str, Any]


@cache
def labels() -> tuple[Label, ...]:
    lines = Path(__file__).with_name("utterances.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def heard(label: Label) -> Understood:
    return understand(label["text"], datetime.fromisoformat(label["at"]).astimezone(SHANGHAI))


def judged(held_out: bool) -> Iterator[tuple[Label, Understood]]:
    return ((label, heard(label)) for label in labels() if label["held_out"] is held_out)


def test_the_labelled_set_is_large_and_a_quarter_of_it_is_held_out() -> None:
    held_out = sum(label["held_out"] for label in labels())
    assert len(labels()) >= 1500
    assert held_out * 4 >= len(labels())


@pytest.mark.parametrize("held_out", [False, True])
def test_owners_are_understood_at_least_as_well_as_before(held_out: bool) -> None:
    pairs = list(judged(held_out))
    intent = sum(label["intent"] == said.intent for label, said in pairs) / len(pairs)
    slots = sum(label["slots"] == dict(said.slots) for label, said in pairs) / len(pairs)
    asks = sum(label["asks_back"] == said.asks_back for label, said in pairs) / len(pairs)
    _print_table("held out" if held_out else "tuned", pairs)
    print(f"intent {intent:.1%}  slots {slots:.1%}  asks back {asks:.1%}  of {len(pairs)} sentences")
    floor = FLOORS[held_out]
    assert (intent >= floor[0], slots >= floor[1], asks >= floor[2]) == (True, True, True)


def _print_table(title: str, pairs: list[tuple[Label, Understood]]) -> None:
    wanted = Counter(label["intent"] for label, _ in pairs)
    right = Counter(label["intent"] for label, said in pairs if label["intent"] == said.intent)
    print(f"\n{title}: right of wanted, by intent")
    print("  ".join(f"{name} {right[name]}/{wanted[name]}" for name in sorted(wanted)))
    named = Counter(slot for label, _ in pairs for slot in label["slots"])
    exact = Counter(s for label, said in pairs for s in label["slots"] if said.slots.get(s) == label["slots"][s])
    extra = Counter(slot for label, said in pairs for slot in said.slots if slot not in label["slots"])
    print("by slot, with those invented: ", end="")
    print("  ".join(f"{name} {exact[name]}/{named[name]} +{extra[name]}" for name in sorted(named)))
