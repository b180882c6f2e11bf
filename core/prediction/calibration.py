"""Holds a model against what happened after it was fitted: how right its shares are, and whom it warned of in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.prediction.history import Floats, History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules

PARTS = 10
_SURELY = 1e-6  # nothing is foretold with more certainty than this when it is scored


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the model did not see. `history`: until the split day, one owner an entry; `came_after`: days from the
    split day until the next visit, infinite where nobody came within the `days` that follow it."""

    history: History
    came_after: Floats
    days: int

    @property
    def came(self) -> NDArray[np.bool_]:
        return np.isfinite(self.came_after)

    def sample(self, most: int) -> HeldOut:
        """Evenly drawn owners, not many more than that."""
        chosen = np.arange(len(self.history)) % max(1, len(self.history) // most) == 0
        return HeldOut(self.history.where(chosen), self.came_after[chosen], self.days)


@dataclass(frozen=True, slots=True)
class Part:
    """A tenth of the owners, by what was foretold: the share that should come back, and the share that did."""

    owners: int
    foretold: float
    seen: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of owners who had come at least twice and then stayed away until they counted as lost, whom we warned of in
    time. `threshold`: the risk from which we warn; it was set on other owners than those counted here."""

    threshold: float
    lost: int
    warned: int
    stayed: int  # who came back before they would have counted as lost
    false_warnings: int  # and whom we warned of all the same

    @property
    def share(self) -> float:
        return self.warned / self.lost

    @property
    def false_share(self) -> float:
        return self.false_warnings / self.stayed if self.stayed else 0.0


def risk(model: Returning, history: History, rules: PredictionRules) -> Floats:
    """The probability that the owner will not come within the time after which one counts as lost."""
    return 1.0 - model.returns_within(history, float(rules.held_out_days))


def log_score(model: Returning, held_out: HeldOut) -> float:
    """How well it was foretold who comes, a logarithm per owner; 0 is best."""
    chance = np.clip(model.returns_within(held_out.history, float(held_out.days)), _SURELY, 1 - _SURELY)
    return float(np.mean(np.where(held_out.came, np.log(chance), np.log1p(-chance))))


def calibration(model: Returning, held_out: HeldOut) -> list[Part]:
    """By tenths, from those least expected back to those most expected."""
    foretold = model.returns_within(held_out.history, float(held_out.days))
    tenths = np.array_split(np.argsort(foretold, kind="stable"), PARTS)
    return [
        Part(len(tenth), float(foretold[tenth].mean()), float(held_out.came[tenth].mean()))
        for tenth in tenths
        if len(tenth)
    ]


def coverage(model: Returning, held_out: HeldOut, rules: PredictionRules) -> Coverage | None:
    """None: too few were lost to say anything.

    Every second owner sets the threshold, the highest that reaches the goal; the others are counted.
    """
    worst, lost = _worst_risk(model, held_out, rules)
    setting = np.arange(len(worst)) % 2 == 0
    if min(np.sum(lost & setting), np.sum(lost & ~setting)) < rules.least_lost:
        return None
    threshold = float(np.quantile(worst[lost & setting], 1 - rules.coverage_goal, method="lower"))
    warned = worst >= threshold
    counted = [lost, lost & warned, ~lost, ~lost & warned]
    return Coverage(threshold, *(int(np.sum(who & ~setting)) for who in counted))


def _worst_risk(model: Returning, held_out: HeldOut, rules: PredictionRules) -> tuple[Floats, NDArray[np.bool_]]:
    """Of owners in question: the highest risk seen while a warning was still in time, and whether they were lost."""
    away = held_out.history.age - held_out.history.last
    in_question = (held_out.history.x > 0) & (away <= rules.held_out_days - rules.warned_days)
    history, came_after = held_out.history.where(in_question), held_out.came_after[in_question]
    lost_after = rules.held_out_days - away[in_question]
    worst = np.zeros(len(history))
    for day in range(0, rules.held_out_days, rules.checked_every_days):
        in_time = (day <= lost_after - rules.warned_days) & (day < came_after)
        worst = np.where(in_time, np.maximum(worst, risk(model, history.later(day), rules)), worst)
    return worst, came_after > lost_after
