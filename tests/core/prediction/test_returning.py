"""The model against the published figures, an independent sum, and owners who behave as it says."""

from __future__ import annotations

from math import exp, lgamma

import numpy as np
import pytest

from core.prediction.history import History
from core.prediction.returning import Returning, log_rising
from tests.core.prediction.simulated import DAYS, until, visits

PAPER = Returning(0.243, 4.414, 0.793, 2.426)  # weeks
WANG = History.of([2], [30.43], [38.86])  # the customer of the paper's example


def beta(a: float, b: float) -> float:
    return exp(lgamma(a) + lgamma(b) - lgamma(a + b))


def integrated(model: Returning, x: int, last: float, age: float) -> float:
    """The likelihood of one history, summed over rates and chances of leaving as its words say."""
    rates = np.linspace(1e-9, 60 / model.alpha, 200_001)
    leaving = np.linspace(1e-9, 1 - 1e-9, 20_001)
    chances = x + model.at_first
    silence = rates * (age - last)
    stays = np.exp(-silence) * sum(silence**j / exp(lgamma(j + 1)) for j in range(model.k))
    spread = model.alpha**model.r * rates ** (model.r - 1) * np.exp(-model.alpha * rates) / exp(lgamma(model.r))
    came = rates ** (model.k * x) * np.exp(-rates * last)
    weights = leaving ** (model.a - 1) * (1 - leaving) ** (model.b - 1) / beta(model.a, model.b)
    stayed = np.trapezoid(weights * (1 - leaving) ** chances, leaving)
    left = np.trapezoid(weights * leaving * (1 - leaving) ** (chances - 1), leaving) if chances else 0.0
    return float(stayed * np.trapezoid(spread * came * stays, rates) + left * np.trapezoid(spread * came, rates))


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("at_first", [False, True])
@pytest.mark.parametrize(("x", "last", "age"), [(0, 0, 40), (1, 10, 30), (3, 30, 33), (2, 20, 20)])
def test_the_likelihood_is_the_sum_over_all_kinds_of_owners(
    k: int, at_first: bool, x: int, last: float, age: float
) -> None:
    model = Returning(2.5, 12.0, 2.2, 3.1, k, at_first)
    ours = model.log_likelihood(History.of([x], [last], [age]))
    assert ours == pytest.approx(np.log(integrated(model, x, last, age)), abs=1e-4)


def test_the_example_of_the_paper() -> None:
    assert PAPER.visits_within(WANG, 39)[0] == pytest.approx(1.226, abs=5e-4)
    assert PAPER.alive(WANG)[0] == pytest.approx(0.7266, abs=5e-4)


@pytest.mark.parametrize(("x", "last", "age", "time"), [(2, 30.43, 38.86, 39), (0, 0, 30, 52), (26, 30, 31, 10)])
def test_one_phase_is_the_closed_form_of_bg_nbd(x: int, last: float, age: float, time: float) -> None:
    r, alpha, a, b = PAPER.r, PAPER.alpha, PAPER.a, PAPER.b
    z, term, series = time / (alpha + age + time), 1.0, 1.0
    for n in range(2000):
        term *= (r + x + n) * (b + x + n) / ((a + b + x - 1 + n) * (n + 1)) * z
        series += term
    above = (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + time)) ** (r + x) * series)
    below = 1 + (a / (b + x - 1) * ((alpha + age) / (alpha + last)) ** (r + x) if x else 0)
    history = History.of([x], [last], [age])
    assert PAPER.visits_within(history, time)[0] == pytest.approx(above / below, rel=1e-6)
    assert PAPER.alive(history)[0] == pytest.approx(1 / below)


@pytest.mark.parametrize(("k", "at_first"), [(1, False), (1, True), (4, True), (8, False)])
def test_as_many_come_as_it_says(k: int, at_first: bool) -> None:
    model = Returning(1.6, 240 / k, 0.5, 2.5, k, at_first)
    came = visits(model, 6000, seed=5)
    split = DAYS - 400
    known, later = until(came, split), [[day for day in owner if day > split] for owner in came if owner[0] <= split]
    soon = [[day for day in owner if day <= split + 90] for owner in later]
    assert model.visits_within(known, 400).sum() == pytest.approx(sum(map(len, later)), rel=0.05)
    assert model.returns_within(known, 400).sum() == pytest.approx(sum(map(bool, later)), rel=0.05)
    assert model.returns_within(known, 90).sum() == pytest.approx(sum(map(bool, soon)), rel=0.07)


def test_half_of_those_who_come_back_have_come_by_the_middle_day() -> None:
    model = Returning(1.6, 60, 0.5, 2.5, 4, True)
    known = History.of([3, 0, 6], [700, 0, 400], [800, 900, 1400])
    middle = model.next_visit(known, 0.5, 3650)
    share = [model.returns_within(known, day)[i] / model.alive(known)[i] for i, day in enumerate(middle)]
    assert share == pytest.approx([0.5] * 3, abs=1e-3)
    early, late = model.next_visit(known, 0.1, 3650), model.next_visit(known, 0.9, 3650)
    assert np.all(early < middle)
    assert np.all((middle < late) | np.isnan(late))


def test_what_lies_beyond_the_horizon_is_not_foretold() -> None:
    rare = Returning(0.3, 900, 0.5, 2.5)
    assert np.isnan(rare.next_visit(History.of([0], [0], [400]), 0.9, 365))[0]


def test_a_rhythm_makes_silence_tell_more() -> None:
    """Somebody who came every 90 days and has been away for 300 is likelier lost when visits keep a rhythm."""
    history = History.of([6], [540], [840])
    loose, regular = (Returning(2.0, 180 / k, 0.5, 2.5, k).alive(history)[0] for k in (1, 4))
    assert regular < loose / 2


def test_the_first_day_the_busiest_owner_and_nobody_at_all() -> None:
    for k in (1, 8):
        model = Returning(1.2, 200 / k, 0.6, 2.0, k, at_first=True)
        edge = History.of([0, 300, 1], [0, 1000, 0], [0, 1000, 5])
        for foretold in (model.alive(edge), model.returns_within(edge, 365), model.visits_within(edge, 365)):
            assert np.all(np.isfinite(foretold))
        assert model.visits_within(edge, 365)[1] == pytest.approx(95, rel=0.25)
        assert model.visits_within(edge, 0).tolist() == [0, 0, 0]
        nobody = History.of([], [], [])
        assert len(model.visits_within(nobody, 365)) == len(model.next_visit(nobody, 0.5, 100)) == 0


@pytest.mark.parametrize("k", [1, 3, 8])
def test_somebody_who_comes_daily_is_expected_daily(k: int) -> None:
    """A taxi driver's car wash: a thousand phases and more are counted without running out of small numbers."""
    steady = Returning(1.2, 200 / k, 1e-9, 1.0, k)
    pace = (1.2 + k * 900) / (200 / k + 1000) / k
    assert steady.visits_within(History.of([900], [1000], [1000]), 365)[0] == pytest.approx(365 * pace, abs=0.6)


def test_a_history_that_cannot_be_is_refused() -> None:
    for x, last, age in [(0, 5, 10), (1, 11, 10), (-1, 0, 10)]:
        with pytest.raises(ValueError, match="0 ≤ last ≤ age"):
            History.of([x], [last], [age])


def test_rising_products_are_those_of_the_gamma_function() -> None:
    steps = np.array([0.0, 1.0, 7.0, 2400.0])
    assert log_rising(0.7, steps).tolist() == pytest.approx([lgamma(0.7 + n) - lgamma(0.7) for n in steps])
