"""A flow's slots are filled by what was said, and by what need not be asked."""

from __future__ import annotations

from core.errors import NotUnderstood
from flows.flow import Flow
from flows.state import Slots
from flows.turn import Turn

Doubt = tuple[str, str]  # a slot, and why what was said cannot be its value


def fill(turn: Turn, flow: Flow, slots: Slots) -> tuple[Doubt | None, bool, bool]:
    """Take every slot's value out of what was said: what was wrong, whether anything is new, or was said before."""
    changed, repeated = False, False
    found: Doubt | None = None
    for slot in flow.slots:
        try:
            value = slot.read(turn, slots)
        except NotUnderstood as doubt:
            found = found or (slot.asked_by or slot.name, doubt.hint)
            continue
        if value is None:
            continue
        if slots.pop(slot.name, None) == value:
            repeated = True
        else:
            changed = True
        slots[slot.name] = value
    return found, changed, repeated


def take_defaults(turn: Turn, flow: Flow, slots: Slots) -> None:
    for slot in flow.slots:
        if slot.name not in slots and (value := slot.default(turn, slots)) is not None:
            slots[slot.name] = value


def missing(turn: Turn, flow: Flow, slots: Slots) -> str:
    """The first slot that has to be asked for; "" when there is none."""
    open_ones = (slot for slot in flow.slots if slot.name not in slots and not slot.asked_by)
    return next((slot.name for slot in open_ones if slot.needed(turn, slots)), "")
