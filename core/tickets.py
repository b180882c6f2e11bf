"""The clock of a complaint: which steps are due at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.policy import CareRules

LATE_CONTACT, LATE_SOLUTION, ASK_AGAIN, UNDECIDED = "late_contact", "late_solution", "asked_again", "undecided"
STEPS = (LATE_CONTACT, LATE_SOLUTION, ASK_AGAIN, UNDECIDED)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a ticket stands. `state`: open, solved, or over. `done`: the steps taken this round, and when."""

    state: str
    contact_by: datetime
    solve_by: datetime
    contacted_at: datetime | None = None
    solved_at: datetime | None = None
    done: Mapping[str, datetime] = field(default_factory=dict)


def steps_due(clock: Clock, now: datetime, rules: CareRules) -> list[str]:
    """The steps that have not been taken and whose moment has come, in order."""
    due = []
    if clock.state == "open":
        if clock.contacted_at is None and clock.contact_by <= now:
            due.append(LATE_CONTACT)
        if clock.solve_by <= now:
            due.append(LATE_SOLUTION)
    if clock.state == "solved" and clock.solved_at is not None:
        if clock.solved_at + rules.solved_asked_again <= now:
            due.append(ASK_AGAIN)
        asked = clock.done.get(ASK_AGAIN)
        if asked is not None and asked + rules.solved_asked_again <= now:
            due.append(UNDECIDED)
    return [step for step in due if step not in clock.done]
