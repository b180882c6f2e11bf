"""A few random walks; `make soak` does a thousand."""

from __future__ import annotations

import pytest

from tests.chat import Shop
from tests.walks import walk


@pytest.mark.parametrize("seed", range(14))
def test_a_random_walk_ends_with_consistent_rows(two_stores: Shop, seed: int) -> None:
    walk(two_stores, seed, steps=20)
