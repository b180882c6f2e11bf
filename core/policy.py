"""The shop's rules in numbers. A policy file may change each of them; nothing else in the code names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.approvals import ROLE_LIMITS, RoleLimit
from core.desk import DeskRules
from core.gate import CAMPAIGN
from core.grades import GRADES_GENERAL, GRADES_NEV, GradeRules
from core.holidays import Calendar
from core.offers import OFFERS_GENERAL, OFFERS_NEV, Offer
from core.prediction.rules import PredictionRules
from core.quiet import Quiet
from core.recommend_rules import DEFAULT_RECOMMEND_RULES, RecommendRule
from core.stages import StageRules
from core.tag_rules import DEFAULT_TAG_RULES, TagRule

if TYPE_CHECKING:
    from core.own_journeys import Campaign, OwnJourney  # made of journeys, which know these rules

QUIET_MARKETING = Quiet(time(20), time(9))
SERVICE_QUIET = Quiet(time(21), time(8))  # no service notice then; answers have no hours


def _nothing() -> Mapping[str, int]:
    return MappingProxyType({})


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


# What the answer to "why did you stop coming?" brings; who sold the car is offered nothing.
ANSWER_OFFERS = {
    "price": "win_back",
    "quality": "win_back_check",
    "distance": "pick_up",
    "attitude": "win_back",
    "other": "win_back",
}


@dataclass(frozen=True, slots=True)
class CareRules:
    """How owners who stayed away, rate or complain are looked after."""

    answer_offers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(ANSWER_OFFERS))
    correctable: timedelta = timedelta(days=1)  # an answer or a rating
    rating_asked_days: int = 3  # after a visit
    rating_taken_days: int = 30  # a rating that nobody asked for goes to a visit not older than this
    call_back: timedelta = timedelta(hours=48)  # after a low rating
    first_contact: timedelta = timedelta(hours=2)  # of opening hours, after a complaint
    solved_within: timedelta = timedelta(hours=48)
    solved_asked_again: timedelta = timedelta(days=3)
    message_life: timedelta = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class CouponRules:
    """When coupons are reminded of."""

    remind_days: int = 3  # a claimed coupon with so many days left is reminded of, once


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
class TalkRules:
    """How patient the talk is, and what becomes of a promised time."""

    reminded_after: timedelta = timedelta(minutes=30)  # an unfinished talk, once
    same_question_within: timedelta = timedelta(minutes=30)  # the owner's own: answered otherwise the second time
    depth: int = 3  # things under way at once; the oldest is dropped first
    offer_held: timedelta = timedelta(minutes=15)  # a time that became free, for the first on the wait-list
    arrival_asked_after: timedelta = timedelta(minutes=30)  # after the start of an appointment


@dataclass(frozen=True, slots=True)
class ProfileRules:
    """Which missing facts are asked for, one at a time, and how seldom."""

    order: tuple[str, ...] = ("birthday", "model", "mileage_km", "purchased_on", "address")
    asked_again: timedelta = timedelta(days=30)  # from one question to the next, whatever they are about
    skipped_again: timedelta = timedelta(days=180)  # the same one, once it was skipped


@dataclass(frozen=True, slots=True)
class GateRules:
    """How much marketing an owner gets at the most, and by which ways where the talk itself is shut."""

    cap_per_30_days: int = 2  # messages per owner; 0: no cap
    holidays: str = "send"  # or "wait": marketing waits for the next working day
    routes: tuple[str, ...] = ("telegram", "wechat", "sms", "mass", "task")  # in this order
    mass_per_month: int = 4  # what WeChat lets an account send to all its followers
    reserve: int = 1  # messages of an open WeChat window that marketing leaves for service
    calendar_file: str = ""  # the shop's own public holidays, beside the policy file …
    calendar: Calendar | None = None  # … as they were read; None: those that are shipped
    recall_days: int = 90  # so long a recall that was told stops marketing, unless the car has been here before
    sms_fen: int = 5  # what one text message costs, for each of its parts
    sms_budget_fen: int | None = None  # what marketing by text may cost in a month; None: no limit


@dataclass(frozen=True, slots=True)
class JourneyRules:
    """How one journey is run. `days` and `months` are its steps' distances where they differ from the usual."""

    on: bool = True
    at: time = time(9)  # the hour of its day
    hold_out: float = 0.0  # the share of owners who get nothing, so that the effect can be measured
    roll_out: float = 1.0  # the share of owners for whom it is switched on already
    days: Mapping[str, int] = field(default_factory=_nothing)  # per step
    months: Mapping[str, int] = field(default_factory=_nothing)


MEASURED = ("win_back", "nurture", "recommendation")  # part of the audience is held out, so that the effect is known
HELD_OUT = 0.1  # of these, and of campaigns
OFF_AT_FIRST = ("anniversary", "festival", "insurance_due")  # marketing that a shop switches on: it takes from the cap
_JOURNEYS_GENERAL = {
    **{name: JourneyRules(hold_out=HELD_OUT) for name in MEASURED},
    **{name: JourneyRules(on=False) for name in OFF_AT_FIRST},
    "recommendation": JourneyRules(hold_out=HELD_OUT, at=time(14)),  # off-peak
    "after_visit": JourneyRules(at=time(8)),
}
_JOURNEYS_NEV = _JOURNEYS_GENERAL | {"birthday": JourneyRules(at=time(0))}


@dataclass(frozen=True, slots=True)
class Policy:
    """Every number of the shop's way of working, as its preset says."""

    preset: str
    maintenance: Maintenance
    grades: GradeRules = GRADES_NEV
    stages: StageRules = field(default_factory=StageRules)
    tag_rules: tuple[TagRule, ...] = DEFAULT_TAG_RULES
    churn: ChurnRules = ChurnRules()
    care: CareRules = field(default_factory=CareRules)
    talk: TalkRules = TalkRules()
    quiet_service: Quiet | None = SERVICE_QUIET
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
    notices_offered_again: timedelta = timedelta(days=7)  # the page on which a follower allows one-time notices
    quiet_marketing: Quiet | None = QUIET_MARKETING
    coupons: CouponRules = CouponRules()
    link_life: timedelta = timedelta(days=7)  # how long an owner's link opens its page
    pick_up_fee_fen: int | None = None  # for fetching and bringing back a car; None: the advisor says
    media_kept: timedelta = timedelta(days=180)  # photos and voice messages
    phone_codes: PhoneCodes = PhoneCodes()
    sms_question_life: timedelta = timedelta(days=3)  # how long a YY still answers
    templates: Mapping[str, Mapping[str, Template]] = field(default_factory=lambda: MappingProxyType({}))
    ready_within: timedelta = timedelta(hours=24)  # a car that was ready longer ago is no news
    notice_life: timedelta = timedelta(days=3)
    my_data_link: timedelta = timedelta(hours=24)
    recommended_again: timedelta = timedelta(days=90)  # after "not now"
    recommended_every: timedelta = timedelta(days=30)  # from one recommendation by rule to the next, whatever of
    profile: ProfileRules = ProfileRules()
    gate: GateRules = GateRules()
    desk: DeskRules = field(default_factory=DeskRules)
    prediction: PredictionRules = field(default_factory=PredictionRules)
    journeys: Mapping[str, JourneyRules] = field(default_factory=lambda: MappingProxyType(_JOURNEYS_NEV))
    usual: JourneyRules = JourneyRules()  # of the journeys that are not named
    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType(OFFERS_NEV))
    roles: Mapping[str, RoleLimit] = field(default_factory=lambda: ROLE_LIMITS)
    own_journeys: tuple[OwnJourney, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    recommend_rules: tuple[RecommendRule, ...] = DEFAULT_RECOMMEND_RULES
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))  # own wording

    def journey(self, name: str) -> JourneyRules:
        """How that journey or campaign is run; "campaign:christmas" is the campaign christmas."""
        return self.journeys.get(name.removeprefix(CAMPAIGN), self.usual)

    def role(self, name: str) -> RoleLimit:
        return self.roles.get(name, RoleLimit())

    def tag_rule(self, name: str) -> TagRule | None:
        return next((rule for rule in self.tag_rules if rule.name == name), None)


NEV = Policy("nev", Maintenance(months=12, km=10_000))
GENERAL = replace(
    NEV,
    preset="general",
    maintenance=Maintenance(months=5, km=9_000),
    grades=GRADES_GENERAL,
    journeys=MappingProxyType(_JOURNEYS_GENERAL),
    offers=MappingProxyType(OFFERS_GENERAL),
)
PRESETS = {policy.preset: policy for policy in (NEV, GENERAL)}
