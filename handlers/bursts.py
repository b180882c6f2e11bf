"""Several messages of one talk that wait together: which of them make one turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.messages import Inbound, Kind
from core.understanding import Understood

# What steers the talk is heard by itself: "跳过" and "确认" are two answers, not one sentence.
_ALONE = {"yes", "no", "cancel", "back", "restart", "help", "human", "opt_out", "opt_in", "speak", "thanks"}
_SHORT = 6  # characters that say nothing else are taken for the name of a choice


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that waits for its turn. answer_by: until when, on the monotonic clock, the request's own response
    can still carry the answer."""

    inbound: Inbound
    answer_by: float = 0.0


def turns_of(arrived: Sequence[Arrived], understand: Callable[[Inbound], Understood]) -> list[list[Arrived]]:
    """The messages in order, those in one list that are understood together."""
    turns: list[list[Arrived]] = []
    open_turn = False
    for one in arrived:
        joins = len(arrived) > 1 and _tells_facts(one.inbound, understand)
        if joins and open_turn:
            turns[-1].append(one)
        else:
            turns.append([one])
        open_turn = joins
    return turns


def joined(turn: Sequence[Arrived]) -> Inbound:
    """The last of them, with the words of all."""
    last = turn[-1].inbound
    return replace(last, text="\n".join(one.inbound.text for one in turn)) if len(turn) > 1 else last


def _tells_facts(inbound: Inbound, understand: Callable[[Inbound], Understood]) -> bool:
    if inbound.kind is not Kind.TEXT:
        return False
    meant = understand(inbound)
    if meant.intent in _ALONE:
        return False
    plain = meant.intent in ("answer", "unknown") and not meant.slots and not meant.doubts
    return not plain or len(inbound.text.strip()) > _SHORT
