"""Visit histories: how often an owner came again, when last, and since when we know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class History:
    """One entry per history. `x`: visits after the first one; `last`: from the first to the last one; `age`: from the
    first one until today, both in one unit of time (days here, weeks in the papers); `count`: owners who have it."""

    x: Floats
    last: Floats
    age: Floats
    count: Floats

    @classmethod
    def of(
        cls,
        x: Sequence[float] | Floats,
        last: Sequence[float] | Floats,
        age: Sequence[float] | Floats,
        count: Sequence[float] | Floats | None = None,
    ) -> History:
        """Raises ValueError for what cannot be: 0 ≤ last ≤ age, and last = 0 where nobody came again."""
        arrays = [np.asarray(one, dtype=np.float64) for one in (x, last, age)]
        counts = np.ones_like(arrays[0]) if count is None else np.asarray(count, dtype=np.float64)
        one = cls(arrays[0], arrays[1], arrays[2], counts)
        if np.any((one.x < 0) | (one.last < 0) | (one.last > one.age) | ((one.x == 0) & (one.last > 0))):
            raise ValueError("a history needs 0 ≤ last ≤ age, and last = 0 where x = 0")
        return one

    def __len__(self) -> int:
        return len(self.x)

    @property
    def owners(self) -> float:
        return float(self.count.sum())

    @property
    def repeaters(self) -> float:
        return float(self.count[self.x > 0].sum())

    def grouped(self) -> History:
        """Equal histories once, with how many owners have them: a fit costs what differs, not what is stored."""
        columns = np.column_stack([self.x, self.last, self.age])
        distinct, place = np.unique(columns, axis=0, return_inverse=True)
        counts: Floats = np.zeros(len(distinct))
        np.add.at(counts, place.ravel(), self.count)
        return History(distinct[:, 0], distinct[:, 1], distinct[:, 2], counts)

    def where(self, chosen: NDArray[np.bool_]) -> History:
        return History(self.x[chosen], self.last[chosen], self.age[chosen], self.count[chosen])

    def later(self, time: Floats | float) -> History:
        """The same, so much later, and nobody came meanwhile."""
        return History(self.x, self.last, self.age + time, self.count)

    def coarser(self, unit: float) -> History:
        """In whole units of time, still as `last ≤ age`, so that more of them are equal."""
        return History(self.x, np.floor(self.last / unit) * unit, np.floor(self.age / unit) * unit, self.count)
