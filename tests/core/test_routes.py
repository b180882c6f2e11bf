"""By which ways a message may go, as a table: the accounts → open ways in order, and why the others are shut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.gate import BUDGET, NO_CONSENT, UNREACHABLE, WINDOW_CLOSED
from core.messages import Rank
from core.policy import GateRules
from core.routes import MASS_USED, NO_ACCEPT, NO_TEMPLATE, NOT_SHARED, RESERVED, Account, Wish, plan

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(days=1)
TELEGRAM = Account(1, "telegram", EARLIER, consent=True)
WECHAT = Account(2, "wechat", NOW, consent=True, mass_left=4)
OPEN = replace(WECHAT, window_left=5, window_until=NOW + timedelta(hours=1))
SMS = Account(3, "sms", EARLIER, consent=True)
WEB = Account(4, "web", EARLIER, consent=True)
SERVICE = Wish(Rank.SERVICE, free_sms=True)
MARKETING = Wish(Rank.MARKETING, free_sms=True, by_hand=True)
SHAPED = replace(SERVICE, shapes=frozenset({"template", "subscribe"}))
RULES = GateRules()


@pytest.mark.parametrize(
    ("wish", "accounts", "ways"),
    [
        (SERVICE, [TELEGRAM, OPEN, SMS], "wechat telegram sms"),
        (SERVICE, [TELEGRAM, WECHAT, SMS], "telegram sms"),
        (SHAPED, [TELEGRAM, WECHAT, SMS], "template telegram sms"),
        (SHAPED, [TELEGRAM, replace(WECHAT, accepts=1), SMS], "template subscribe telegram sms"),
        (SHAPED, [replace(TELEGRAM, last_used=NOW + timedelta(1)), OPEN, SMS], "telegram wechat template sms"),
        (replace(SERVICE, first=("sms",)), [TELEGRAM, SMS], "sms telegram"),
        (replace(SERVICE, free_sms=False), [SMS], ""),
        (replace(SERVICE, free_sms=False, shapes=frozenset({"sms"})), [SMS], "sms"),
        (SERVICE, [replace(TELEGRAM, consent=False)], "telegram"),
        (SERVICE, [replace(TELEGRAM, reachable=False)], ""),
        (MARKETING, [TELEGRAM, OPEN, SMS], "wechat telegram sms task"),
        (MARKETING, [TELEGRAM, replace(OPEN, window_left=1), SMS], "telegram sms task"),
        (MARKETING, [TELEGRAM, WECHAT, SMS], "telegram sms task"),
        (replace(MARKETING, shared=True), [TELEGRAM, WECHAT, SMS], "telegram sms mass task"),
        (replace(MARKETING, shapes=frozenset({"template", "subscribe"})), [WECHAT], "task"),
        (MARKETING, [replace(TELEGRAM, consent=False), replace(SMS, consent=False)], ""),
        (replace(MARKETING, by_hand=False), [WECHAT], ""),
        (MARKETING, [WEB, SMS], "web sms task"),
        (MARKETING, [], ""),
    ],
)
def test_the_order_of_the_ways(wish: Wish, accounts: list[Account], ways: str) -> None:
    assert [route.way for route in plan(wish, accounts, RULES, NOW).routes] == ways.split()


@pytest.mark.parametrize(
    ("wish", "account", "way", "why"),
    [
        (MARKETING, replace(OPEN, window_left=1), "wechat", RESERVED),
        (SERVICE, WECHAT, "wechat", WINDOW_CLOSED),
        (SERVICE, WECHAT, "template", NO_TEMPLATE),
        (SHAPED, WECHAT, "subscribe", NO_ACCEPT),
        (MARKETING, WECHAT, "mass", NOT_SHARED),
        (replace(MARKETING, shared=True), replace(WECHAT, mass_left=0), "mass", MASS_USED),
        (MARKETING, replace(TELEGRAM, consent=False), "telegram", NO_CONSENT),
        (SERVICE, replace(TELEGRAM, reachable=False), "telegram", UNREACHABLE),
        (MARKETING, SMS, "sms", BUDGET),
    ],
)
def test_why_a_way_is_shut(wish: Wish, account: Account, way: str, why: str) -> None:
    shut = plan(wish, [account], replace(RULES, sms_budget_fen=100), NOW, spent_fen=100).shut
    assert [one.why for one in shut if one.way == way] == [why]


def test_a_text_costs_by_its_parts_and_the_last_of_the_budget_is_spent() -> None:
    rules = replace(RULES, sms_fen=5, sms_budget_fen=100)
    two_parts = replace(MARKETING, sms_parts=2)
    assert plan(two_parts, [SMS], rules, NOW, spent_fen=90).routes[0].cost_fen == 10
    assert [route.way for route in plan(two_parts, [SMS], rules, NOW, spent_fen=91).routes] == ["task"]


def test_the_reason_told_is_that_of_a_way_which_the_owner_allows() -> None:
    accounts = [replace(TELEGRAM, consent=False), WECHAT]
    assert plan(replace(MARKETING, by_hand=False), accounts, RULES, NOW).why_none == WINDOW_CLOSED


def test_a_policy_may_leave_a_way_out() -> None:
    rules = replace(RULES, routes=("sms", "telegram"))
    assert [route.way for route in plan(MARKETING, [TELEGRAM, OPEN, SMS], rules, NOW).routes] == ["sms", "telegram"]
