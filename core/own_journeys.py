"""What a shop adds of its own, without code: journeys that count from a day, and campaigns on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from string import Formatter

from core.gate import CAMPAIGN
from core.journeys import Journey, Kind, Step

ANCHORS = ("last_visit", "due", "birthday", "purchased_on")
BOOKING, VISIT, COUPON, ANSWER = GOALS = ("booking", "visit", "coupon", "answer")
PLACEHOLDERS = ("name", "plate", "day")
CAMPAIGN_STEP = "send"
CAMPAIGN_DAYS = 7  # how long one is caught up
MISSED_TOLD = timedelta(days=31)
LONGEST_CAMPAIGN = 32 - len(CAMPAIGN)  # characters of a name


@dataclass(frozen=True, slots=True)
class Audience:
    """Who it is for: everything that is named must hold; what is empty or 0 does not count."""

    grades: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # any of them
    stores: tuple[str, ...] = ()  # codes
    models: tuple[str, ...] = ()  # words in the model's name, any of them
    powertrain: tuple[str, ...] = ()
    min_visits: int = 0  # in all
    min_spend_fen: int = 0  # in all


@dataclass(frozen=True, slots=True)
class Told:
    """What a step says, Chinese and English, with {name}, {plate} and {day}; and the offer that goes with it."""

    text: tuple[str, str]
    offer: str = ""


@dataclass(frozen=True, slots=True)
class OwnJourney:
    """A journey of the shop. anchor: what its days count from, one of ANCHORS or a fixed day.

    told: per step's name. goal: what counts as its success. How it is run is `Policy.journey(name)`.
    """

    journey: Journey
    anchor: str | date
    told: Mapping[str, Told]
    audience: Audience = Audience()
    goal: str = "visit"

    @property
    def name(self) -> str:
        return self.journey.name

    @property
    def planned(self) -> Journey:
        """The journey as the engine runs it: for another audience or from another day its steps are not done yet."""
        mark = sha256(repr((self.anchor, self.audience, self.goal == BOOKING)).encode()).hexdigest()[:5]
        return replace(self.journey, steps=tuple(replace(step, mark=mark) for step in self.journey.steps))

    def is_over(self, today: date) -> bool:
        """Its one day is over for so long that nobody needs to be told that they missed it."""
        last, then = self.journey.steps[-1], today - MISSED_TOLD
        return isinstance(self.anchor, date) and self.journey.outdated_anchor(last, then) >= self.anchor


@dataclass(frozen=True, slots=True)
class Campaign:
    """One message to an audience on one day. budget_fen: what its offers may cost in all; None means no limit."""

    name: str
    on_day: date
    told: Told
    audience: Audience = field(default_factory=Audience)
    budget_fen: int | None = None
    goal: str = "visit"

    @property
    def journey(self) -> OwnJourney:
        """The same as a journey of one step on that day, caught up for a week: "campaign:christmas"."""
        step = Step(CAMPAIGN_STEP, Kind.MARKETING)
        journey = Journey(CAMPAIGN + self.name, (step,), last_days=CAMPAIGN_DAYS)
        return OwnJourney(journey, self.on_day, {CAMPAIGN_STEP: self.told}, self.audience, self.goal)


def placeholders_in(text: str) -> list[str]:
    """The names between braces. Raises ValueError when a brace is left open."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def worded(text: str, **values: str) -> str:
    """The text with its placeholders filled; one without a value is left out."""
    return "".join(before + values.get(name or "", "") for before, name, _, _ in Formatter().parse(text))
