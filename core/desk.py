"""How the desk is run: how long a card waits, whom it is offered to next, and when it is the manager's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from types import MappingProxyType

UNTAKEN, LEASE, NOTE = "untaken", "lease", "note"  # what a task is looked at again for
_QUICK = {
    "roadside": timedelta(minutes=10),
    "warning_light": timedelta(minutes=15),
    "hand_over": timedelta(minutes=30),
    "bug": timedelta(minutes=30),
    "reply_wanted": timedelta(hours=1),
    "ticket": timedelta(hours=1),
}
_SKILLS = {
    "ticket": "complaints",
    "ticket_reopened": "complaints",
    "call_back": "complaints",
    "interest": "sales",
    "opportunity": "sales",
    "roadside": "roadside",
}


class Step(StrEnum):
    """What the clock does with a task that was left alone."""

    OFFER = "offered"  # nobody took it: a fresh card, offered to the next colleague
    RETURN = "returned"  # taken, and nothing done: back to the group
    REMIND = "reminded"  # something done, and not how it ended: whoever has it is asked
    ESCALATE = "escalated"  # left alone too often: the manager's card


@dataclass(frozen=True, slots=True)
class DeskRules:
    """Times of `lease`, `untaken` and `quick` are opening hours of the store; `noted_within` is by the clock.

    `quick`: kinds that cannot wait, for both. `skills`: what a colleague should be good at, by kind.
    """

    lease: timedelta = timedelta(hours=2)  # from taking a card to the first thing done about it
    untaken: timedelta = timedelta(hours=4)  # from a card to somebody who takes it
    quick: Mapping[str, timedelta] = field(default_factory=lambda: MappingProxyType(_QUICK))
    noted_within: timedelta = timedelta(hours=24)  # from a call to how it ended
    unanswered: int = 2  # so often left alone, and it is the manager's
    reserved: timedelta = timedelta(0)  # only the one it is offered to may take it so long; 0: anybody at once
    skills: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_SKILLS))
    no_clock: tuple[str, ...] = ("extra_item", "recommend")  # kinds about an owner who has a time of their own
    digest_at: time = time(8, 30)
    digest_until: time = time(12)  # a morning later than that is not told any more
    watch_shown: int = 3  # owners on watch who are named in the digest
    reminded_at: time = time(10)  # of a day that was said without its hour
    opportunity_again: timedelta = timedelta(days=7)  # from the last word about one to the next, when no day was said
    late_cards_per_day: int = 100  # per store, of journeys' cards that are caught up late; today's own always come
    saved_within: timedelta = timedelta(days=30)  # from a churn card to the visit or booking that it led to

    def waits(self, kind: str, what: str) -> timedelta | None:
        """How long a task of that kind may be left alone; None: as long as it takes."""
        if kind in self.no_clock:
            return None
        return self.quick.get(kind, self.lease if what == LEASE else self.untaken)


def step_due(what: str, unanswered: int, *, escalated: bool, rules: DeskRules) -> Step:
    """What becomes of a task whose time is up. `unanswered`: how often it was left alone before."""
    if what == NOTE:
        return Step.REMIND
    if unanswered + 1 >= rules.unanswered and not escalated:
        return Step.ESCALATE
    return Step.OFFER if what == UNTAKEN else Step.RETURN


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the roster. `load`: cards that they have, or that are offered to them."""

    id: int
    load: int = 0
    skills: frozenset[str] = frozenset()
    away: bool = False


def next_in_roster(
    roster: Sequence[Colleague], *, own: int | None = None, skill: str = "", not_again: int | None = None
) -> int | None:
    """Whom a card is offered to: the owner's own advisor, else of those who can do it the one with the least to do.

    not_again: who had it last, unless there is nobody else. None: nobody is there.
    """
    there = [one for one in roster if not one.away]
    others = [one for one in there if one.id != not_again] or there
    if any(one.id == own for one in others):
        return own
    able = [one for one in others if skill in one.skills] if skill else []
    chosen = min(able or others, key=lambda one: (one.load, one.id), default=None)
    return chosen.id if chosen else None
