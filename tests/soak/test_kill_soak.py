"""Hundreds of talks with kills in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.product import Product
from tests.test_kill import telegram_survives, wechat_survives

MakeProduct = Callable[..., Product]
TALKS = 10


@pytest.mark.parametrize("first", range(100, 300, TALKS))
def test_telegram_talks_survive_every_kill(product: MakeProduct, first: int) -> None:
    telegram_survives(product, tuple(range(first, first + TALKS)))


@pytest.mark.parametrize("first", range(100, 200, TALKS))
def test_wechat_talks_survive_every_kill(product: MakeProduct, first: int) -> None:
    wechat_survives(product, tuple(range(first, first + TALKS)))
