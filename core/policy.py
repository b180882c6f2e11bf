"""The shop's rules in numbers. A policy file may change each of them; nothing else in the code names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from types import MappingProxyType

from core.offers import OFFERS_GENERAL, OFFERS_NEV, Offer
from core.quiet import Quiet

QUIET_SERVICE = Quiet(time(21), time(8))


@dataclass(frozen=True, slots=True)
class Maintenance:
    """When a car is due: the earlier of months since and kilometres since the last maintenance."""

    months: int
    km: int


@dataclass(frozen=True, slots=True)
class ChurnRules:
    """From when an owner who stays away is worth an alert."""

    watch_months: int = 3  # months without a visit
    risk_overdue_days: int = 7  # days past the due day without an answer
    low_rating: int = 4  # a rating below this one
    at: time = time(9)  # when the day's alerts go out
    cards_per_day: int = 30  # per store; the rest of a backlog follows on the next days


@dataclass(frozen=True, slots=True)
class ProfileRules:
    """Which missing facts are asked for, one at a time, and how seldom."""

    order: tuple[str, ...] = ("birthday", "model", "mileage_km", "purchased_on", "address")
    asked_again: timedelta = timedelta(days=30)  # from one question to the next, whatever they are about
    skipped_again: timedelta = timedelta(days=180)  # the same one, once it was skipped


@dataclass(frozen=True, slots=True)
class Policy:
    """Every number of the shop's way of working, as its preset says."""

    preset: str
    maintenance: Maintenance
    churn: ChurnRules = ChurnRules()
    hold: timedelta = timedelta(minutes=10)
    book_ahead: timedelta = timedelta(days=60)
    strikes: int = 2  # failed tries at one question before a person takes over
    talk_timeout: timedelta = timedelta(hours=24)
    snooze: timedelta = timedelta(hours=2)
    not_reachable_again: timedelta = timedelta(hours=4)
    phone_asked_again: timedelta = timedelta(days=90)
    consent_asked_again: timedelta = timedelta(days=90)
    quiet_service: Quiet | None = QUIET_SERVICE
    ready_within: timedelta = timedelta(hours=24)  # a car that was ready longer ago is no news
    notice_life: timedelta = timedelta(days=3)
    my_data_link: timedelta = timedelta(hours=24)
    recommended_again: timedelta = timedelta(days=90)  # after "not now"
    profile: ProfileRules = ProfileRules()
    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType(OFFERS_NEV))


NEV = Policy("nev", Maintenance(months=12, km=10_000))
GENERAL = replace(
    NEV,
    preset="general",
    maintenance=Maintenance(months=5, km=9_000),
    offers=MappingProxyType(OFFERS_GENERAL),
)
PRESETS = {policy.preset: policy for policy in (NEV, GENERAL)}
