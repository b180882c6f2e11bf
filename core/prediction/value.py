"""What owners will bring: visits still to come, and the spend of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.prediction.history import Floats, History
from core.prediction.returning import Returning
from core.prediction.rules import PredictionRules

YEAR = 365.0
_BLIND = 1e9  # nobody's spend ever varied


@dataclass(frozen=True, slots=True)
class Spending:
    """What a visit of an owner brings: the shop's mean, and how far an owner's own mean is trusted over it.

    Bühlmann's credibility: after n visits the owner's own mean weighs n · trust / (n · trust + 1), where trust is the
    spread of owners over the spread of one owner's visits.
    """

    mean: float
    trust: float

    @classmethod
    def of(cls, visits: Floats, spent: Floats, squares: Floats) -> Spending:
        """`squares` is the sum of each visit's spend squared. All in one unit of money."""
        total = float(visits.sum())
        if not total:
            return cls(0.0, 0.0)
        mean, own = float(spent.sum()) / total, spent / visits
        repeated = total - len(visits)
        within = max(0.0, float(np.sum(squares - spent * own))) / repeated if repeated > 0 else 0.0
        spread = float(visits @ (own - mean) ** 2) - (len(visits) - 1) * within
        between = spread / (total - float(visits @ visits) / total) if len(visits) > 1 else 0.0
        if not repeated or between <= 0:
            return cls(mean, 0.0)
        return cls(mean, min(between / within, _BLIND) if within > 0 else _BLIND)

    def per_visit(self, visits: Floats, spent: Floats) -> Floats:
        """The expected spend of each owner's next visit."""
        weight = visits * self.trust / (visits * self.trust + 1)
        return weight * spent / visits + (1 - weight) * self.mean


def future_value(model: Returning, history: History, spend: Floats, rules: PredictionRules) -> Floats:
    """What the visits of the next years are worth today; each year's are paid in its middle. History in days."""
    until = [model.visits_within(history, year * YEAR) for year in range(rules.ltv_years + 1)]
    worth = [(1 + rules.ltv_discount) ** -(year + 0.5) for year in range(rules.ltv_years)]
    visits = np.sum([w * (later - now) for w, now, later in zip(worth, until, until[1:], strict=False)], axis=0)
    value: Floats = visits * spend
    return value
