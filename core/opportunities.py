"""Opportunities: the stages of an interest, and which way it can go."""

from __future__ import annotations

NEW, CONTACTED, QUOTED, WON, LOST = "new", "contacted", "quoted", "won", "lost"
STAGES = (NEW, CONTACTED, QUOTED, WON, LOST)
OPEN_STAGES = (NEW, CONTACTED, QUOTED)


def may_move(stage: str, to: str) -> bool:
    """Forward, or to an end; what is over stays over."""
    return stage in OPEN_STAGES and to in STAGES and STAGES.index(to) > STAGES.index(stage)
