"""A thousand owners write to a shop with a model, and the endpoint learns nothing about any of them."""

from __future__ import annotations

from tests.bot.test_drafter import sees_nothing_personal
from tests.chat import Shop


def test_a_thousand_threads(shop: Shop) -> None:
    sees_nothing_personal(shop, threads=1000)
