"""What the profile, the API's list and a card tell of grade and stage."""

from __future__ import annotations

from core.say.page import PageSay
from storage import listings
from storage.listings import OwnerFilter, Page
from storage.profile import profile
from tests.chat import Shop
from tests.storage.test_figures import looked
from tests.storage.test_rule_tags import li_came


def test_a_profile_tells_why_and_since_when(shop: Shop) -> None:
    li_came(shop, 9000, 100)
    told = shop.ask(lambda crm: profile(crm, 1))
    assert told is not None
    assert (told["grade"], told["stage"]) == ("gold", "mature")
    assert told["grade_reasons"] == [
        {"why": "days_since", "value": 1},
        {"why": "visits_12m", "value": 2},
        {"why": "spend_12m_fen", "value": 910_000},
    ]
    assert told["stage_reasons"] == [{"why": "grade", "value": "gold"}]
    assert [(one["what"], one["before"], one["after"]) for one in told["history"]] == [
        ("stage", "new", "mature"),
        ("grade", "normal", "gold"),
    ]
    assert {"grade.changed", "stage.changed"} <= {entry["kind"] for entry in told["timeline"]}


def test_owners_are_listed_by_grade_and_stage(shop: Shop) -> None:
    li_came(shop, 9000, 100)
    shop.owner("王芳", plate="粤B12345")
    shop.do(looked)

    def listed(wanted: OwnerFilter) -> list[str]:
        return shop.ask(lambda crm: [owner.name for owner in listings.owners(crm, wanted, Page())[0]])

    assert listed(OwnerFilter(grade="gold")) == ["李明"]
    assert listed(OwnerFilter(stage="new")) == ["王芳"]
    assert listed(OwnerFilter(grade="gold", stage="new")) == []


def test_a_card_says_whom_to_look_after_first(shop: Shop) -> None:
    li_came(shop, 9000, 100)
    shop.do(lambda crm: crm.tasks.open("hand_over", store_id=1, owner_id=1))
    assert "金级客户，优先安排" in shop.cards("hand_over")[0].text


def test_reasons_are_words_in_both_languages(shop: Shop) -> None:
    reasons = [("days_since", 40), ("visits_12m", 2), ("spend_12m_fen", 910_000)]
    chinese, english = PageSay("zh", shop.zone), PageSay("en", shop.zone)
    assert "12 个月消费 9,100 元" in chinese.because(reasons)
    assert "40 days since the last visit" in english.because(reasons)
    assert chinese.changed("grade", "silver", "gold") == "等级：银 → 金"
