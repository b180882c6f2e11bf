"""The policy file: what is absent is as the preset says, and every mistake is named with its line."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from core.approvals import RoleLimit
from core.journeys import Kind
from core.known_journeys import KNOWN, as_ruled
from core.policy import GENERAL, NEV, JourneyRules, Policy, Template
from core.policy_file import PolicyProblems, read_policy
from core.policy_reading import Problem
from core.quiet import Quiet


def problems(text: str) -> list[Problem]:
    with pytest.raises(PolicyProblems) as raised:
        read_policy(text)
    return raised.value.problems


def the_problem(text: str) -> str:
    (one,) = problems(text)
    return str(one)


def test_what_is_absent_is_as_the_preset_says() -> None:
    assert read_policy("") == NEV
    assert read_policy('preset = "general"') == GENERAL


def test_a_shop_changes_a_few_numbers() -> None:
    policy = read_policy(
        """
        [maintenance]
        km = 8000
        [booking]
        hold = "5m"
        pick_up_fee = 99.5
        [care.answer_offers]
        price = "friend"
        attitude = ""
        [gate]
        routes = ["sms", "task"]
        """
    )
    assert (policy.maintenance.months, policy.maintenance.km) == (12, 8_000)
    assert (policy.hold, policy.pick_up_fee_fen) == (timedelta(minutes=5), 9_950)
    assert policy.care.answer_offers["price"] == "friend"
    assert not policy.care.answer_offers["attitude"]
    assert policy.gate.routes == ("sms", "task")


@pytest.mark.parametrize(
    ("text", "marketing", "service"),
    [
        ("[gate]", NEV.quiet_marketing, NEV.quiet_service),
        ('[gate]\nquiet_hours = ""', None, NEV.quiet_service),
        ('[gate]\nquiet_hours_service = ""', NEV.quiet_marketing, None),
        ('gate.quiet_hours = "22:30-07:00"', Quiet(time(22, 30), time(7)), NEV.quiet_service),
    ],
)
def test_quiet_hours(text: str, marketing: Quiet | None, service: Quiet | None) -> None:
    policy = read_policy(text)
    assert (policy.quiet_marketing, policy.quiet_service) == (marketing, service)


def held_out(policy: Policy) -> list[float]:
    return [policy.journey(name).hold_out for name in ("win_back", "birthday", "my_own", "winter")]


OWN = """
[journeys.my_own]
anchor = "last_visit"
steps = [{ name = "d3", days = 3, kind = "marketing", text = "您好" }]
[campaigns.winter]
on_day = 2026-12-24
text = "冬季检测"
"""


def test_a_share_that_is_set_is_every_journeys_unless_it_says_its_own() -> None:
    assert held_out(read_policy(OWN)) == [0.1, 0, 0, 0.1]
    assert held_out(read_policy("hold_out.share = 0" + OWN)) == [0, 0, 0, 0]
    share = "hold_out = { share = 0.25 }\njourneys.birthday.hold_out = 0\n" + OWN
    assert held_out(read_policy(share)) == [0.25, 0, 0.25, 0.25]
    assert read_policy("roll_out.share = 0.05").journey("win_back") == JourneyRules(hold_out=0.1, roll_out=0.05)


def test_a_journey_is_switched_off_begins_later_and_its_steps_are_moved() -> None:
    policy = read_policy('[journeys.win_back]\non = false\nat = "10:30"\nmonths = { m3 = 4 }')
    rules = policy.journey("win_back")
    assert (rules.on, rules.at, rules.hold_out) == (False, time(10, 30), 0.1)
    assert [step.months for step in as_ruled(KNOWN["win_back"], rules).steps] == [4, 5, 6]
    assert read_policy('journeys.birthday.at = "08:00"').journey("birthday").at == time(8)


def test_an_offer_is_changed_and_one_is_added() -> None:
    policy = read_policy(
        """
        [offers.birthday]
        percent = 85
        budget = "none"
        [offers.winter]
        title = "冬季检测券"
        amount = 50.5
        """
    )
    birthday, winter = policy.offers["birthday"], policy.offers["winter"]
    assert (birthday.percent, birthday.budget_fen, birthday.gifts) == (85, None, NEV.offers["birthday"].gifts)
    assert (winter.title, winter.amount_fen, winter.days) == (("冬季检测券", "冬季检测券"), 5_050, 30)


def test_roles_and_templates() -> None:
    policy = read_policy(
        """
        [roles.advisor]
        discount_percent = 0
        discount_yuan = 0
        [roles.operator]
        discount_yuan = 20
        [templates.code.sms]
        id = "SMS_1"
        fields = ["code"]
        [templates.due.sms]
        id = 1234567
        """
    )
    assert (policy.role("advisor"), policy.role("operator")) == (RoleLimit(), RoleLimit(0, 2_000))
    assert policy.role("manager") == NEV.role("manager")
    assert policy.templates["code"]["sms"] == Template("SMS_1", ("code",))
    assert policy.templates["due"]["sms"].id == "1234567"


def test_a_journey_and_a_campaign_of_the_shops_own() -> None:
    policy = read_policy(
        """
        [journeys.winter_check]
        anchor = "last_visit"
        at = "10:00"
        goal = "booking"
        audience = { grades = ["gold"], powertrain = ["bev"], min_spend = 1000 }
        steps = [
          { name = "d3", days = 3, text = "{name}，该做冬检了", text_en = "A winter check", offer = "win_back" },
          { name = "m1", months = 1, kind = "task", text = "打电话" },
        ]
        [campaigns.christmas]
        on_day = 2026-12-24
        text = "圣诞快乐"
        budget = 5000
        """
    )
    (own,), (campaign,) = policy.own_journeys, policy.campaigns
    assert [(step.name, step.kind, step.days, step.months) for step in own.journey.steps] == [
        ("d3", Kind.MARKETING, 3, 0),
        ("m1", Kind.TASK, 0, 1),
    ]
    assert (own.anchor, own.goal, own.audience.min_spend_fen) == ("last_visit", "booking", 100_000)
    assert own.told["m1"].text == ("打电话", "打电话")
    assert policy.journey("winter_check").at == time(10)
    assert (campaign.on_day, campaign.budget_fen) == (date(2026, 12, 24), 500_000)


def test_rules_are_changed_added_and_taken_away() -> None:
    policy = read_policy(
        """
        tags."高价值".min_spend_12m = 5000
        tags."常洗车".on = false
        [tags."老朋友"]
        label_en = "Old friend"
        min_visits_12m = 6
        [recommendations.warranty]
        min_age_years = 3
        """
    )
    rule = policy.tag_rule("高价值")
    assert rule is not None
    assert rule.min_spend_12m_fen == 500_000
    assert policy.tag_rule("常洗车") is None
    assert policy.tag_rules[-1].name == "老朋友"
    assert policy.recommend_rules[0].min_age_years == 3


def mistakes() -> list[tuple[str, str]]:
    """Each block of the page: what a shop wrote, and below it what it is told."""
    blocks = (Path(__file__).parent / "policy_mistakes.txt").read_text("utf-8").strip().split("\n---\n")
    assert len(blocks) > 20
    return [(text, words) for text, _, words in (block.rpartition("\n# → ") for block in blocks)]


@pytest.mark.parametrize(("text", "words"), mistakes())
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    assert the_problem(text) == words


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = 'preset = "x"\n[talk]\nstrikes = 0\n[journeys.own]\nsteps = [\n  { days = 1 },\n]\n[nothing]\n'
    assert [(one.line, one.key) for one in problems(text)] == [
        (1, "preset"),
        (3, "talk.strikes"),
        (4, "journeys.own"),
        (6, "journeys.own.steps[1]"),
        (6, "journeys.own.steps[1]"),
        (8, "nothing"),
    ]
