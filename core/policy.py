"""The shop's rules in numbers. A policy file may change each of them; nothing else in the code names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from types import MappingProxyType

from core.offers import OFFERS_GENERAL, OFFERS_NEV, Offer


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
    person_silence: timedelta = timedelta(hours=2)  # the bot stays out of a thread so long after its last word
    draft_life: timedelta = timedelta(hours=12)
    draft_within: timedelta = timedelta(seconds=20)  # what a model may take for a draft, in all its tries
    draft_words: int = 12  # of the thread's last messages a model is shown
    ai_label: tuple[str, str] = ("（AI 起草，顾问确认）", "(drafted by AI, checked by your advisor)")
    phone_asked_again: timedelta = timedelta(days=90)
    consent_asked_again: timedelta = timedelta(days=90)
    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType(OFFERS_NEV))


NEV = Policy("nev", Maintenance(months=12, km=10_000))
GENERAL = replace(
    NEV,
    preset="general",
    maintenance=Maintenance(months=5, km=9_000),
    offers=MappingProxyType(OFFERS_GENERAL),
)
PRESETS = {policy.preset: policy for policy in (NEV, GENERAL)}
