"""How good was it, in words."""

from datetime import UTC, datetime

import pytest

from core.points import points_in

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CASES = [
    ("5", 5), ("4分", 4), ("四分", 4), ("五星", 5), ("★★★", 3), ("给3分吧", 3), ("很满意", 5), ("非常满意", 5),
    ("满意", 4), ("挺好的", 4), ("不错", 4), ("一般般", 3), ("还行", 3), ("不满意", 2), ("不太满意", 2), ("太差", 1),
    ("太差了，再也不来", 1), ("差评", 1), ("点错了，是4分", 4), ("rating 2", 2), ("excellent", 5), ("so-so", 3),
    ("terrible", 1), ("6", None), ("明天", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "points"), CASES)
def test_words_give_a_mark(text: str, points: int | None) -> None:
    assert points_in(text, NOW) == points
