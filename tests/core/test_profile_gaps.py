"""Which missing fact is asked for now."""

from datetime import UTC, datetime, timedelta

import pytest

from core.policy import ProfileRules
from core.profile_gaps import Asked, next_gap

NOW, RULES = datetime(2026, 11, 23, tzinfo=UTC), ProfileRules()


def ago(field: str, days: int, *, skipped: bool = False) -> Asked:
    return Asked(field, NOW - timedelta(days=days), skipped)


@pytest.mark.parametrize(
    ("missing", "asked", "now"),
    [
        (("model", "birthday"), (), "birthday"),
        (("address",), (), "address"),
        ((), (), None),
        (("birthday",), (ago("model", 29),), None),
        (("birthday",), (ago("model", 30),), "birthday"),
        (("birthday",), (ago("birthday", 40),), "birthday"),
        (("birthday",), (ago("birthday", 179, skipped=True),), None),
        (("birthday", "model"), (ago("birthday", 179, skipped=True),), "model"),
        (("birthday",), (ago("birthday", 180, skipped=True),), "birthday"),
    ],
)
def test_one_at_a_time_and_seldom(missing: tuple[str, ...], asked: tuple[Asked, ...], now: str | None) -> None:
    assert next_gap(missing, asked, NOW, RULES) == now
