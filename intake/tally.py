"""What became of the rows and cells of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CREATED, UPDATED, MERGED, REJECTED = "created", "updated", "merged", "rejected"
_STATES = ("missing", "fixed", "invalid")


@dataclass(frozen=True, slots=True)
class Reject:
    """A refused cell, or a row that is about nobody; `row` as the spreadsheet shows it."""

    row: int
    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Tally:
    """Each row counts once; cells count by field and state."""

    rows: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, more: Tally) -> None:
        self.rows += more.rows
        self.cells += more.cells
        self.rejects += more.rejects

    def figures(self, batch: int | None, fields: Iterable[str]) -> dict[str, Any]:
        """The document of `import --json`. No pairs are queued for review here."""
        return {
            "batch": batch,
            "read": self.rows.total(),
            "created": self.rows[CREATED],
            "updated": self.rows[UPDATED],
            "merged": self.rows[MERGED],
            "review": 0,
            "rejected": self.rows[REJECTED],
            "fields": {name: {state: self.cells[name, state] for state in _STATES} for name in fields},
            "rejects": [
                {"row": one.row, "field": one.field, "value": one.value, "reason": one.reason}
                for one in sorted(self.rejects, key=lambda one: one.row)
            ],
        }
