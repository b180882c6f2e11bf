"""Tags by rule: what an owner has done lately gives them a word, and takes it again once it holds no more."""

from __future__ import annotations

from dataclasses import dataclass

from core.referrals import CHAMPION


@dataclass(frozen=True, slots=True)
class TagRule:
    """One tag; everything that is named must hold, what is 0 does not count.

    name: the tag as it stands in the store. name_en: its English label. Spend is in fen, a share is 0 to 1 of the
    visits of the last 12 months on which a coupon was redeemed; 12m means the 12 months that end today.
    """

    name: str
    min_visits_12m: int = 0
    min_spend_12m_fen: int = 0
    min_referrals: int = 0  # friends who came and paid, ever
    min_coupon_share: float = 0.0
    min_washes_12m: int = 0
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class TagFacts:
    """What the store knows of an owner on a day."""

    visits_12m: int = 0
    spend_12m_fen: int = 0
    referrals: int = 0
    coupon_share: float = 0.0
    washes_12m: int = 0


DEFAULT_TAG_RULES = (
    TagRule(CHAMPION, min_referrals=3, name_en="Brings friends"),
    TagRule("高价值", min_spend_12m_fen=800_000, name_en="High value"),
    TagRule("价格敏感", min_visits_12m=2, min_coupon_share=0.6, name_en="Price-sensitive"),
    TagRule("常洗车", min_washes_12m=8, name_en="Washes often"),
)


def holds(rule: TagRule, facts: TagFacts) -> bool:
    """Whether all that the rule names is reached; a rule that names nothing never holds."""
    wanted = (
        (rule.min_visits_12m, facts.visits_12m),
        (rule.min_spend_12m_fen, facts.spend_12m_fen),
        (rule.min_referrals, facts.referrals),
        (rule.min_coupon_share, facts.coupon_share),
        (rule.min_washes_12m, facts.washes_12m),
    )
    named = [(least, has) for least, has in wanted if least > 0]
    return bool(named) and all(has >= least for least, has in named)
