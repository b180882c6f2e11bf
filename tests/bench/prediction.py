"""What it costs to learn who comes back and to foretell it of everybody, in one process and without a library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from time import process_time
from typing import Any

import numpy as np

from core.prediction.fitting import Fit, fit
from core.prediction.history import History
from core.prediction.learning import learn
from core.prediction.past import Past, foretell
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules
from core.prediction.value import Spending
from tests.bench.table import print_table
from tests.core.prediction.simulated import DAYS, Visits, held_out, until, visits

TRUE = Returning(1.6, 60, 0.5, 2.5, 4, at_first=True)
TODAY = date(2026, 11, 23)
TIMES = 10  # a shop so many times as large has the same histories, and more owners with each
CHUNK = 2_000  # owners who are foretold in one transaction
RULES, SPENDING = PredictionRules(), Spending(50_000, 0.5)


def print_prediction(owners: int) -> None:
    came = visits(TRUE, owners)
    history = until(came, DAYS)
    weekly = history.coarser(7.0)
    base = seconds(lambda: found(weekly))
    measured = [
        ("fit, one owner a row", base),
        (f"fit, equal histories once ({len(weekly.grouped()):,} rows)", seconds(lambda: found(weekly.grouped()))),
        (f"the same, {TIMES} times the owners", seconds(lambda: found(larger(weekly).grouped()))),
        ("a dozen kinds, the best one tried and fitted", seconds(lambda: learn(history, held_out(came), RULES))),
        (f"{CHUNK:,} owners foretold", seconds(lambda: foretell(TRUE, SPENDING, past(came[:CHUNK]), TODAY, RULES))),
    ]
    print(f"\nWho comes back, of {owners:,} simulated owners in four years (one process):\n")
    rows = [(what, f"{time:.2f} s", f"{time / base:.2f}") for what, time in measured]
    print_table([("what", "measured", "× one owner a row"), *rows])


def seconds(work: Callable[[], Any]) -> float:
    """Of the processor, so that a busy machine does not count."""
    started = process_time()
    work()
    return process_time() - started


def found(history: History) -> None:
    one = fit(history, RULES, k=4, at_first=True)
    assert isinstance(one, Fit)
    assert one.sure


def larger(history: History) -> History:
    x, last, age, count = (np.tile(one, TIMES) for one in (history.x, history.last, history.age, history.count))
    return History(x, last, age, count)


def past(came: Visits) -> Past:
    first = TODAY - timedelta(days=DAYS)
    days = [[first + timedelta(days=day) for day in owner] for owner in came]
    return Past.of(
        (number, len(one), one[0], one[-1], 58_000 * len(one), 58_000.0**2 * len(one), 0, None, None)
        for number, one in enumerate(days, 1)
    )


if __name__ == "__main__":
    print_prediction(20_000)
