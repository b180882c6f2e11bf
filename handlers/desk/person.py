"""Somebody wants a person, or needs one at once."""

from __future__ import annotations

from handlers.desk.view import CardKind, Rows, View


def _after_taking(view: View) -> Rows:
    return (("called", "done"), ("snooze", "not_reachable"), ("give_back",))


KINDS = {
    "hand_over": CardKind(tone="warn", after_taking=_after_taking),
    "sms_reply": CardKind(tone="warn"),
    "media_received": CardKind(),
    "warning_light": CardKind(tone="alarm"),
    "bug": CardKind(tone="alarm"),
}
