"""What a profile tells of grade and stage: why they are what they are, and how they have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from core.grades import GradeFacts, grade
from core.stages import StageFacts, stage
from storage.grade_changes import GradeChange
from storage.owners import Owner

if TYPE_CHECKING:
    from storage.crm import Crm

Reasons = tuple[tuple[str, int | str], ...]


def reasons(crm: Crm, owner: Owner) -> tuple[Reasons, Reasons]:
    """Of the grade and of the stage, today; nothing before they were looked at for the first time."""
    kept, today, policy = crm.figures.of_owner(owner.key), crm.figures.today, crm.shop.policy
    if kept is None:
        return (), ()
    facts = GradeFacts(kept.last_visit_on, kept.visits_12m, kept.spend_12m_fen)
    since = kept.first_visit_on or owner.created_at.astimezone(crm.shop.zone).date()
    standing = StageFacts(since, kept.visits_total, owner.grade, owner.churn_level)
    return grade(facts, today, policy.grades)[1], stage(standing, today, policy.stages)[1]


def figures(crm: Crm, owner: Owner) -> dict[str, Any]:
    """`grade_reasons`, `stage_reasons` and `history`, as the document has them."""
    of_grade, of_stage = reasons(crm, owner)
    return {
        "grade_reasons": _told(of_grade),
        "stage_reasons": _told(of_stage),
        "history": [
            {
                "on": str(one.on),
                "what": one.what,
                "before": one.before,
                "after": one.after,
                "reasons": _told(one.because),
            }
            for one in crm.figures.history(owner.key)
        ],
    }


def changed(crm: Crm, owner: Owner) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """The changes as entries of the timeline, at the beginning of their day."""
    for one in crm.figures.history(owner.key):
        text = f"{one.before} → {one.after}"
        yield day_of(crm, one), {"kind": f"{one.what}.changed", "channel": "", "actor": "rule", "text": text}


def day_of(crm: Crm, change: GradeChange) -> datetime:
    return datetime.combine(change.on, time(), crm.shop.zone)


def _told(found: Any) -> list[dict[str, Any]]:
    return [{"why": why, "value": value} for why, value in found]
