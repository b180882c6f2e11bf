"""From the store's rows to the model and back."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from core.prediction.past import Past, foretell
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from core.prediction.value import Spending

TODAY, SPLIT = date(2026, 11, 23), date(2025, 11, 23)
MODEL = Returning(1.6, 60, 0.5, 2.5, 4, at_first=True)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# number, visits, first, last, spent, squares, visits until the split day, last of them, next one
LI = (7, 4, ago(900), ago(100), 200_000, 1e10, 2, ago(700), ago(300))
WANG = (8, 1, ago(20), ago(20), 58_000, 58_000.0**2, 0, None, ago(20))
ZHAO = (9, 2, ago(1000), ago(800), 90_000, 4.1e9, 2, ago(800), None)
PAST = Past.of([LI, WANG, ZHAO])


def test_a_history_counts_from_the_first_visit() -> None:
    history = PAST.history(TODAY)
    assert history.x.tolist() == [3, 0, 1]
    assert history.last.tolist() == [800, 0, 200]
    assert history.age.tolist() == [900, 20, 1000]


def test_on_the_split_day_only_what_was_known_then_counts() -> None:
    held_out = PAST.held_out(SPLIT, 365)
    assert held_out.history.x.tolist() == [1, 1]
    assert held_out.history.last.tolist() == [200, 200]
    assert held_out.history.age.tolist() == [535, 635]
    assert held_out.came_after.tolist() == [65, np.inf]
    assert PAST.held_out(SPLIT, 64).came_after.tolist() == [np.inf, np.inf]


def test_each_owner_is_foretold_in_their_order() -> None:
    told = foretell(MODEL, Spending(50_000, 0.5), PAST, TODAY, PredictionRules())
    assert [one.owner_id for one in told] == [7, 8, 9]
    li, wang, zhao = told
    assert li.alive > wang.alive > zhao.alive
    assert li.returns_soon < li.returns_in_a_year
    assert li.future_fen > zhao.future_fen
    assert li.next_on is not None
    assert li.early_on is not None
    assert li.late_on is not None
    assert TODAY < li.early_on <= li.next_on <= li.late_on


def test_nobody_is_no_trouble() -> None:
    nobody = Past.of([])
    assert len(nobody) == len(nobody.history(TODAY)) == len(nobody.held_out(SPLIT, 365).history) == 0
    assert nobody.spending() == Spending(0.0, 0.0)
    assert foretell(MODEL, nobody.spending(), nobody, TODAY, PredictionRules()) == []
