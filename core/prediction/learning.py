"""Fits the kind of model that foretells the shop's last year best, and tells how well it does."""

from __future__ import annotations

from dataclasses import dataclass

from core.prediction.calibration import Coverage, HeldOut, Part, calibration, coverage, log_score
from core.prediction.fitting import KINDS, Fit, NotEnough, fit
from core.prediction.history import History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules

_UNTRIED = (1, True)  # the kind for a shop whose past is too short to choose by
_SAMPLE = 5_000  # owners are enough to choose among kinds
_WEEK = 7.0  # fine enough for visits months apart


@dataclass(frozen=True, slots=True)
class Trial:
    """How a model that was fitted without the last `days` foretold them."""

    days: int
    owners: int
    log_score: float
    parts: list[Part]
    coverage: Coverage | None  # None: too few were lost


@dataclass(frozen=True, slots=True)
class Learnt:
    """The model on the whole past, and its trial, or what was missing for one."""

    fit: Fit
    trial: Trial | NotEnough


def learn(history: History, held_out: HeldOut, rules: PredictionRules) -> Learnt | NotEnough:
    """Histories in days, one owner an entry: until today, and until the split day with what followed.

    Which kind is chosen and how it does rest on the same held-out days; among a dozen kinds of four parameters the
    flattery is small.
    """
    best = _best(held_out, rules)
    k, at_first = (best.k, best.at_first) if isinstance(best, Returning) else _UNTRIED
    whole = fit(_countable(history), rules, k=k, at_first=at_first)
    if isinstance(whole, NotEnough):
        return whole
    return Learnt(whole, _trial(best, held_out, rules) if isinstance(best, Returning) else best)


def _best(held_out: HeldOut, rules: PredictionRules) -> Returning | NotEnough:
    """The kind that foretold the held-out days of a sample best, as fitted to everybody before them."""
    sample = held_out.sample(_SAMPLE)
    few, before = _countable(sample.history), _countable(held_out.history)
    fits = [fit(few, rules, k=k, at_first=at_first) for k, at_first in KINDS]
    models = [one.model for one in fits if isinstance(one, Fit) and one.sure]
    kind = max(models, key=lambda model: log_score(model, sample), default=None)
    whole = fit(before, rules, k=kind.k, at_first=kind.at_first) if kind else None
    if isinstance(whole, Fit) and whole.sure:
        return whole.model
    return NotEnough(int(before.owners), int(before.repeaters), rules.least_owners, rules.least_repeaters)


def _countable(history: History) -> History:
    return history.coarser(_WEEK).grouped()


def _trial(model: Returning, held_out: HeldOut, rules: PredictionRules) -> Trial:
    return Trial(
        days=held_out.days,
        owners=len(held_out.history),
        log_score=log_score(model, held_out),
        parts=calibration(model, held_out),
        coverage=coverage(model, held_out, rules),
    )
