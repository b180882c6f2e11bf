"""Who is about to leave, and why."""

from datetime import date
from typing import Any

import pytest

from core.churn import ChurnFacts, Level, churn_alert
from core.policy import ChurnRules

RULES = ChurnRules(watch_months=3, risk_overdue_days=7, low_rating=4)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "level", "reasons"),
    [
        ({"last_visit": None}, "none", []),
        ({"last_visit": TODAY}, "none", []),
        ({"last_visit": date(2026, 8, 24)}, "none", []),
        ({"last_visit": date(2026, 8, 23)}, "watch", [("away_days", 92)]),
        ({"last_visit": TODAY, "due_on": date(2026, 11, 17)}, "none", []),
        ({"last_visit": TODAY, "due_on": date(2026, 11, 16)}, "risk", [("overdue_since", "2026-11-16")]),
        ({"last_visit": TODAY, "due_on": date(2026, 11, 16), "answered_since_due": True}, "none", []),
        ({"last_visit": TODAY, "last_rating": 4}, "none", []),
        ({"last_visit": TODAY, "last_rating": 3}, "high", [("low_rating", 3)]),
        ({"last_visit": None, "last_rating": 1}, "high", [("low_rating", 1)]),
        ({"last_visit": date(2026, 1, 1), "due_on": date(2026, 10, 1), "last_rating": 2}, "high",
         [("away_days", 326), ("overdue_since", "2026-10-01"), ("low_rating", 2)]),
        ({"last_visit": date(2026, 1, 1), "due_on": date(2026, 10, 1)}, "risk",
         [("away_days", 326), ("overdue_since", "2026-10-01")]),
    ],
)  # fmt: skip
def test_the_highest_level_that_holds_with_every_reason(
    facts: dict[str, Any], level: str, reasons: list[tuple[str, int | str]]
) -> None:
    alert = churn_alert(ChurnFacts(**facts), TODAY, RULES)
    assert (alert.level, list(alert.reasons)) == (level, reasons)


def test_three_months_after_the_end_of_november_are_over_at_the_end_of_february() -> None:
    away = ChurnFacts(last_visit=date(2026, 11, 30))
    assert churn_alert(away, date(2027, 2, 27), RULES).level is Level.NONE
    assert churn_alert(away, date(2027, 2, 28), RULES).level is Level.WATCH
