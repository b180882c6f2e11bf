"""How well sentences nobody tuned for are understood, against what was reached before."""

from __future__ import annotations

import pytest

from tests.core.understanding.score import PARTS, labels, score

# share of sentences with the right intent, with exactly the right slots, with the right asks_back
FLOORS = {
    "tuned": (0.99, 0.99, 0.995),
    "held out": (0.965, 0.985, 0.99),
    "hard": (0.94, 0.965, 0.98),
    "fresh": (0.93, 0.985, 0.99),
    "unseen": (0.935, 0.935, 0.99),
}


def test_the_labelled_set_is_large_and_a_quarter_of_it_is_held_out() -> None:
    sizes = {part: len(labels(part)) for part in PARTS}
    assert sum(sizes.values()) >= 1980
    assert sizes["held out"] * 4 >= sizes["tuned"] + sizes["held out"]


def test_what_is_new_was_not_there_before() -> None:
    known: set[str] = set()
    for part in PARTS:
        texts = {label["text"] for label in labels(part)}
        assert not texts & known or part == "held out"
        known |= texts


@pytest.mark.parametrize("part", PARTS)
def test_owners_are_understood_at_least_as_well_as_before(part: str) -> None:
    found = score(part)
    print(f"{part}: {found.line}\n{found.table}")
    floor = FLOORS[part]
    assert (found.intent >= floor[0], found.slots >= floor[1], found.asks_back >= floor[2]) == (True, True, True)
