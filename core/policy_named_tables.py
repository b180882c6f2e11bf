"""Every key of those tables of the policy file that a shop may add more of, each by a name of its own."""

from __future__ import annotations

from core.own_journeys import ANCHORS, GOALS
from core.policy_kinds import (
    either,
    flag,
    identifier,
    list_of,
    one_of,
    or_none,
    percent,
    share,
    table_of,
    whole,
    words,
    yuan,
)
from core.policy_tables import COUNT, GRADES, HOLD_OUT, OFFERED, ROLL_OUT, TABLES, Key, Keys
from core.policy_times import clock, day
from core.recommend_rules import SEASONS
from core.recommended import ITEMS

ROLES = ("technician", "advisor", "manager", "operator", "boss", "it")
CHANNELS = ("sms", "wechat", "subscribe", "telegram", "wecom")
STAGES = ("new", "growing", "mature", "at_risk", "lost")
POWERTRAINS = ("bev", "phev", "ice")
KINDS = ("marketing", "service", "task")
_TEXT = words(500)

TEMPLATE: Keys = (
    Key("id", identifier(128)),
    Key("fields", list_of(words(64, least=1))),
    Key("text", words(1_000)),
)
OFFER: Keys = (
    Key("title", words(40, least=1), "title.0"),
    Key("title_en", words(80, least=1), "title.1"),
    Key("percent", percent()),
    Key("amount", yuan(), "amount_fen"),
    Key("gifts", words(120), "gifts.0"),
    Key("gifts_en", words(200), "gifts.1"),
    Key("days", whole(0, 3_650)),
    Key("cost", yuan(), "cost_fen"),
    Key("budget", or_none(yuan()), "budget_fen"),
)
ROLE: Keys = (
    Key("discount_percent", or_none(whole(0, 100))),
    Key("discount_yuan", or_none(yuan()), "discount_fen"),
)
JOURNEY: Keys = (
    Key("on", flag()),
    Key("at", clock()),
    Key("hold_out", share()),
    Key("roll_out", share()),
)
_FAR_DAYS, _FAR_MONTHS = whole(-3_650, 3_650), whole(-120, 120)
MOVED: Keys = (Key("days", table_of(_FAR_DAYS)), Key("months", table_of(_FAR_MONTHS)))
STEP: Keys = (
    Key("name", words(16, least=1)),
    Key("days", _FAR_DAYS),
    Key("months", _FAR_MONTHS),
    Key("kind", one_of(KINDS)),
    Key("text", words(500, least=1), "text.0"),
    Key("text_en", _TEXT, "text.1"),
    Key("offer", OFFERED),
)
AUDIENCE: Keys = (
    Key("grades", list_of(one_of(GRADES))),
    Key("stages", list_of(one_of(STAGES))),
    Key("tags", list_of(words(32, least=1))),
    Key("stores", list_of(words(32, least=1))),
    Key("models", list_of(words(64, least=1))),
    Key("powertrain", list_of(one_of(POWERTRAINS))),
    Key("min_visits", whole(0, 1_000)),
    Key("min_spend", yuan(), "min_spend_fen"),
)
GOAL = Key("goal", one_of(GOALS))
OWN: Keys = (Key("anchor", either(one_of(ANCHORS), day())), GOAL, Key("last_days", whole(0, 365)))
CAMPAIGN: Keys = (
    Key("on_day", day()),
    Key("text", words(500, least=1), "text.0"),
    Key("text_en", _TEXT, "text.1"),
    Key("offer", OFFERED),
    Key("budget", or_none(yuan()), "budget_fen"),
    GOAL,
)
RECOMMENDATION: Keys = (
    Key("item", one_of(ITEMS)),
    Key("text", words(200, least=1), "text.0"),
    Key("text_en", words(300), "text.1"),
    Key("min_age_years", whole(0, 50)),
    Key("min_km", whole(0, 2_000_000)),
    Key("min_visits", COUNT),
    Key("of", list_of(words(32, least=1))),
    Key("months", whole(1, 120)),
    Key("season", one_of(("", *SEASONS))),
    Key("powertrain", list_of(one_of(POWERTRAINS))),
    Key("remarks", list_of(words(32, least=1))),
)
TAG: Keys = (
    Key("label_en", words(32), "name_en"),
    Key("min_visits_12m", COUNT),
    Key("min_spend_12m", yuan(), "min_spend_12m_fen"),
    Key("min_referrals", COUNT),
    Key("min_coupon_share", share()),
    Key("min_washes_12m", COUNT),
)
ON: Keys = (Key("on", flag()),)  # of a rule; false takes it away

FIXED_SECTIONS: dict[str, Keys] = {
    **{".".join(path): keys for path, keys in TABLES.items()},
    "hold_out": HOLD_OUT,
    "roll_out": ROLL_OUT,
    "journeys.NAME": (*JOURNEY, *MOVED),
    "journeys.OWN": (*JOURNEY, *OWN),
    "journeys.OWN.steps": STEP,
    "journeys.OWN.audience": AUDIENCE,
    "campaigns.NAME": (*JOURNEY, *CAMPAIGN),
    "campaigns.NAME.audience": AUDIENCE,
    "offers.NAME": OFFER,
    "roles.NAME": ROLE,
    "recommendations.NAME": (*ON, *RECOMMENDATION),
    "tags.NAME": (*ON, *TAG),
    "templates.NAME.CHANNEL": TEMPLATE,
}
