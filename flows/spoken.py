"""Words that are kept as they were said: an answer in the owner's own language, not a choice."""

from __future__ import annotations

from core.messages import Kind
from flows.turn import Turn

NEVER_WORDS = frozenset({"opt_out", "opt_in", "warning_light", "help", "erase_me"})  # always that, whatever was asked


def words_of(turn: Turn) -> str:
    """What was typed in this turn; "" when something was tapped, or it is a word that must be obeyed."""
    if turn.inbound.kind is not Kind.TEXT or turn.understood.intent in NEVER_WORDS:
        return ""
    return turn.inbound.text.strip()


def answer_to(turn: Turn, slot: str) -> str | None:
    """The words as the answer to that question: None where they are none."""
    return words_of(turn) or None if turn.state.asked == slot and not turn.chosen else None
