"""Whatever a file says, it is a policy or a list of problems with lines that are there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.policy import NEV
from core.policy_file import PolicyProblems, read_policy
from core.policy_reading import Problem
from core.policy_show import toml_of

WHOLE = toml_of(NEV)
PIECES = (*'= [ ] { } " \' . , # -1 1e400 nan true 2026-12-24 """ [[x]]'.split(), "\n")
VALUES = ("1", "-1", "0.5", "nan", "1e400", '""', '"x"', "[]", "{}", "[1]", "[{}]", "{ a = [] }", "true", "2026-12-24")


def judged(text: str) -> None:
    """It is a policy that can be shown, or what is wrong with it is on lines that are there."""
    problems: list[Problem] = []
    try:
        policy = read_policy(text)
    except PolicyProblems as wrong:
        problems = wrong.problems
        assert problems, "refused without a reason"
    else:
        assert read_policy(toml_of(policy)) == policy
    lines = len(text.splitlines()) or 1
    assert not [one for one in problems if not 0 <= one.line <= lines or not one.words]


@given(text=st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_text(text: str) -> None:
    judged(text)


@given(
    place=st.integers(0, len(WHOLE) - 1),
    gone=st.integers(0, 12),
    put=st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
)
@settings(max_examples=80, deadline=None)
def test_a_slip_of_the_hand(place: int, gone: int, put: str) -> None:
    judged(WHOLE[:place] + put + WHOLE[place + gone :])


@pytest.mark.parametrize("value", VALUES)
def test_any_value_for_every_key(value: str) -> None:
    judged(re.sub(r"(?m)^(\w+ =) .*", rf"\1 {value}", WHOLE))


def test_numbers_and_nestings_without_measure() -> None:
    for text in ("a = " + "9" * 5_000, "a = 1e99999999999999999999", "a = " + "[" * 9_000 + "]" * 9_000):
        judged(text)
    judged("[booking]\npick_up_fee = 1e300")
