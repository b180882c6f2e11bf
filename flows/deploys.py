"""A talk that began before a deploy goes on after it."""

from __future__ import annotations

from flows.flow import Flow
from flows.state import Running
from flows.turn import Turn


def renew(turn: Turn, flow: Flow, running: Running) -> None:
    """Bring something under way to the flow's version: known slots that still stand are kept, the others dropped."""
    flow.leave(turn, running.slots)
    for name, value in list(running.slots.items()):
        slot = flow.slot(name)
        if slot is None or slot.derived or not slot.stands(turn, value):
            del running.slots[name]
    running.version = flow.version
    if running is turn.state.top:
        turn.state.asked, turn.state.options = "", []
