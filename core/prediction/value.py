"""What owners will bring: visits still to come, and the spend of one."""

from __future__ import annotations

import numpy as np

from core.prediction.history import Floats, History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules

YEAR = 365.0


def spend_per_visit(visits: Floats, spent: Floats, squares: Floats) -> Floats:
    """An owner's mean spend, drawn towards the shop's mean the more, the less is known of the owner.

    Bühlmann's credibility: weight visits / (visits + within ÷ between), the spread of one owner's visits over the
    spread of owners. `squares` is the sum of each visit's spend squared. All in one unit of money.
    """
    total = float(visits.sum())
    if not total:
        return np.zeros(len(visits))
    shop, own = float(spent.sum()) / total, spent / visits
    repeated = total - len(visits)
    within = float(np.sum(squares - spent * own)) / repeated if repeated > 0 else 0.0
    spread = float(visits @ (own - shop) ** 2) - (len(visits) - 1) * within
    between = spread / (total - float(visits @ visits) / total) if len(visits) > 1 else 0.0
    weight = visits / (visits + within / between) if between > 0 else np.zeros(len(visits))
    return weight * own + (1 - weight) * shop


def future_value(model: Returning, history: History, spend: Floats, rules: PredictionRules) -> Floats:
    """What the visits of the next years are worth today; each year's are paid in its middle. History in days."""
    until = [model.visits_within(history, year * YEAR) for year in range(rules.ltv_years + 1)]
    worth = [(1 + rules.ltv_discount) ** -(year + 0.5) for year in range(rules.ltv_years)]
    visits = np.sum([w * (later - now) for w, now, later in zip(worth, until, until[1:], strict=False)], axis=0)
    value: Floats = visits * spend
    return value
