"""A tick in parts: as much as one transaction should hold, committed, and on from there.

Nothing is remembered between two parts but how far the list of works has come: what is decided is a row, so whoever
goes on, or begins anew after a crash, finds only what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from journeys.items import TickItem
from storage.crm import Crm

T = TypeVar("T")
PART = 500  # owners per transaction
Found = tuple[list[TickItem], bool]  # what was decided, and whether this work has more to do
Work = Callable[[Crm, int], Found]  # about so many owners at the most


class Do(Protocol):
    """Runs a change in a transaction of its own and gives its result; the same change may be run again."""

    def __call__(self, change: Callable[[Crm], T], /) -> T: ...


def in_parts(works: Sequence[Work], do: Do, most: int = PART) -> list[TickItem]:
    """All works in order; each transaction ends where about that many owners have been decided."""
    items: list[TickItem] = []
    number = 0
    while number < len(works):
        found, number = do(partial(_part, works, number, most))
        items += found
    return items


def here(crm: Crm) -> Do:
    """All parts in the transaction that there is."""

    def do(change: Callable[[Crm], T], /) -> T:
        return change(crm)

    return do


def at_once(run: Callable[[Crm], list[TickItem]]) -> Work:
    """A work that is not divided."""
    return lambda crm, _room: (run(crm), False)


def _part(works: Sequence[Work], number: int, most: int, crm: Crm) -> tuple[list[TickItem], int]:
    """What one transaction does from that work on, and the number of the work to go on with."""
    items: list[TickItem] = []
    while number < len(works) and len(items) < most:
        found, more = works[number](crm, most - len(items))
        items += found
        if more:
            break
        number += 1
    return items, number
