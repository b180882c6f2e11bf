"""Where an owner stands with the shop."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.stages import StageFacts, StageRules, stage

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "visits", "grade", "level", "wanted", "why"),
    [
        (0, 1, "normal", "none", "new", ("known_days", 0)),
        (89, 3, "silver", "watch", "new", ("known_days", 89)),
        (90, 3, "silver", "none", "growing", ("known_days", 90)),
        (90, 0, "normal", "none", "growing", ("known_days", 90)),
        (10, 4, "normal", "none", "mature", ("visits_total", 4)),
        (10, 2, "gold", "none", "mature", ("grade", "gold")),
        (10, 3, "diamond", "watch", "mature", ("grade", "diamond")),
        (400, 9, "gold", "risk", "at_risk", ("churn_level", "risk")),
        (5, 1, "normal", "high", "at_risk", ("churn_level", "high")),
        (400, 9, "dormant", "watch", "at_risk", ("grade", "dormant")),
        (900, 9, "lost", "high", "lost", ("grade", "lost")),
    ],
)
def test_the_furthest_stage_that_holds(
    days: int, visits: int, grade: str, level: str, wanted: str, why: tuple[str, int | str]
) -> None:
    facts = StageFacts(TODAY - timedelta(days=days), visits, grade, level)
    assert stage(facts, TODAY, StageRules()) == (wanted, (why,))
