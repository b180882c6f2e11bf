"""Which day a step falls on, until when it is caught up, and who is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.journeys import Journey, Kind, Step, left_out, reached, rolled_out
from core.policy import JourneyRules
from core.quiet import Quiet

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
STEPS = st.builds(Step, st.just("s"), st.just(Kind.SERVICE), st.integers(-60, 400), st.integers(0, 18))
WIN_BACK = Journey("win_back", tuple(Step(f"m{n}", Kind.MARKETING, months=n) for n in (3, 5, 6)))


@pytest.mark.parametrize(
    ("step", "anchor", "day"),
    [
        (Step("t7", Kind.SERVICE, days=-7), "2026-12-01", "2026-11-24"),
        (Step("m3", Kind.MARKETING, months=3), "2026-11-30", "2027-02-28"),
        (Step("m3", Kind.MARKETING, months=3), "2027-11-30", "2028-02-29"),
        (Step("m6", Kind.TASK, months=6), "2026-08-31", "2027-02-28"),
        (Step("d90", Kind.MARKETING, days=90), "2026-12-15", "2027-03-15"),
    ],
)
def test_months_clamp_to_the_months_end(step: Step, anchor: str, day: str) -> None:
    assert step.day(date.fromisoformat(anchor)) == date.fromisoformat(day)


@given(STEPS, DAYS)
def test_the_latest_anchor_is_the_last_one_whose_step_has_come(step: Step, day: date) -> None:
    anchor = step.latest_anchor(day)
    assert step.day(anchor) <= day < step.day(anchor + timedelta(days=1))


@given(DAYS)
def test_a_step_is_of_use_until_the_day_before_the_next(anchor: date) -> None:
    m3, m5, m6 = WIN_BACK.steps
    assert WIN_BACK.last_day(m3, anchor) == m5.day(anchor) - timedelta(days=1)
    assert WIN_BACK.last_day(m5, anchor) == m6.day(anchor) - timedelta(days=1)
    assert WIN_BACK.last_day(m6, anchor) == m6.day(anchor) + timedelta(days=14)


@given(DAYS, st.sampled_from(WIN_BACK.steps))
def test_the_outdated_anchor_is_the_last_one_whose_step_is_over(day: date, step: Step) -> None:
    anchor = WIN_BACK.outdated_anchor(step, day)
    assert WIN_BACK.last_day(step, anchor) < day <= WIN_BACK.last_day(step, anchor + timedelta(days=1))


@pytest.mark.parametrize(
    ("now", "at", "quiet", "day"),
    [
        ("2026-11-24 08:59", "09:00", None, "2026-11-23"),
        ("2026-11-24 09:00", "09:00", None, "2026-11-24"),
        ("2026-11-24 08:59", "00:00", ("20:00", "09:00"), "2026-11-23"),
        ("2026-11-24 09:00", "00:00", ("20:00", "09:00"), "2026-11-24"),
        ("2026-11-24 23:00", "21:00", ("20:00", "09:00"), "2026-11-23"),
        ("2026-11-25 09:00", "21:00", ("20:00", "09:00"), "2026-11-24"),
    ],
)
def test_a_step_in_quiet_hours_is_due_when_they_end(now: str, at: str, quiet: tuple[str, str] | None, day: str) -> None:
    hours = Quiet(*map(time.fromisoformat, quiet)) if quiet else None
    moment = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI).astimezone(UTC)
    assert reached(moment, SHANGHAI, JourneyRules(at=time.fromisoformat(at)), hours) == date.fromisoformat(day)


def test_a_tenth_is_left_out_always_the_same_and_differently_per_journey() -> None:
    owners = range(10_000)
    out = [owner for owner in owners if left_out("win_back", owner, 0.1)]
    assert 900 < len(out) < 1100
    assert out == [owner for owner in owners if left_out("win_back", owner, 0.1)]
    both = [owner for owner in out if left_out("nurture", owner, 0.1)]
    assert len(both) < 200


def test_everybody_or_nobody() -> None:
    assert not any(left_out("win_back", owner, 0.0) for owner in range(1000))
    assert all(left_out("win_back", owner, 1.0) for owner in range(1000))
    assert all(rolled_out(owner, 1.0) for owner in range(1000))
    assert {owner for owner in range(1000) if rolled_out(owner, 0.05)} <= {
        owner for owner in range(1000) if rolled_out(owner, 0.1)
    }
