"""Whom a card is offered to, and what the clock does with one that was left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.desk import LEASE, NOTE, UNTAKEN, Colleague, DeskRules, Step, next_in_roster, step_due

RULES = DeskRules()
WANG, ZHAO, QIAN = Colleague(1, load=2), Colleague(2, load=0), Colleague(3, load=1, skills=frozenset({"complaints"}))
AWAY = Colleague(4, away=True)


@pytest.mark.parametrize(
    ("roster", "wanted", "chosen"),
    [
        ([WANG, ZHAO, QIAN], {}, 2),
        ([WANG, ZHAO, QIAN], {"own": 1}, 1),
        ([WANG, ZHAO, AWAY], {"own": 4}, 2),
        ([WANG, ZHAO, QIAN], {"skill": "complaints"}, 3),
        ([WANG, ZHAO], {"skill": "complaints"}, 2),
        ([WANG, ZHAO, QIAN], {"not_again": 2}, 3),
        ([WANG, ZHAO, QIAN], {"own": 1, "not_again": 1}, 2),
        ([ZHAO], {"not_again": 2}, 2),
        ([Colleague(7, load=1), Colleague(5, load=1)], {}, 5),
        ([AWAY], {}, None),
        ([], {"own": 1}, None),
    ],
)
def test_a_card_is_offered_to_the_own_advisor_else_by_skill_and_load(
    roster: list[Colleague], wanted: dict[str, object], chosen: int | None
) -> None:
    assert next_in_roster(roster, **wanted) == chosen  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "unanswered", "escalated", "step"),
    [
        (UNTAKEN, 0, False, Step.OFFER),
        (UNTAKEN, 1, False, Step.ESCALATE),
        (LEASE, 0, False, Step.RETURN),
        (LEASE, 1, False, Step.ESCALATE),
        (NOTE, 0, False, Step.REMIND),
        (NOTE, 5, True, Step.REMIND),
        (LEASE, 2, True, Step.RETURN),
        (UNTAKEN, 2, True, Step.OFFER),
    ],
)
def test_twice_left_alone_is_the_managers(what: str, unanswered: int, escalated: bool, step: Step) -> None:
    assert step_due(what, unanswered, escalated=escalated, rules=RULES) is step


@pytest.mark.parametrize(
    ("kind", "what", "hours"),
    [("churn_alert", LEASE, 2), ("churn_alert", UNTAKEN, 4), ("hand_over", LEASE, 0.5), ("extra_item", LEASE, None)],
)
def test_some_kinds_cannot_wait_and_some_wait_for_the_owner(kind: str, what: str, hours: float | None) -> None:
    assert RULES.waits(kind, what) == (None if hours is None else timedelta(hours=hours))
