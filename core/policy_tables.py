"""Every table of the policy file that is there once, its keys, and where their values stand in the policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.policy import Most, ProfileRules
from core.policy_kinds import Kind, Wrong, list_of, one_of, or_none, share, table_of, whole, words, yuan
from core.policy_times import clock, quiet_hours, span

ROUTES = ("telegram", "wechat", "sms", "mass", "task")
GRADES = ("diamond", "gold", "silver", "normal", "dormant", "lost")
FIELDS = ProfileRules().order


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table. at: where its value stands, "churn.watch_months" or "title.0"; its name unless told."""

    name: str
    kind: Kind
    at: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        return tuple((self.at or self.name).split("."))


Keys = tuple[Key, ...]


def _of(group: str, **kinds: Kind) -> Keys:
    """Keys that are called as the fields of one part of the policy."""
    return tuple(Key(name, kind, f"{group}.{name}") for name, kind in kinds.items())


def _limits() -> Kind:
    """So many within a time, for several times."""
    says = 'a list, as [{ most = 5, within = "1h" }]'
    most, within = whole(1, 1_000), span("1s", "30d")

    def read(value: Any) -> tuple[Most, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise Wrong(f"this is {says}")
        if any(set(one) != {"most", "within"} for one in value):
            raise Wrong(f"each has most and within: this is {says}")
        return tuple(Most(most.read(one["most"]), within.read(one["within"])) for one in value)

    def write(value: tuple[Most, ...]) -> str:
        return "[" + ", ".join(f"{{ most = {one.most}, within = {within.write(one.within)} }}" for one in value) + "]"

    return Kind(says, read, write)


COUNT = whole(0, 1_000)
_DAYS = whole(1, 365)
OFFERED = replace(words(32), says='the name of an offer, or ""')

TABLES: dict[tuple[str, ...], Keys] = {
    ("maintenance",): _of("maintenance", months=whole(1, 60), km=whole(500, 200_000)),
    ("churn",): _of(
        "churn",
        watch_months=whole(1, 60),
        risk_overdue_days=whole(0, 365),
        low_rating=whole(1, 5),
        at=clock(),
        cards_per_day=COUNT,
    ),
    ("care",): _of(
        "care",
        correctable=span("1m", "30d"),
        rating_asked_days=_DAYS,
        rating_taken_days=_DAYS,
        call_back=span("1h", "30d"),
        first_contact=span("5m", "7d"),
        solved_within=span("1h", "60d"),
        solved_asked_again=span("1h", "60d"),
        message_life=span("1h", "30d"),
    ),
    ("care", "answer_offers"): _of(
        "care.answer_offers", price=OFFERED, quality=OFFERED, distance=OFFERED, attitude=OFFERED, other=OFFERED
    ),
    ("coupons",): _of("coupons", remind_days=whole(1, 60)),
    ("booking",): (
        Key("hold", span("1m", "2h")),
        Key("ahead", span("1d", "365d"), "book_ahead"),
        Key("offer_held", span("1m", "1d"), "talk.offer_held"),
        Key("arrival_asked_after", span("1m", "12h"), "talk.arrival_asked_after"),
        Key("pick_up_fee", or_none(yuan()), "pick_up_fee_fen"),
    ),
    ("talk",): (
        Key("strikes", whole(1, 10)),
        Key("timeout", span("10m", "30d"), "talk_timeout"),
        Key("reminded_after", span("1m", "7d"), "talk.reminded_after"),
        Key("same_question_within", span("1m", "1d"), "talk.same_question_within"),
        Key("depth", whole(1, 10), "talk.depth"),
        Key("person_silence", span("1m", "7d")),
        Key("phone_asked_again", span("1d", "3650d")),
        Key("consent_asked_again", span("1d", "3650d")),
        Key("notices_offered_again", span("1d", "365d")),
        Key("recommended_again", span("1d", "3650d")),
        Key("recommended_every", span("1d", "365d")),
        Key("link_life", span("1h", "90d")),
        Key("my_data_link", span("10m", "30d")),
        Key("sms_question_life", span("1h", "30d")),
    ),
    ("tasks",): (Key("snooze", span("5m", "7d")), Key("not_reachable_again", span("5m", "7d"))),
    ("desk",): _of(
        "desk",
        lease=span("10m", "2d"),
        untaken=span("10m", "2d"),
        quick=table_of(span("1m", "1d")),
        noted_within=span("1h", "7d"),
        unanswered=whole(1, 10),
        reserved=span("0m", "1d"),
        skills=table_of(words(32)),
        no_clock=list_of(words(32, least=1)),
        digest_at=clock(),
        digest_until=clock(),
        watch_shown=whole(0, 20),
        reminded_at=clock(),
        opportunity_again=span("1d", "90d"),
        late_cards_per_day=COUNT,
        saved_within=span("1d", "180d"),
    ),
    ("drafts",): (
        Key("life", span("10m", "7d"), "draft_life"),
        Key("within", span("1s", "5m"), "draft_within"),
        Key("words", whole(1, 100), "draft_words"),
        Key("label", words(40), "ai_label.0"),
        Key("label_en", words(80), "ai_label.1"),
    ),
    ("notices",): (Key("ready_within", span("1h", "30d")), Key("life", span("1h", "30d"), "notice_life")),
    ("media",): (Key("kept", span("1d", "3650d"), "media_kept"),),
    ("profile",): _of(
        "profile", order=list_of(one_of(FIELDS)), asked_again=span("1d", "3650d"), skipped_again=span("1d", "3650d")
    ),
    ("phone_codes",): _of(
        "phone_codes",
        life=span("1m", "1h"),
        tries=whole(1, 10),
        limits=_limits(),
    ),
    **{
        ("grades", grade): (
            Key("days", whole(1, 3_650), f"grades.{grade}.days"),
            Key("visits", whole(0, 1_000), f"grades.{grade}.visits"),
            Key("spend", yuan(), f"grades.{grade}.spend_fen"),
        )
        for grade in GRADES[:3]
    },
    ("grades",): _of("grades", dormant_days=whole(1, 3_650), lost_days=whole(1, 3_650)),
    ("stages",): _of(
        "stages",
        new_days=whole(0, 3_650),
        mature_visits=whole(1, 1_000),
        mature_grades=list_of(one_of(GRADES)),
        risk_levels=list_of(one_of(("watch", "risk", "high"))),
    ),
    ("prediction",): _of(
        "prediction",
        least_owners=whole(20, 100_000),
        least_repeaters=whole(10, 100_000),
        held_out_days=whole(90, 1_095),
        warned_days=_DAYS,
        checked_every_days=_DAYS,
        least_lost=whole(1, 10_000),
        coverage_goal=share(),
        ltv_years=whole(1, 20),
        ltv_discount=share(),
        return_days=_DAYS,
        horizon_days=whole(365, 36_500),
    ),
    ("gate",): (
        Key("cap_per_30_days", whole(0, 1_000), "gate.cap_per_30_days"),
        Key("quiet_hours", quiet_hours(), "quiet_marketing"),
        Key("quiet_hours_service", quiet_hours(), "quiet_service"),
        Key("holidays", one_of(("send", "wait")), "gate.holidays"),
        Key("routes", list_of(one_of(ROUTES)), "gate.routes"),
        Key("mass_per_month", whole(0, 30), "gate.mass_per_month"),
        Key("reserve", whole(0, 20), "gate.reserve"),
        Key("calendar", words(200), "gate.calendar_file"),
        Key("recall_days", _DAYS, "gate.recall_days"),
        Key("sms_cost", yuan(), "gate.sms_fen"),
        Key("sms_budget", or_none(yuan()), "gate.sms_budget_fen"),
    ),
}
HOLD_OUT: Keys = (Key("share", share(), "hold_out"),)
ROLL_OUT: Keys = (Key("share", share(), "roll_out"),)
