"""Finds the model's parameters by maximum likelihood, and says so when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.prediction.history import Floats, History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules

KINDS = tuple((k, at_first) for at_first in (False, True) for k in (1, 2, 3, 4, 6, 8))
STARTS = ((0.0, 0.0, 0.0, 0.0), (0.0, 0.0, -1.0, 1.0), (1.0, 0.0, -2.0, 0.0))  # logarithms, time in mean ages
_RULES = PredictionRules()
_PRIOR = 1e-3  # keeps a parameter that the data say nothing of from running away; too weak to move any other
_STEP = 1e-4
_FLAT = 1e-7  # of an owner's log-likelihood: no slope any more
_MOST_STEPS = 100
_LONGEST = 2.0  # step, in a logarithm
_EDGE = 12.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model. `sure`: the search ended on level ground."""

    model: Returning
    log_likelihood: float
    owners: int
    repeaters: int
    sure: bool


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Too little is known to say anything: what there is and what it takes."""

    owners: int
    repeaters: int
    least_owners: int
    least_repeaters: int


def fit(
    history: History,
    rules: PredictionRules = _RULES,
    *,
    k: int = 1,
    at_first: bool = False,
    starts: Sequence[tuple[float, ...]] = STARTS,
) -> Fit | NotEnough:
    """The likeliest parameters for those histories, which are best grouped."""
    if history.owners < rules.least_owners or history.repeaters < rules.least_repeaters:
        return NotEnough(int(history.owners), int(history.repeaters), rules.least_owners, rules.least_repeaters)
    unit = float(history.count @ history.age / history.owners) or 1.0
    scaled = History(history.x, history.last / unit, history.age / unit, history.count)

    def cost(point: Floats) -> float:
        r, alpha, a, b = np.exp(point)
        likelihood = Returning(r, alpha, a, b, k, at_first).log_likelihood(scaled)
        return float((_PRIOR * point @ point - likelihood) / history.owners)

    point, sure = _lowest(cost, starts)
    r, alpha, a, b = (float(one) for one in np.exp(point))
    model = Returning(r, alpha * unit, a, b, k, at_first)
    return Fit(model, model.log_likelihood(history), int(history.owners), int(history.repeaters), sure)


def _lowest(cost: Callable[[Floats], float], starts: Sequence[tuple[float, ...]]) -> tuple[Floats, bool]:
    """The first end on level ground, of which there is one (a test walks from all starts); else the lowest end."""
    ends = []
    for start in starts:
        point, level = _walk(cost, np.array(start))
        if level:
            return point, True
        ends.append(point)
    return min(ends, key=cost), False


def _walk(cost: Callable[[Floats], float], point: Floats) -> tuple[Floats, bool]:
    """Newton's steps downhill, shortened while they do not lead down (Levenberg)."""
    here, damping = cost(point), 1e-3
    for _ in range(_MOST_STEPS):
        slope, bend = _shape(cost, point, here)
        if np.max(np.abs(slope)) < _FLAT:
            return point, True
        while damping < 1e9:
            there = np.clip(point - _step(slope, bend, damping), -_EDGE, _EDGE)
            reached = cost(there)
            if reached < here:
                break
            damping *= 8
        else:
            return point, bool(np.max(np.abs(slope)) < 10 * _FLAT)
        point, here, damping = there, reached, max(damping / 8, 1e-12)
    return point, False


def _step(slope: Floats, bend: Floats, damping: float) -> Floats:
    """Along the bends of the ground; where it bends down it is taken as bending up."""
    values, ways = np.linalg.eigh(bend)
    step: Floats = ways @ ((ways.T @ slope) / (np.abs(values) + damping))
    return step * min(1.0, _LONGEST / max(float(np.max(np.abs(step))), 1e-300))


def _shape(cost: Callable[[Floats], float], point: Floats, here: float) -> tuple[Floats, Floats]:
    """First and second derivatives, from differences."""
    ways = np.eye(len(point)) * _STEP
    ahead = np.array([cost(point + way) for way in ways])
    behind = np.array([cost(point - way) for way in ways])
    slope = (ahead - behind) / (2 * _STEP)
    bend = np.diag((ahead - 2 * here + behind) / _STEP**2)
    for i in range(len(point)):
        for j in range(i):
            both = cost(point + ways[i] + ways[j]) + cost(point - ways[i] - ways[j])
            mixed = (both - ahead[i] - ahead[j] - behind[i] - behind[j] + 2 * here) / (2 * _STEP**2)
            bend[i, j] = bend[j, i] = mixed
    return slope, bend
