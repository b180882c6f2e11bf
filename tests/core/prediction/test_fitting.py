"""The fit finds what was published, what was put in, and says when it knows too little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.prediction.fitting import STARTS, Fit, NotEnough, fit
from core.prediction.history import History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from tests.core.prediction.simulated import DAYS, cdnow, until, visits

FEW = PredictionRules(least_owners=10, least_repeaters=5)


def weeks(history: History) -> History:
    return History(history.x, history.last / 7, history.age / 7, history.count)


def test_the_published_parameters_of_cdnow() -> None:
    found = fit(weeks(cdnow().history).grouped())
    assert isinstance(found, Fit)
    model = found.model
    assert [model.r, model.alpha, model.a, model.b] == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=0.005)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    assert (found.owners, found.repeaters, found.sure) == (2357, 946, True)


def test_the_published_parameters_of_the_kind_that_may_leave_at_once() -> None:
    """MBG/NBD (Batislam, Denizel, Filiztekin 2007) on the same data, the figures that lifetimes is tested with."""
    found = fit(weeks(cdnow().history).grouped(), at_first=True)
    assert isinstance(found, Fit)
    model = found.model
    assert [model.r, model.alpha, model.a, model.b] == pytest.approx([0.525, 6.183, 0.891, 1.614], abs=0.005)


@pytest.mark.parametrize(("k", "at_first"), [(1, False), (1, True), (4, True), (8, False)])
def test_wherever_the_search_starts_it_ends_at_one_place(k: int, at_first: bool) -> None:
    far = ((-4.0, -3.0, -3.0, -3.0), (3.0, 3.0, 2.0, -2.0), (-2.0, 4.0, 3.0, 3.0))
    for history in (cdnow().history.grouped(), until(visits(Returning(1.6, 60, 0.6, 2.5, 4), 500), DAYS).grouped()):
        ends = [fit(history, k=k, at_first=at_first, starts=[start]) for start in (*STARTS, *far)]
        found = [end for end in ends if isinstance(end, Fit) and end.sure]
        assert len(found) >= len(STARTS)
        assert np.ptp([end.log_likelihood for end in found]) < 1e-3


def test_equal_histories_count_as_often_as_owners_have_them() -> None:
    history = cdnow().history
    one_by_one, grouped = fit(history), fit(history.grouped())
    assert isinstance(one_by_one, Fit)
    assert isinstance(grouped, Fit)
    assert grouped.owners == one_by_one.owners
    assert grouped.model.alpha == pytest.approx(one_by_one.model.alpha, rel=1e-4)


@pytest.mark.parametrize(("k", "at_first"), [(1, False), (2, False), (3, True), (8, True)])
def test_what_was_put_in_comes_out(k: int, at_first: bool) -> None:
    true = Returning(1.6, 200 / k, 0.6, 2.5, k, at_first)
    found = fit(until(visits(true, 6000, seed=k), DAYS).grouped(), k=k, at_first=at_first)
    assert isinstance(found, Fit)
    assert found.sure
    assert found.model.r == pytest.approx(true.r, rel=0.15)
    assert found.model.alpha == pytest.approx(true.alpha, rel=0.15)
    assert found.model.a / (found.model.a + found.model.b) == pytest.approx(0.6 / 3.1, rel=0.15)


@pytest.mark.parametrize(
    "history",
    [History.of([], [], []), History.of([0] * 500, [0] * 500, [300] * 500), History.of([3] * 60, [90] * 60, [99] * 60)],
    ids=["nobody", "all came once", "too few owners"],
)
def test_too_little_is_a_value_and_no_number_is_made_up(history: History) -> None:
    found = fit(history.grouped())
    assert isinstance(found, NotEnough)
    assert (found.owners, found.least_owners, found.least_repeaters) == (len(history), 100, 50)


@pytest.mark.parametrize("k", [1, 4])
@pytest.mark.parametrize("at_first", [False, True])
@pytest.mark.parametrize(
    "owner", [(9, 900, 1000), (1, 5, 1000), (300, 1000, 1000), (4, 0, 0)], ids="regular hasty daily at_once".split()
)
def test_owners_who_are_all_alike_end_in_numbers_whether_or_not_it_is_sure_of_them(
    k: int, at_first: bool, owner: tuple[float, float, float]
) -> None:
    x, last, age = owner
    found = fit(History.of([x] * 200, [last] * 200, [age] * 200).grouped(), k=k, at_first=at_first)
    assert isinstance(found, Fit)
    assert np.isfinite(found.log_likelihood)
    assert 0 <= found.model.alive(History.of([x], [last], [age]))[0] <= 1


def test_one_busy_owner_among_many_is_no_trouble() -> None:
    rows = [(0, 0, 400)] * 300 + [(2, 300, 500)] * 100 + [(300, 1000, 1005)]
    x, last, age = zip(*rows, strict=True)
    found = fit(History.of(x, last, age).grouped(), replace(FEW))
    assert isinstance(found, Fit)
    assert found.sure
