"""A thousand random walks."""

from __future__ import annotations

import pytest

from tests.chat import Shop
from tests.walks import walk


@pytest.mark.parametrize("seed", range(1000, 2000))
def test_a_random_walk_ends_with_consistent_rows(two_stores: Shop, seed: int) -> None:
    walk(two_stores, seed, steps=40)
