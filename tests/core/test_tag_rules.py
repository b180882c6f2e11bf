"""Tags by rule: each names what it takes, and all of it must hold."""

import pytest

from core.tag_rules import DEFAULT_TAG_RULES, TagFacts, TagRule, holds


def tags(facts: TagFacts) -> list[str]:
    return [rule.name_en for rule in DEFAULT_TAG_RULES if holds(rule, facts)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (TagFacts(), []),
        (TagFacts(referrals=2), []),
        (TagFacts(referrals=3), ["Brings friends"]),
        (TagFacts(spend_12m_fen=799_999), []),
        (TagFacts(spend_12m_fen=800_000), ["High value"]),
        (TagFacts(visits_12m=1, coupon_share=1.0), []),
        (TagFacts(visits_12m=2, coupon_share=0.6), ["Price-sensitive"]),
        (TagFacts(visits_12m=9, washes_12m=8), ["Washes often"]),
    ],
)
def test_who_gets_which_tag(facts: TagFacts, expected: list[str]) -> None:
    assert tags(facts) == expected


def test_a_rule_that_names_nothing_never_holds() -> None:
    assert not holds(TagRule("人人有份"), TagFacts(visits_12m=9))
