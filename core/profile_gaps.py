"""Which missing fact to ask an owner for now, if any: one at a time, seldom, and never soon again what they skipped."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.policy import ProfileRules


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was put."""

    field: str
    at: datetime
    skipped: bool = False


def next_gap(missing: Collection[str], asked: Iterable[Asked], now: datetime, rules: ProfileRules) -> str | None:
    """The field to ask for; None when nothing is missing or it is too soon."""
    before = list(asked)
    if any(now - one.at < rules.asked_again for one in before):
        return None
    skipped = {one.field for one in before if one.skipped and now - one.at < rules.skipped_again}
    return next((field for field in rules.order if field in missing and field not in skipped), None)
