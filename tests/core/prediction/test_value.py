"""What a visit brings, and what an owner will."""

from __future__ import annotations

import numpy as np
import pytest

from core.prediction.history import History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from core.prediction.value import Spending, future_value


def shrunk(*owners: list[float]) -> list[float]:
    """What is expected of each owner's next visit, from what they spent at each."""
    visits = np.array([float(len(one)) for one in owners])
    spent, squares = np.array([sum(one) for one in owners]), np.array([sum(v * v for v in one) for one in owners])
    return [float(one) for one in Spending.of(visits, spent, squares).per_visit(visits, spent)]


def test_owners_who_spend_alike_are_expected_to_spend_the_mean() -> None:
    assert shrunk([500, 700], [700, 500], [600]) == pytest.approx([600, 600, 600])


def test_one_dear_visit_tells_less_than_many() -> None:
    others = [[400.0, 700, 500, 600, 300]] * 8
    often, once, *usual = shrunk([3000, 2200, 3800, 2800, 3000, 3200], [3000], *others)
    assert usual[0] < 600 < once < often < 3000


def test_owners_who_never_vary_are_taken_at_their_word() -> None:
    assert shrunk([500, 500], [900, 900]) == pytest.approx([500, 900])


@pytest.mark.parametrize(("owners", "expected"), [([], []), ([[580.0]], [580.0]), ([[0.0, 0.0]], [0.0])])
def test_little_is_enough(owners: list[list[float]], expected: list[float]) -> None:
    assert shrunk(*owners) == pytest.approx(expected)


def test_the_mean_is_estimated_as_credibility_theory_says() -> None:
    """Owners with own means spread by 200 around 1000 and visits spread by 400 around those: weight n / (n + 4)."""
    random = np.random.default_rng(3)
    means = random.normal(1000, 200, 4000)
    owners = [
        random.normal(mean, 400, int(n)).tolist() for mean, n in zip(means, random.integers(1, 9, 4000), strict=True)
    ]
    wanted = [(len(o) * np.mean(o) + 4 * 1000) / (len(o) + 4) for o in owners]
    assert np.mean(np.abs(np.array(shrunk(*owners)) - wanted)) < 15


def test_a_steady_owner_is_worth_three_discounted_years() -> None:
    steady = Returning(5000.0, 5000.0 * 100, 1e-6, 1.0)  # every hundred days, for ever
    history = History.of([10], [1000], [1000])
    value = future_value(steady, history, np.array([500.0]), PredictionRules())
    assert value[0] == pytest.approx(3.65 * 500 * (1.1**-0.5 + 1.1**-1.5 + 1.1**-2.5), rel=0.01)


def test_who_has_left_is_worth_nothing_any_more() -> None:
    model = Returning(1.6, 60, 0.5, 2.5, 4, at_first=True)
    gone, here = future_value(
        model, History.of([8, 8], [640, 640], [1800, 650]), np.array([600.0] * 2), PredictionRules()
    )
    assert gone < here / 50
