"""A tick in parts: as much as one transaction should hold, committed, and on from there.

Nothing is remembered between two parts but how far the list of works has come, and the work that it has stopped in:
what is decided is a row, so whoever begins anew after a crash, or at the same time, finds only what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from journeys.items import TickItem
from storage.crm import Crm

T = TypeVar("T")
PART = 500  # owners per transaction
AGAIN = "again"  # a work that finds by itself what is left
Found = tuple[list[TickItem], Any]  # what was decided, and where this work has stopped; None: it is done
Work = Callable[[Crm, int, Any], Found]  # about so many owners at the most, from where it has stopped


@dataclass(frozen=True, slots=True)
class Pause:
    """Where a work stops to reckon: it goes on with what this gives, and no transaction is open meanwhile."""

    reckon: Callable[[], Any]


class Do(Protocol):
    """Runs a change in a transaction of its own and gives its result; the same change may be run again."""

    def __call__(self, change: Callable[[Crm], T], /) -> T: ...


def in_parts(works: Sequence[Work], do: Do, most: int = PART) -> list[TickItem]:
    """All works in order; each transaction ends where about that many owners have been decided."""
    items: list[TickItem] = []
    number, stop = 0, None
    while number < len(works):
        found, number, stop = do(partial(_part, works, number, stop, most))
        items += found
        if isinstance(stop, Pause):
            stop = stop.reckon()
    return items


def here(crm: Crm) -> Do:
    """All parts in the transaction that there is."""

    def do(change: Callable[[Crm], T], /) -> T:
        return change(crm)

    return do


def at_once(run: Callable[[Crm], list[TickItem]]) -> Work:
    """A work that is not divided."""
    return lambda crm, _room, _stop: (run(crm), None)


def _part(works: Sequence[Work], number: int, stop: Any, most: int, crm: Crm) -> tuple[list[TickItem], int, Any]:
    """What one transaction does from there on, and the number of the work to go on with and where that has stopped."""
    items: list[TickItem] = []
    while number < len(works) and len(items) < most:
        found, stop = works[number](crm, most - len(items), stop)
        items += found
        if stop is not None:
            break
        number += 1
    return items, number, stop
