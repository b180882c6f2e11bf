"""What somebody wanted to be reminded of when they noted it."""

from __future__ import annotations

from handlers.desk.view import CardKind, View, person_lines


def lines(view: View) -> list[str]:
    note = str(view.task.told().get("note", ""))
    return [*person_lines(view), view.say.field("note", note) if note and view.full else ""]


KINDS = {"reminder": CardKind(lines)}
