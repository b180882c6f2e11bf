"""Who comes back: BG/NBD and its kin for visits that keep a rhythm.

While an owner is ours, the gaps between visits are Erlang-k with a rate of their own, spread over owners as
Gamma(r, alpha); after each visit the owner leaves for good with a probability of their own, spread as Beta(a, b).
k = 1 is BG/NBD (Fader, Hardie, Lee 2005, Marketing Science 24:275); k > 1 and leaving after the very first visit
already (`at_first`) is MBG/CNBD-k (Reutterer, Platzer, Schröder 2021, Int. J. of Research in Marketing 38:1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.prediction.history import Floats, History

_NEGLIGIBLE = 1e-10  # of a visit
_MOST_TERMS = 20_000
_AT_ONCE = 1e-300  # no time at all, where its logarithm is wanted
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Returning:
    """The model with its parameters; alpha is in the histories' unit of time."""

    r: float
    alpha: float
    a: float
    b: float
    k: int = 1
    at_first: bool = False

    def log_likelihood(self, history: History) -> float:
        """Of all histories, up to a constant that depends on k alone."""
        n, chances = self.k * history.x, self._chances(history)
        stayed = log_rising(self.b, np.maximum(chances - 1, 0)) - log_rising(self.a + self.b, chances)
        came = log_rising(self.r, n) + self.r * np.log(self.alpha) - (self.r + n) * np.log(self.alpha + history.last)
        gone, here = self._odds(history)
        with np.errstate(divide="ignore"):
            silent = np.log(gone + here * self._silence(history))
        return float(history.count @ (stayed + came + silent))

    def alive(self, history: History) -> Floats:
        """The probability that the owner has not left for good."""
        gone, here = self._odds(history)
        here = here * self._silence(history)
        return here / (gone + here)

    def returns_within(self, history: History, time: Floats | float) -> Floats:
        """The probability of at least one visit within that time from now."""
        gone, here = self._odds(history)
        now = gone + here * self._silence(history)
        then = gone + here * self._silence(history, time)
        return np.maximum(0.0, 1.0 - then / now)

    def visits_within(self, history: History, time: float) -> Floats:
        """The expected number of visits within that time from now.

        Phases of the Erlang clock come as a negative binomial; the i-th visit needs i·k of them, less those that have
        passed since the last one, and that the owner stayed i − 1 times.
        """
        chances, phases = self._chances(history), self._phases(history)
        expected = sum(weight * self._visits_from(history, phase, chances, time) for phase, weight in enumerate(phases))
        return self.alive(history) * expected / sum(phases)

    def next_visit(self, history: History, share: float, horizon: float) -> Floats:
        """The time from now until which that share of such owners, of those who come back at all, have come.

        Not a number where it lies beyond the horizon, or nobody comes back.
        """
        wanted = share * self.alive(history)
        low, high = np.zeros(len(history)), np.full(len(history), float(horizon))
        beyond = (self.returns_within(history, high) < wanted) | (wanted <= 0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            early = self.returns_within(history, middle) < wanted
            low, high = np.where(early, middle, low), np.where(early, high, middle)
        return np.where(beyond, np.nan, high)

    def _chances(self, history: History) -> Floats:
        """How often the owner could have left."""
        return history.x + 1 if self.at_first else history.x

    def _odds(self, history: History) -> tuple[Floats, Floats]:
        """What speaks for having left at the last visit, and for having stayed, before the silence since counts."""
        chances = self._chances(history)
        return np.where(chances > 0, self.a, 0.0), np.where(chances > 0, self.b + chances - 1, 1.0)

    def _silence(self, history: History, more: Floats | float = 0.0) -> Floats:
        """The probability that one who stayed lets pass the time since the last visit and `more`."""
        shape, age = self.r + self.k * history.x, history.age + more
        none: Floats = np.exp(shape * np.log((self.alpha + history.last) / (self.alpha + age)))
        return none * sum(self._phases(history, more))

    def _phases(self, history: History, more: Floats | float = 0.0) -> list[Floats]:
        """How probable each phase of the clock is by then, for one who stayed, relative to the first."""
        shape, age = self.r + self.k * history.x, history.age + more
        passed = (age - history.last) / (self.alpha + age)
        phases = [np.ones(len(history))]
        for phase in range(1, self.k):
            phases.append(phases[-1] * (shape + phase - 1) / phase * passed)
        return phases

    def _visits_from(self, history: History, phase: int, chances: Floats, time: float) -> Floats:
        shape = self.r + self.k * history.x + phase
        odds = time / (self.alpha + history.age + time)
        log_mass, log_odds = shape * np.log1p(-odds), np.log(max(time, _AT_ONCE) / (self.alpha + history.age + time))
        reached, stays = 1.0 - np.exp(log_mass), np.ones(len(history))  # so many phases; the owner is still ours
        expected, needed = np.zeros(len(history)), self.k - phase
        for phases in range(1, _MOST_TERMS):
            if phases == needed:
                expected += stays * reached
                stays = stays * (self.b + chances) / (self.a + self.b + chances)
                chances, needed = chances + 1, needed + self.k
            log_mass = log_mass + np.log((shape + phases - 1) / phases) + log_odds
            reached = np.maximum(0.0, reached - np.exp(log_mass))
            if not np.any(reached > _NEGLIGIBLE):
                break
        return expected


def log_rising(start: float, steps: Floats) -> Floats:
    """log of start · (start + 1) · … in so many whole steps: all that is needed of the gamma function."""
    most = int(steps.max()) if len(steps) else 0
    sums = np.concatenate([[0.0], np.cumsum(np.log(start + np.arange(most)))])
    return sums[steps.astype(np.int64)]
