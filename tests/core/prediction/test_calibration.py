"""The model is held against what happened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.prediction.calibration import HeldOut, calibration, coverage, log_score
from core.prediction.fitting import Fit, NotEnough, fit
from core.prediction.history import History
from core.prediction.learning import Learnt, Trial, learn
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from tests.core.prediction.simulated import DAYS, cdnow, held_out, until, visits

RULES = PredictionRules()
REGULAR = Returning(1.6, 60, 0.5, 2.5, 4, at_first=True)  # half come again within about five months


def test_by_tenths_as_many_came_as_were_foretold() -> None:
    parts = calibration(REGULAR, held_out(visits(REGULAR, 8000)))
    assert len(parts) == 10
    assert [part.foretold for part in parts] == sorted(part.foretold for part in parts)
    assert [part.seen for part in parts] == pytest.approx([part.foretold for part in parts], abs=0.06)


def test_on_the_published_data_as_many_came_as_were_foretold() -> None:
    found = fit(cdnow().history.grouped())
    assert isinstance(found, Fit)
    parts = calibration(found.model, cdnow())
    assert sum(part.owners for part in parts) == 2357
    foretold = sum(part.foretold * part.owners for part in parts) / 2357
    assert foretold == pytest.approx(float(np.mean(cdnow().came)), abs=0.05)


def test_the_right_kind_scores_best() -> None:
    tried = held_out(visits(REGULAR, 4000))
    scores = {k: log_score(replace(REGULAR, k=k, alpha=240 / k), tried) for k in (1, 4)}
    assert scores[4] > scores[1]


def test_the_kind_is_found_by_the_last_year() -> None:
    came = visits(REGULAR, 3000)
    learnt = learn(until(came, DAYS), held_out(came), RULES)
    assert isinstance(learnt, Learnt)
    assert (learnt.fit.model.at_first, learnt.fit.sure) == (True, True)
    assert learnt.fit.model.k in (3, 4, 6)
    assert isinstance(learnt.trial, Trial)
    assert learnt.trial.owners < learnt.fit.owners == 3000


def test_of_the_lost_nine_in_ten_were_warned_of() -> None:
    warned = coverage(REGULAR, held_out(visits(REGULAR, 8000)), RULES)
    assert warned is not None
    assert 0.85 < warned.share < 0.98
    assert warned.false_share < 0.4
    assert warned.lost + warned.stayed > 1000


def owner_away(days: int, came_after: float, *, x: int = 5) -> tuple[float, float, float, float]:
    return x, 80.0 * x, 80.0 * x + days, came_after


def counted(row: tuple[float, float, float, float]) -> tuple[int, int]:
    """(lost, stayed) among sixty owners like this and sixty who were lost, of whom every second one is counted."""
    rows = [row] * 60 + [owner_away(100, float("inf"))] * 60
    x, last, age, after = zip(*rows, strict=True)
    found = coverage(REGULAR, HeldOut(History.of(x, last, age), np.array(after), 365), RULES)
    assert found is not None
    return found.lost - 30, found.stayed


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (owner_away(100, 264), (0, 30)),  # came the day before a year was over
        (owner_away(100, 266), (30, 0)),  # came, but after a year away
        (owner_away(100, float("inf")), (30, 0)),
        (owner_away(335, float("inf")), (30, 0)),  # could be warned of on the very last day
        (owner_away(336, float("inf")), (0, 0)),  # too late to be warned of
        (owner_away(10, float("inf"), x=0), (0, 0)),  # came once: was never regular
    ],
)
def test_who_counts_as_lost(row: tuple[float, float, float, float], expected: tuple[int, int]) -> None:
    assert counted(row) == expected


def test_a_warning_within_the_last_month_does_not_count() -> None:
    """Away for 335 days they are looked at once, a day later never: the risk that was reached later does not help."""
    x, last, age, after = zip(*[owner_away(335, float("inf"))] * 40, strict=True)
    found = coverage(REGULAR, HeldOut(History.of(x, last, age), np.array(after), 365), replace(RULES, least_lost=1))
    assert found is not None
    once = 1 - REGULAR.returns_within(History.of([5], [400], [735]), 365.0)[0]
    assert found.threshold == pytest.approx(once)


def test_with_few_lost_nothing_is_said_about_warnings() -> None:
    assert coverage(REGULAR, held_out(visits(REGULAR, 40)), RULES) is None


def test_a_young_shop_gets_a_model_without_a_trial_or_none_at_all() -> None:
    came = [owner for owner in visits(REGULAR, 1500) if owner[0] > DAYS - 365]
    young = learn(until(came, DAYS), held_out(came), RULES)
    assert isinstance(young, Learnt)
    assert isinstance(young.trial, NotEnough)
    assert isinstance(learn(until(came[:40], DAYS), held_out(came[:40]), RULES), NotEnough)
