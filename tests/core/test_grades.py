"""What an owner is worth, on the days before and after each line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.due import months_after, months_before
from core.grades import GRADES_GENERAL, GRADES_NEV, WINDOW, GradeFacts, GradeRules, grade, next_change

TODAY = date(2026, 11, 23)


def came(days_ago: int, visits: int, yuan: int) -> GradeFacts:
    return GradeFacts(TODAY - timedelta(days=days_ago), visits, yuan * 100)


@pytest.mark.parametrize(
    ("days_ago", "visits", "yuan", "nev", "general"),
    [
        (0, 4, 15_000, "diamond", "diamond"),
        (59, 4, 15_000, "diamond", "diamond"),
        (60, 4, 15_000, "diamond", "gold"),
        (89, 3, 8_000, "gold", "gold"),
        (90, 3, 8_000, "gold", "silver"),
        (119, 2, 4_000, "silver", "silver"),
        (120, 2, 4_000, "silver", "normal"),
        (179, 3, 15_000, "diamond", "normal"),
        (180, 3, 15_000, "gold", "normal"),
        (181, 3, 15_000, "gold", "dormant"),
        (269, 2, 8_000, "gold", "dormant"),
        (270, 2, 8_000, "silver", "dormant"),
        (269, 1, 8_000, "silver", "dormant"),
        (10, 3, 14_999, "gold", "gold"),
        (10, 1, 3_999, "normal", "normal"),
        (360, 1, 4_000, "silver", "dormant"),
        (361, 1, 4_000, "silver", "lost"),
        (364, 1, 4_000, "silver", "lost"),
        (365, 1, 4_000, "normal", "lost"),
        (366, 0, 0, "dormant", "lost"),
        (540, 0, 0, "dormant", "lost"),
        (541, 0, 0, "lost", "lost"),
    ],
)
def test_the_lines_between_grades(days_ago: int, visits: int, yuan: int, nev: str, general: str) -> None:
    facts = came(days_ago, visits, yuan)
    assert grade(facts, TODAY, GRADES_NEV)[0] == nev
    assert grade(facts, TODAY, GRADES_GENERAL)[0] == general


def test_a_grade_tells_the_figures_that_it_follows_from() -> None:
    assert grade(came(40, 2, 9_000), TODAY, GRADES_NEV) == (
        "gold",
        (("days_since", 40), ("visits_12m", 2), ("spend_12m_fen", 900_000)),
    )
    assert grade(came(400, 0, 0), TODAY, GRADES_NEV) == ("dormant", (("days_since", 400),))
    assert grade(GradeFacts(None), TODAY, GRADES_NEV) == ("normal", (("never_came", 0),))


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (came(40, 2, 9_000), TODAY + timedelta(days=230)),  # gold until the 270th day
        (came(40, 1, 100), TODAY + timedelta(days=326)),  # normal until dormant on the 366th
        (came(400, 0, 0), TODAY + timedelta(days=141)),
        (came(600, 0, 0), None),
        (GradeFacts(None), None),
        (GradeFacts(TODAY, 2, 900_000, oldest_on=date(2025, 11, 24)), date(2026, 11, 24)),
        (GradeFacts(date(2024, 2, 29), 1, 0, oldest_on=date(2024, 2, 29)), date(2025, 2, 28)),
    ],
)
def test_the_next_day_on_which_something_changes(facts: GradeFacts, day: date | None) -> None:
    today = facts.oldest_on if facts.oldest_on == date(2024, 2, 29) else TODAY
    assert next_change(facts, today, GRADES_NEV) == day


DAYS = st.dates(date(2023, 11, 20), date(2026, 3, 5))
VISITS = st.lists(st.tuples(DAYS, st.sampled_from([0, 100, 400_000, 800_000, 1_500_000])), min_size=1, max_size=5)


def on(day: date, visits: list[tuple[date, int]]) -> GradeFacts:
    """The facts of that day, counted from the visits."""
    counted = sorted((visited, fen) for visited, fen in visits if months_after(visited, WINDOW) > day)
    oldest = counted[0][0] if counted else None
    return GradeFacts(max(v for v, _ in visits), len(counted), sum(fen for _, fen in counted), oldest)


@given(VISITS, st.integers(0, 800), st.sampled_from([GRADES_NEV, GRADES_GENERAL]))
def test_no_day_before_the_next_change_is_another(
    visits: list[tuple[date, int]], after: int, rules: GradeRules
) -> None:
    today = max(day for day, _ in visits) + timedelta(days=after)

    def figures(day: date) -> object:
        facts = on(day, visits)
        return grade(facts, day, rules)[0], facts.visits_12m, facts.spend_12m_fen

    later = [today + timedelta(days=days) for days in range(1, 600)]
    changed = next((day for day in later if figures(day) != figures(today)), None)
    assert next_change(on(today, visits), today, rules) == changed


@given(DAYS, st.integers(300, 400))
def test_the_window_of_the_statement_is_the_window_of_the_rule(visited: date, after: int) -> None:
    today = visited + timedelta(days=after)
    assert (visited > months_before(today, WINDOW)) == (months_after(visited, WINDOW) > today)
