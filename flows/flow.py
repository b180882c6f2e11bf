"""What a flow is: a name, its slots in asking order, and what to do when they are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.state import Slots
from flows.turn import Turn


def _always(turn: Turn, slots: Slots) -> bool:
    return True


def _possible(turn: Turn) -> bool:
    return True


def _never(turn: Turn) -> bool:
    return False


def _stands(turn: Turn, value: Any) -> bool:
    return True


def _nothing(turn: Turn, slots: Slots) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing a flow needs to know.

    ask: puts the question (`turn.ask`). The second argument is what is known so far.
    read: the value that this turn gives, None when it says nothing about it; raises NotUnderstood with a hint.
    default: a value that need not be asked for. needed: whether to ask at all. stands: whether a value that an
    older version of the flow has kept is still one.
    """

    name: str
    ask: Callable[[Turn, Slots], None]
    read: Callable[[Turn, Slots], Any]
    default: Callable[[Turn, Slots], Any] = _nothing
    needed: Callable[[Turn, Slots], bool] = _always
    stands: Callable[[Turn, Any], bool] = _stands
    asked_by: str = ""  # another slot, whose question asks for this one
    derived: bool = False  # follows from other slots: never an answer that "back" could undo


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation an owner can have.

    intents: what starts it. settle: looks at the facts after each answer, may clear slots that cannot stand and
    returns a hint to say before the next question. confirm: shows the summary (`turn.ask("confirm", …)`), or None
    when nothing needs a yes. finish: writes the store, says the end, and may name a flow to go on with, where the shop
    has it; raises SlotTaken to have `settle` run again. may_start: says why not, where it cannot. leave: gives back
    what was held when the owner drops it. takes: whether words that come right after a message of ours with this
    flow's button are an answer to it. inside: what an intent means in here: "cancel", "change.SLOT" (ask for it
    again) or "instead.FLOW" (go on with that one and what is known). aside: intents whose words are about something
    else, whatever facts stand in them. version: raise it when slots change their meaning.
    """

    name: str
    slots: tuple[Slot, ...]
    finish: Callable[[Turn, Slots], str | None]
    intents: frozenset[str] = frozenset()
    confirm: Callable[[Turn, Slots], None] | None = None
    settle: Callable[[Turn, Slots], str | None] = _nothing
    leave: Callable[[Turn, Slots], None] = _nothing
    may_start: Callable[[Turn], bool] = _possible
    takes: Callable[[Turn], bool] = _never
    inside: Mapping[str, str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()
    version: int = 1
    urgent: bool = False  # begins at once, whatever is under way
    optional: bool = field(default=False)  # dropped without a word when the owner talks of something else

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)

    @property
    def intent(self) -> str:
        """The one that a button starts it by; "" when owners cannot."""
        return self.name if self.name in self.intents else min(self.intents, default="")
