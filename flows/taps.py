"""Which choice a message makes: by a tapped button, or by its number or label in words."""

from __future__ import annotations

from core.understanding import Understood, choice_index
from flows.turn import Turn

OLD = "old"  # the slot of a choice that is over
_SAY_NOTHING = {"unknown", "answer"}  # intents of words that may only name an option …
_MAY_NAME = _SAY_NOTHING | {"yes", "no"}  # … and of those that may also be one
_NUMBER_LENGTH = 3  # "2", "第2个"


def read_choice(turn: Turn) -> None:
    """It becomes the chosen (slot, value), or an intent when the button starts something."""
    tapped = turn.inbound.choice or _option_in_words(turn)
    if not tapped:
        return
    run, _, rest = tapped.partition(":")
    slot, _, value = rest.partition("=")
    if slot == "go":  # buttons that start something are words, and never grow old
        intent, _, turn.argument = value.partition(".")
        turn.understood, turn.starts = Understood(intent, {}), True
        return
    top = turn.state.top
    current = run == str(top.run if top else 0) and bool(value)
    newest = not slot.startswith("confirm") or tapped in [option[0] for option in turn.state.options]
    turn.chosen = (slot.partition(".")[0], value) if current and newest else (OLD, run)


def _option_in_words(turn: Turn) -> str:
    """Which of the last options the words name: by its very label, or loosely where they say nothing else.

    A summary is never agreed to loosely: that would write something.
    """
    said, options = turn.inbound.text.strip(), turn.state.options
    exact = next((id_ for id_, label in options if label == said), "")
    vague = _SAY_NOTHING if turn.state.asked == "go" else _MAY_NAME
    if exact or not said or turn.intent not in vague:
        return exact
    if turn.state.asked == "confirm" and len(said) > _NUMBER_LENGTH:
        return ""
    index = choice_index(said, [label for _, label in options])
    return options[index][0] if index is not None else ""
