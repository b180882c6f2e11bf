"""What the store knows of owners' visits, in the model's form, and what the model foretells in the store's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from math import isnan
from typing import Any

import numpy as np

from core.prediction.calibration import HeldOut
from core.prediction.history import Floats, History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from core.prediction.value import YEAR, Spending, future_value

_BLOCK = 20_000  # rows that are held twice
_EARLY, _MIDDLE, _LATE = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Past:
    """One row per owner who has been here. Columns: owner, days with a visit, first day, last day, spent, the sum of
    each day's spend squared, days with a visit until the split day, the last of them, the next day after it. Days
    are ordinals, not a number where there is none; money is in fen."""

    rows: Floats

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> Past:
        """From rows of numbers and dates in that order."""
        given, blocks = iter(rows), [np.empty((0, 9))]
        while block := list(islice(given, _BLOCK)):
            cells = map(_number, chain.from_iterable(block))
            blocks.append(np.fromiter(cells, np.float64, len(block) * 9).reshape(-1, 9))
        return cls(np.concatenate(blocks))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def owners(self) -> list[int]:
        return [int(one) for one in self.rows[:, 0]]

    def history(self, today: date) -> History:
        _, days, first, last, *_ = self.rows.T
        return History(days - 1, last - first, today.toordinal() - first, np.ones(len(self)))

    def held_out(self, split: date, days: int) -> HeldOut:
        """What was known on the split day, and what came within so many days of it."""
        known = self.rows[self.rows[:, 6] > 0].T
        day = split.toordinal()
        after = np.where(np.isnan(known[8]), np.inf, known[8] - day)
        history = History(known[6] - 1, known[7] - known[2], day - known[2], np.ones(known.shape[1]))
        return HeldOut(history, np.where(after > days, np.inf, after), days)

    def spending(self) -> Spending:
        return Spending.of(self.rows[:, 1], self.rows[:, 4], self.rows[:, 5])


@dataclass(frozen=True, slots=True)
class Foretold:
    """Of one owner. Shares 0–1; of those like this one who come back, a tenth come before `early_on`, half before
    `next_on`, a tenth after `late_on`; None: they hardly will, or beyond the horizon. Money in fen of today."""

    owner_id: int
    alive: float
    returns_soon: float
    returns_in_a_year: float
    visits_in_a_year: float
    next_on: date | None
    early_on: date | None
    late_on: date | None
    future_fen: int


def foretell(model: Returning, spending: Spending, past: Past, today: date, rules: PredictionRules) -> list[Foretold]:
    """One for each owner, in their order."""
    history = past.history(today)
    spend = spending.per_visit(past.rows[:, 1], past.rows[:, 4])
    columns: list[Floats] = [
        model.alive(history),
        model.returns_within(history, float(rules.return_days)),
        model.returns_within(history, YEAR),
        model.visits_within(history, YEAR),
        *(model.next_visit(history, share, float(rules.horizon_days)) for share in (_MIDDLE, _EARLY, _LATE)),
        future_value(model, history, spend, rules),
    ]
    rows = zip(past.owners, np.stack(columns, axis=1).tolist(), strict=True)
    return [_foretold(today, owner, *values) for owner, values in rows]


def _foretold(today: date, owner: int, *values: float) -> Foretold:
    *shares, middle, early, late, fen = values
    alive, soon, year, visits = (round(share, 4) for share in shares)
    days = (_day(today, middle), _day(today, early), _day(today, late))
    return Foretold(owner, alive, soon, year, visits, *days, round(fen))


def _number(cell: Any) -> float:
    if cell is None:
        return np.nan
    return float(cell.toordinal() if isinstance(cell, date) else cell)


def _day(today: date, days: float) -> date | None:
    return None if isnan(days) else today + timedelta(days=max(1, round(days)))
