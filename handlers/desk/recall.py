"""A recalled car whose owner has no account to write to: somebody has to call."""

from __future__ import annotations

from handlers.desk.view import CardKind, View, person_lines


def lines(view: View) -> list[str]:
    told = view.task.told()
    return [*person_lines(view), view.say.field("why", f"{told.get('campaign', '')} {told.get('text', '')}".strip())]


KINDS = {"recall_call": CardKind(lines, tone="warn")}
