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
class Most:
    """At most so many within a time."""

    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class PhoneCodes:
    """Codes by text message: how long one is good for, how often it may be tried, how many a phone gets."""

    life: timedelta = timedelta(minutes=5)
    tries: int = 3
    limits: tuple[Most, ...] = (
        Most(1, timedelta(minutes=1)),
        Most(5, timedelta(hours=1)),
        Most(10, timedelta(days=1)),
    )


@dataclass(frozen=True, slots=True)
class Template:
    """A message that a platform has approved: its id there, and which of the notice's fields it takes, in order."""

    id: str
    fields: tuple[str, ...] = ()
    text: str = ""


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
    pick_up_fee_fen: int | None = None  # for fetching and bringing back a car; None: the advisor says
    media_kept: timedelta = timedelta(days=180)  # photos and voice messages
    phone_codes: PhoneCodes = PhoneCodes()
    sms_question_life: timedelta = timedelta(days=3)  # how long a YY still answers
    templates: Mapping[str, Mapping[str, Template]] = field(default_factory=lambda: MappingProxyType({}))
    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType(OFFERS_NEV))


NEV = Policy("nev", Maintenance(months=12, km=10_000))
GENERAL = replace(
    NEV,
    preset="general",
    maintenance=Maintenance(months=5, km=9_000),
    offers=MappingProxyType(OFFERS_GENERAL),
)
PRESETS = {policy.preset: policy for policy in (NEV, GENERAL)}
