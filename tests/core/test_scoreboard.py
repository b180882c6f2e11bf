"""A month in figures, and who comes first."""

from __future__ import annotations

from core.scoreboard import Score, ranked


def test_points_are_the_mean_of_what_can_be_measured() -> None:
    assert Score(1, "王工", 1, done=3, lapsed=1, alerts=2, saved=1, filled=3, wanted=4).points == 67
    assert Score(2, "赵工", 1, done=3, lapsed=1).points == 75
    assert Score(3, "钱工", 1).points == 0


def test_the_median_is_not_moved_by_one_bad_night() -> None:
    assert Score(1, "王工", 1, responses=[4, 5, 900]).response_minutes == 5
    assert Score(1, "王工", 1).response_minutes is None


def test_of_equals_the_faster_one_comes_first() -> None:
    slow, fast = (Score(n, name, 1, [minutes], done=1, lapsed=1) for n, name, minutes in ((1, "慢", 9), (2, "快", 3)))
    best = Score(3, "好", 1, [99], done=1)
    assert [one.name for one in ranked([slow, fast, best])] == ["好", "快", "慢"]
