"""Who may give what without asking, and who decides about more."""

from __future__ import annotations

import pytest

from core.approvals import Wish, decider, may_approve, may_give


@pytest.mark.parametrize(
    ("role", "wish", "may"),
    [
        ("advisor", Wish(percent_off=5), True),
        ("advisor", Wish(percent_off=6), False),
        ("advisor", Wish(amount_fen=10_000), True),
        ("advisor", Wish(amount_fen=10_001), False),
        ("advisor", Wish(gift="雨刮"), False),
        ("advisor", Wish(gift="雨刮", amount_fen=8_000), True),
        ("manager", Wish(gift="雨刮"), True),
        ("manager", Wish(percent_off=20, amount_fen=100_000), True),
        ("manager", Wish(percent_off=21), False),
        ("technician", Wish(percent_off=1), False),
    ],
)
def test_each_role_gives_up_to_its_level(role: str, wish: Wish, may: bool) -> None:
    assert may_give(role, wish) is may


@pytest.mark.parametrize(
    ("wish", "who"),
    [(Wish(percent_off=20), "manager"), (Wish(percent_off=30), "boss"), (Wish(gift="雨刮"), "manager")],
)
def test_more_goes_to_the_lowest_role_that_may(wish: Wish, who: str) -> None:
    assert decider(wish) == who


def test_nobody_approves_by_being_an_advisor_and_without_a_boss_the_boss_s_wishes_wait() -> None:
    assert not may_approve("advisor", Wish(percent_off=1))
    assert decider(Wish(percent_off=30), there=("manager",)) is None
