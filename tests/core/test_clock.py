"""The shop's clock: ahead of the machine or standing still, never going back."""

from datetime import UTC, datetime, timedelta, timezone

from core.clock import Clock, StoppedClock

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_clock_shows_the_machines_time_and_its_offset() -> None:
    before = datetime.now(UTC)
    shown = Clock(HOUR).now() - HOUR
    assert before <= shown + timedelta(milliseconds=1)
    assert shown <= datetime.now(UTC)
    assert shown.tzinfo is UTC


def test_a_clock_moves_on_to_a_moment_and_runs_on_from_there() -> None:
    clock, moment = Clock(), datetime.now(UTC) + HOUR
    clock.advance_to(moment)
    assert moment <= clock.now()
    assert clock.offset <= HOUR


def test_no_clock_goes_back() -> None:
    clock, stopped = Clock(HOUR), StoppedClock(MONDAY)
    clock.advance_to(datetime.now(UTC))
    stopped.advance_to(MONDAY - HOUR)
    assert clock.offset == HOUR
    assert stopped.now() == MONDAY


def test_a_stopped_clock_stands_until_it_is_moved() -> None:
    clock = StoppedClock(MONDAY.astimezone(timezone(timedelta(hours=8))))
    assert clock.now() == clock.now() == MONDAY
    clock.advance_to(MONDAY + HOUR)
    assert clock.now() == MONDAY + HOUR
    assert clock.now().tzinfo is UTC
