"""Whatever happens in whatever order, nothing leaves that must not: without consent, in quiet hours, on a holiday that
waits, over the cap, to a household with an open complaint, to the owner of a car that is called back, or
after its time.

A random shop lives through a random history over real sockets. What the platforms got is held against plain facts that
are written down as they happen; none of it asks our own gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.policy import GateRules
from core.quiet import Quiet
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.gate_rules import broken
from tests.town import CHANNELS, PEOPLE, Rules, Town

JOURNEYS = ("birthday", "win_back", "nurture", "festival", "our_own", "campaign:spring")
QUIET = st.sampled_from([None, Quiet(time(20), time(9)), Quiet(time(12), time(14)), Quiet(time(21), time(8))])
RULES = st.builds(
    Rules,
    st.integers(0, 3),
    QUIET,
    QUIET,
    st.booleans(),
    st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple),
    st.sampled_from([GateRules().routes, GateRules().routes, ("mass",), ("mass", "task"), ("task",)]),
)
PERSON = st.sampled_from([0, 1, 1, 2])
JOURNEY = st.sampled_from(JOURNEYS)
LIFE, LATER = st.sampled_from([1, 6, 30, 30, 200]), st.sampled_from([0, 2, 2, 9, 40])  # hours
SENDS = st.tuples(st.just("sends"), PERSON, JOURNEY, st.sampled_from([True, True, True, False]), LIFE, LATER)
SHARES = st.tuples(st.just("shares"), JOURNEY, LIFE, LATER)
COMPETE = st.tuples(st.just("compete"), PERSON, st.sampled_from([0, 2]))
SAYS = st.tuples(
    st.just("consents"), PERSON, st.sampled_from([*CHANNELS, "*", "*"]), st.sampled_from([False, False, True])
)
CHANGES = st.one_of(
    SAYS,
    SAYS,
    st.tuples(st.just("complains"), PERSON),
    st.tuples(st.just("settles"), PERSON),
    st.tuples(st.just("is_recalled"), PERSON),
    st.tuples(st.just("comes"), PERSON),
    st.tuples(st.just("writes"), PERSON),
    st.tuples(st.just("stops_following"), PERSON),
    st.tuples(st.just("by_hand")),
    SENDS,
)
WAITS = st.tuples(st.just("waits"), st.sampled_from([1, 2, 2, 3, 5, 9, 12, 25, 49, 24 * 29]))
# Something is decided, things change before it leaves, time passes.
SCENE = st.tuples(
    WAITS, st.one_of(SENDS, SENDS, SHARES, SHARES, COMPETE), CHANGES, CHANGES, WAITS, st.just(("by_hand",)), WAITS
)
HISTORY = st.lists(SCENE, min_size=1, max_size=4).map(lambda scenes: [event for scene in scenes for event in scene])
ALLOWS = st.sampled_from(["*", "*", "*", "telegram", "sms", "wechat", "*", ""])  # "": nothing
AT_FIRST = st.tuples(ALLOWS, ALLOWS, ALLOWS).map(
    lambda channels: [("consents", person, channel, True) for person, channel in enumerate(channels) if channel]
)
WELCOME: list[tuple[Any, ...]] = [("consents", person, "*", True) for person in PEOPLE]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with FakeTelegram() as telegram, FakeWeChat() as wechat, FakeSms("http") as sms:
        town = Town(telegram, wechat, sms)
        with town.office:
            yield town


# Not made smaller when one fails: over sockets that takes minutes.
@settings(max_examples=80, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(RULES, AT_FIRST, HISTORY)
def test_nothing_leaves_that_must_not(
    town: Town, rules: Rules, at_first: list[tuple[Any, ...]], history: list[tuple[Any, ...]]
) -> None:
    town.begins(rules)
    town.lives([*at_first, *history])
    assert broken(town) == []


def test_what_may_leave_does(town: Town) -> None:
    """Or the rule above would be kept by a shop that never says anything."""
    town.begins(Rules(2, Quiet(time(20), time(9)), None, False, ()))
    town.lives([*WELCOME, ("sends", 2, "birthday", True, 30, 0), ("sends", 2, "our_own", False, 30, 0), ("waits", 1)])
    town.lives([("writes", 1), ("sends", 1, "nurture", True, 30, 0), ("shares", "festival", 30, 0)])
    assert [(one.person, one.channel, one.name[0]) for one in town.facts.left] == [
        (2, "telegram", "M"),
        (2, "telegram", "S"),
        (1, "wechat", "M"),
        (0, "telegram", "M"),
        (1, "wechat", "M"),
        (2, "telegram", "M"),
    ]


def test_a_recall_stops_marketing_to_the_household_until_the_car_was_here(town: Town) -> None:
    town.begins(Rules(0, None, None, False, ()))
    town.lives([*WELCOME, ("is_recalled", 0), ("waits", 1)])
    town.lives([("sends", person, "birthday", True, 30, 0) for person in PEOPLE])
    assert {one.person for one in town.facts.left if one.name.startswith("M")} == {2}
    town.lives([("comes", 1), *(("sends", person, "birthday", True, 30, 0) for person in PEOPLE)])
    assert {one.person for one in town.facts.left if one.name.startswith("M")} == {0, 1, 2}
