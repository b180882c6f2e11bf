"""What a check-up finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass

FINE, NOTE, PROBLEM = "fine", "note", "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """`state`: fine, note (nothing is broken) or problem. `mend` is the exact command or click."""

    part: str
    state: str
    what: str
    why: str = ""
    mend: str = ""

    def document(self) -> dict[str, str]:
        return asdict(self)


def fine(part: str, what: str) -> Finding:
    return Finding(part, FINE, what)


def note(part: str, what: str, why: str, mend: str) -> Finding:
    return Finding(part, NOTE, what, why, mend)


def problem(part: str, what: str, why: str, mend: str) -> Finding:
    return Finding(part, PROBLEM, what, why, mend)
