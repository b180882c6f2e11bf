"""What WeChat lets us send after somebody did something."""

from datetime import UTC, datetime, timedelta

import pytest

from core.messages import Kind
from core.windows import window_after

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TWO_DAYS, MINUTE = timedelta(hours=48), timedelta(minutes=1)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.PHOTO, Kind.VOICE])
def test_who_writes_can_be_written_to_for_two_days(kind: Kind) -> None:
    assert window_after(kind, 0, None, NOW) == (5, NOW + TWO_DAYS)


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.MENU, Kind.SCAN, Kind.FOLLOW])
def test_who_taps_can_be_written_to_for_a_minute(kind: Kind) -> None:
    assert window_after(kind, 0, None, NOW) == (3, NOW + MINUTE)


@pytest.mark.parametrize("kind", [Kind.UNFOLLOW, Kind.RECEIPT, Kind.CONTACT, Kind.OTHER, Kind.MIGRATED])
def test_what_is_not_in_the_table_opens_nothing(kind: Kind) -> None:
    assert window_after(kind, 2, NOW + MINUTE, NOW) == (2, NOW + MINUTE)


def test_a_tap_never_shortens_a_window_that_somebody_wrote_themselves() -> None:
    assert window_after(Kind.MENU, 2, NOW + TWO_DAYS, NOW) == (2, NOW + TWO_DAYS)


@pytest.mark.parametrize(("left", "until"), [(0, NOW + TWO_DAYS), (4, NOW - MINUTE), (4, NOW + MINUTE / 2)])
def test_a_tap_opens_what_is_used_up_or_nearly_over(left: int, until: datetime) -> None:
    assert window_after(Kind.MENU, left, until, NOW) == (3, NOW + MINUTE)


def test_a_new_sentence_sets_the_whole_window_anew() -> None:
    assert window_after(Kind.TEXT, 1, NOW + TWO_DAYS, NOW + MINUTE) == (5, NOW + MINUTE + TWO_DAYS)
