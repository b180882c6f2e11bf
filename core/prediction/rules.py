"""The numbers of the shop's predictions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PredictionRules:
    """From when the model may speak, how it is tried, and how far ahead it counts."""

    least_owners: int = 100  # with a visit
    least_repeaters: int = 50  # who came a second time
    held_out_days: int = 365  # the model is tried on the last year; nobody who stays away longer is "coming"
    warned_days: int = 30  # a warning that comes later than this before an owner is lost does not count
    checked_every_days: int = 30  # how often a running shop looks
    least_lost: int = 20  # owners, to say how many we were warned of
    coverage_goal: float = 0.92  # of the owners who were lost, this share was warned of
    ltv_years: int = 3
    ltv_discount: float = 0.10  # a year
    return_days: int = 90  # "comes back soon"
    horizon_days: int = 3650  # a next visit is not foretold beyond
