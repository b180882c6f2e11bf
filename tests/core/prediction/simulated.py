"""Owners who behave exactly as the model says, and the published data of the paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from core.prediction.calibration import HeldOut
from core.prediction.history import History
from core.prediction.returning import Returning

CDNOW = Path(__file__).parents[1] / "data" / "cdnow.csv"
DAYS, HELD_OUT = 1500, 365
Visits = list[list[int]]  # per owner: days on which they came, from 0


def visits(model: Returning, owners: int, seed: int = 1, days: int = DAYS) -> Visits:
    """Each owner's days, the first one anywhere but in the last month."""
    random = np.random.default_rng(seed)
    rates, leaving = random.gamma(model.r, 1 / model.alpha, owners), random.beta(model.a, model.b, owners)
    return [_one(model, random, rate, leaves, days) for rate, leaves in zip(rates, leaving, strict=True)]


def until(came: Visits, day: int) -> History:
    seen = [days for owner in came if (days := [one for one in owner if one <= day])]
    return History.of([len(s) - 1 for s in seen], [s[-1] - s[0] for s in seen], [day - s[0] for s in seen])


def held_out(came: Visits, days: int = HELD_OUT, end: int = DAYS) -> HeldOut:
    split = end - days
    known = [owner for owner in came if owner[0] <= split]
    after = [next((day - split for day in owner if day > split), np.inf) for owner in known]
    return HeldOut(until(known, split), np.array(after, dtype=np.float64), days)


@cache
def cdnow() -> HeldOut:
    """2,357 customers of an online shop, first bought January to March 1997, 39 weeks and 39 more; in days.

    Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2): the 1/10 sample.
    """
    table = np.genfromtxt(CDNOW, delimiter=",", skip_header=1)
    rows = np.repeat(table, table[:, 4].astype(int), axis=0)
    after = np.where(np.isnan(rows[:, 3]), np.inf, rows[:, 3])
    return HeldOut(History.of(rows[:, 0], rows[:, 1], rows[:, 2]), after, 273)


def _one(model: Returning, random: np.random.Generator, rate: float, leaves: float, days: int) -> list[int]:
    now = float(random.uniform(0, days - 30))
    came = [int(now)]
    gone = model.at_first and random.random() < leaves
    while not gone:
        now += float(random.gamma(model.k, 1 / rate))
        if now >= days:
            break
        if int(now) != came[-1]:
            came.append(int(now))
        gone = random.random() < leaves
    return came
