"""Opening hours: how they are written, which moments they mean, and when work can start."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadInput
from core.hours import GRID, MIDNIGHT, Span, cells, open_spans, parse_hours, starts

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)


def at(clock: str, day: date = TUESDAY, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def clocks(hours: str, minutes: int, day: date = TUESDAY, zone: ZoneInfo = SHANGHAI) -> list[str]:
    spans = open_spans(parse_hours(hours), day, zone)
    return [f"{moment.astimezone(zone):%H:%M}" for moment in starts(spans, timedelta(minutes=minutes))]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("09:00-18:00", [(9, 18)]),
        ("9:00-18:00", [(9, 18)]),
        ("09：00-18：00", [(9, 18)]),
        ("０９:００－１８:００", [(9, 18)]),
        ("09:00-12:00,13:00-18:00", [(9, 12), (13, 18)]),
        ("09:00-12:00，13:00-18:00", [(9, 12), (13, 18)]),
        (" 09:00-12:00 , 12:00-18:00 ", [(9, 12), (12, 18)]),
    ],
)
def test_hours_are_read_however_they_are_typed(text: str, spans: list[tuple[int, int]]) -> None:
    assert parse_hours(text) == tuple(Span(time(opens), time(closes)) for opens, closes in spans)


@pytest.mark.parametrize(
    "text",
    [
        "", "9-18", "09:00", "09:00-18:00,", "18:00-09:00", "09:00-09:00", "09:15-18:00", "09:00-18:45", "25:00-26:00",
        "24:00-24:00", "09:00-24:30", "13:00-18:00,09:00-12:00", "09:00-12:00,11:30-18:00", "daily", "٠٩:٠٠-١٨:٠٠",
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_with_a_word_about_them(text: str) -> None:
    with pytest.raises(BadInput, match=r"hours|store closes"):
        parse_hours(text)


def test_until_midnight_is_the_whole_evening() -> None:
    assert parse_hours("18:00-24:00") == (Span(time(18), MIDNIGHT),)
    assert clocks("22:00-24:00", 60) == ["22:00", "22:30", "23:00"]


@pytest.mark.parametrize(
    ("hours", "minutes", "expected"),
    [
        ("09:00-11:00", 60, ["09:00", "09:30", "10:00"]),
        ("09:00-11:00", 30, ["09:00", "09:30", "10:00", "10:30"]),
        ("09:00-11:00", 45, ["09:00", "09:30", "10:00"]),
        ("09:00-11:00", 120, ["09:00"]),
        ("09:00-11:00", 121, []),
        ("09:00-10:00,13:30-15:00", 60, ["09:00", "13:30", "14:00"]),
        ("09:30-10:30", 60, ["09:30"]),
    ],
)
def test_work_starts_on_the_grid_and_ends_before_closing(hours: str, minutes: int, expected: list[str]) -> None:
    assert clocks(hours, minutes) == expected


def test_a_store_is_closed_on_holidays_and_its_weekly_day_off() -> None:
    hours = parse_hours("09:00-18:00")
    assert open_spans(hours, TUESDAY, SHANGHAI, holidays={TUESDAY}) == []
    assert open_spans(hours, TUESDAY, SHANGHAI, closed_weekdays={2}) == []
    assert open_spans(hours, TUESDAY, SHANGHAI, closed_weekdays={1}) == [(at("09:00"), at("18:00"))]


def test_a_night_that_loses_an_hour_has_an_hour_less_to_book() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert clocks("01:00-04:00", 60, spring, BERLIN) == ["01:00", "01:30", "03:00"]
    assert len(clocks("01:00-04:00", 60, autumn, BERLIN)) == len(clocks("01:00-04:00", 60, TUESDAY, BERLIN)) + 2


def test_the_day_after_the_clocks_change_opens_at_the_same_hour() -> None:
    for day in (date(2026, 3, 28), date(2026, 3, 30)):
        assert clocks("09:00-10:00", 60, day, BERLIN) == ["09:00"]


@pytest.mark.parametrize(("minutes", "count"), [(0, 1), (1, 1), (30, 1), (31, 2), (60, 2), (90, 3), (121, 5)])
def test_work_occupies_every_cell_that_it_touches(minutes: int, count: int) -> None:
    start = at("09:00")
    assert cells(start, timedelta(minutes=minutes)) == [start + GRID * step for step in range(count)]
